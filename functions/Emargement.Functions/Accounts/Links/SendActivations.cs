using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.Links;

/// <summary>To whom links are sent with which a password is chosen: those of a group who never had one, or learners by name.</summary>
/// <param name="Training">With <paramref name="Group"/>: its training.</param>
/// <param name="Learners">100 at most; whoever had one before is sent another.</param>
public sealed record SendActivationsBody(Reference? Training = null, string? Group = null, IReadOnlyList<Reference>? Learners = null);

/// <param name="Queued">Mails that will be sent.</param>
/// <param name="AlreadyQueued">People who have, or had, their link.</param>
/// <param name="WithoutEmail">People to whom no mail can be sent: give them a card or a code on paper.</param>
public sealed record SentActivations(int Queued, int AlreadyQueued, int WithoutEmail);

/// <summary>Sends many people the links with which they choose a password; a double click is one mail.</summary>
public sealed class SendActivations(
    AccountsTable accounts, EnrolmentsTable enrolments, MailQueue queue, TimeProvider time)
{
    private const string Subject = "accounts";

    /// <param name="address">Public address of the app, without a final slash.</param>
    /// <returns>What is sent; or <c>learner-missing</c>, <c>too-many-people</c>, <c>group-unknown</c> or
    /// <c>learner-not-found</c>.</returns>
    public async Task<Result<QueuedMails<SentActivations>>> RunAsync(
        Organisation organisation, SendActivationsBody body, string address, CancellationToken cancellation)
    {
        var asked = await PeopleAsync(organisation, body, cancellation);
        if (!asked.IsOk)
        {
            return asked.Refusal;
        }

        var people = new List<Stored<Account>>();
        foreach (var some in asked.Value.Chunk(20))
        {
            var found = await Task.WhenAll(some.Select(l => accounts.FindAsync(
                organisation.Id, new AccountId(AccountKind.Learner, l), cancellation)));
            people.AddRange(found.OfType<Stored<Account>>());
        }

        if (people.Count < asked.Value.Count && body.Group is null)
        {
            return Refusal.NotFound("learner-not-found");
        }

        var wanting = people
            .Where(p => !p.Value.Suspended && (body.Group is null || p.Value is { IsOpened: false, LinkAt: null }))
            .ToList();
        var reachable = wanting.Where(p => p.Value.Email is not null).ToList();
        var slot = "activation-" + time.GetUtcNow().UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
        var args = new Dictionary<string, string> { [ActivationMail.AddressArg] = address };
        var (added, mails) = await queue.QueueAsync(
            organisation.Id, Subject, slot, ActivationMail.Template, [.. reachable.Select(p => p.Value.Id.Key)], args, cancellation);
        await NoteAsync(organisation.Id, reachable, cancellation);
        var had = people.Count(p => !p.Value.Suspended) - wanting.Count;
        return new QueuedMails<SentActivations>(
            new SentActivations(added, had + reachable.Count - added, wanting.Count - reachable.Count), mails);
    }

    private async Task<Result<IReadOnlyList<Reference>>> PeopleAsync(
        Organisation organisation, SendActivationsBody body, CancellationToken cancellation)
    {
        if (body.Group is null == body.Learners is null)
        {
            return Refusal.BadInput("learner-missing");
        }

        if (body.Learners is { } learners)
        {
            return learners.Count == 0 ? Refusal.BadInput("learner-missing")
                : learners.Count > TableAccess.BatchSize ? Refusal.BadInput("too-many-people")
                : Result<IReadOnlyList<Reference>>.FromT([.. learners.Distinct()]);
        }

        if (body.Training is not { } training || !Reference.TryParse(body.Group, out var group))
        {
            return Refusal.NotFound("group-unknown");
        }

        var today = organisation.Zone.DateAt(time.GetUtcNow());
        var roster = await enrolments.RosterAsync(organisation.Id, training, group.Value, today, cancellation);
        return roster.Count == 0
            ? Refusal.NotFound("group-unknown")
            : Result<IReadOnlyList<Reference>>.FromT([.. roster.Select(l => l.Learner)]);
    }

    // It only tells managers who never had a link: who changes an account meanwhile goes first.
    private async Task NoteAsync(OrganisationId organisation, List<Stored<Account>> sent, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var some in sent.Chunk(TableAccess.BatchSize))
        {
            var changes = some.Select(s => ((Stored<Account>?)s, s.Value with { LinkAt = now })).ToList();
            if (!await accounts.TryWriteAsync(organisation, changes, cancellation))
            {
                foreach (var one in changes)
                {
                    await accounts.TryWriteAsync(organisation, [one], cancellation);
                }
            }
        }
    }
}
