using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Erasure;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Privacy.Disposal;
using Emargement.Functions.Privacy.Holds;

namespace Emargement.Functions.Privacy.Erasure;

/// <summary>What is kept of somebody who asks to be erased, and why: the proofs, until the last of their terms (RGPD, article 17(3)(b) and
/// (e)).</summary>
/// <param name="Name">As it is known today; the reference where it is gone.</param>
/// <param name="ErasedOn">Since when access and addresses are gone; null while they are not.</param>
/// <param name="OnHold">Whether a legal hold keeps everything.</param>
/// <param name="Kept">Each training that the person is in, the first to end first.</param>
public sealed record ErasureAnswer(
    AccountId Person, string Name, DateOnly? ErasedOn, bool OnHold, DateOnly Today, IReadOnlyList<KeptTraining> Kept)
{
    public DateOnly? KeptUntil => Kept.Count == 0 ? null : Kept.Max(k => k.Term.Until);
}

/// <summary>
/// Answers somebody who asks to be erased: access, sessions, address and telephone go at once, for good; what proves a training stays
/// until its term, when the monthly run takes it.
/// </summary>
public sealed class ErasePerson(
    ErasuresTable erasures,
    ForgetAccess forget,
    ForgetTraces traces,
    ForgetContacts contacts,
    AccountsTable accounts,
    LegalHoldsTable holds,
    ListRetention retention,
    ForgetJustifications justifications,
    TimeProvider time)
{
    /// <returns>What would be kept, or <c>account-unknown</c>.</returns>
    public async Task<Result<ErasureAnswer>> ShowAsync(Organisation organisation, AccountId person, CancellationToken cancellation)
    {
        var account = await accounts.FindAsync(organisation.Id, person, cancellation);
        var erased = await erasures.FindAsync(organisation.Id, person, cancellation);
        if (account is null && erased is null && !await contacts.IsKnownAsync(organisation.Id, person, cancellation))
        {
            return Refusal.NotFound("account-unknown");
        }

        var kept = await retention.OfPersonAsync(organisation, person, cancellation);
        var held = new ActiveHolds(await holds.AllAsync(organisation.Id, cancellation), kept.Today);
        Reference? learner = person.Kind == AccountKind.Learner ? person.Person : null;
        return new ErasureAnswer(
            person,
            account?.Value.DisplayName ?? person.Person.Value,
            account is null ? erased?.Value.On : null,
            held.KeepPerson(learner, kept.Trainings.Select(k => k.Training.Ref)),
            kept.Today,
            kept.Trainings);
    }

    /// <returns>What is kept, or <c>account-unknown</c>, <c>own-account</c> or <c>person-on-hold</c>.</returns>
    public async Task<Result<ErasureAnswer>> RunAsync(
        Organisation organisation, AccountId person, Caller by, CancellationToken cancellation)
    {
        if (by.Account == person)
        {
            return Refusal.Conflict("own-account");
        }

        var shown = await ShowAsync(organisation, person, cancellation);
        if (!shown.IsOk || shown.Value.OnHold)
        {
            return shown.IsOk ? Refusal.Conflict("person-on-hold") : shown.Refusal;
        }

        // Noted first: an import that runs meanwhile brings nothing back.
        var today = organisation.Zone.DateAt(time.GetUtcNow());
        await erasures.NoteAsync(organisation.Id, new ErasedPerson(person, today, by.Id, Names: false), cancellation);
        await forget.RunAsync(organisation.Id, person, cancellation);
        await traces.RunAsync(organisation.Id, [person], cancellation);
        await contacts.RunAsync(organisation.Id, person, cancellation);
        if (person.Kind == AccountKind.Learner)
        {
            await justifications.OfPersonAsync(organisation.Id, person.Person, cancellation);
        }

        return shown.Value with { ErasedOn = shown.Value.ErasedOn ?? today };
    }
}
