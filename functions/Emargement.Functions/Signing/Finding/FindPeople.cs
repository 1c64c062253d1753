using System.Numerics;
using System.Runtime.CompilerServices;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Signing;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Search;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Signing.Tokens;

namespace Emargement.Functions.Signing.Finding;

/// <summary>How far a person has come with signing in.</summary>
public enum AccessState
{
    /// <summary>No link was ever given or sent.</summary>
    Never,

    /// <summary>A link was given or sent, and no password chosen yet.</summary>
    Sent,
    Active,
    Suspended,
}

/// <summary>Which people a list is of.</summary>
public enum PeopleFilter
{
    All,
    Learners,
    Trainers,

    /// <summary>Who chose no password and whom nobody suspended.</summary>
    WithoutAccess,
    WithoutAddress,

    /// <summary>Learners whose every enrolment has ended.</summary>
    Left,
}

/// <param name="Groups">Where a learner is enrolled today.</param>
/// <param name="Token">Whether a learner has a token.</param>
/// <param name="CardLeft">Codes that a learner's card still has; null without a card.</param>
public sealed record FoundPerson(
    Account Account, IReadOnlyList<string> Groups, AccessState Access, bool Token, int? CardLeft);

/// <summary>
/// Finds people by the starts of words, or lists them: 20 at a time, each with two point reads and, a learner, with the range of the
/// enrolments.
/// </summary>
public sealed class FindPeople(
    SearchNames search, AccountsTable accounts, TokensTable tokens, EnrolmentsTable enrolments, TimeProvider time)
{
    public const int PageSize = 20;

    /// <param name="words">The starts of words; null for everybody.</param>
    /// <param name="continuation">Of the page before; null to start. One that no page gave starts at its own place.</param>
    public async Task<Page<FoundPerson>> RunAsync(
        Organisation organisation, IReadOnlyList<string>? words, PeopleFilter filter, string? continuation, CancellationToken cancellation)
    {
        var today = organisation.Zone.DateAt(time.GetUtcNow());
        var left = filter == PeopleFilter.Left ? await LeftAsync(organisation.Id, today, cancellation) : null;
        var after = continuation ?? "";
        var found = words is null
            ? accounts.AfterAsync(organisation.Id, after, cancellation)
            : FoundAsync(organisation.Id, words, after, cancellation);
        var page = await found
            .Where(a => a.Id.Kind != AccountKind.Manager && Passes(a, filter, left))
            .Take(PageSize + 1)
            .ToListAsync(cancellation);
        var rows = await Task.WhenAll(page.Take(PageSize).Select(a => RowAsync(organisation.Id, a, today, cancellation)));
        return new Page<FoundPerson>(rows, page.Count > PageSize ? page[PageSize - 1].Id.Key : null);
    }

    private async IAsyncEnumerable<Account> FoundAsync(
        OrganisationId organisation, IReadOnlyList<string> words, string after,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var ids = await search.RunAsync(organisation, words, cancellation);
        foreach (var some in ids.Where(id => string.CompareOrdinal(id.Key, after) > 0).Chunk(PageSize + 1))
        {
            foreach (var stored in await Task.WhenAll(some.Select(id => accounts.FindAsync(organisation, id, cancellation))))
            {
                // A word may outlive the name that it was of.
                if (stored is not null && PersonWords.Match([.. NamesTable.Of(stored.Value).Select(n => n.Word)], words))
                {
                    yield return stored.Value;
                }
            }
        }
    }

    private static bool Passes(Account account, PeopleFilter filter, IReadOnlySet<Reference>? left) => filter switch
    {
        PeopleFilter.Learners => account.Id.Kind == AccountKind.Learner,
        PeopleFilter.Trainers => account.Id.Kind == AccountKind.Trainer,
        PeopleFilter.WithoutAccess => account is { IsOpened: false, Suspended: false },
        PeopleFilter.WithoutAddress => account.Email is null,
        PeopleFilter.Left => account.Id.Kind == AccountKind.Learner && left!.Contains(account.Id.Person),
        _ => true,
    };

    private async Task<IReadOnlySet<Reference>> LeftAsync(OrganisationId organisation, DateOnly today, CancellationToken cancellation)
    {
        var (left, stay) = (new HashSet<Reference>(), new HashSet<Reference>());
        await foreach (var stored in enrolments.AllAsync(organisation, cancellation))
        {
            var enrolment = stored.Value.Enrolment;
            (enrolment.Periods.All(p => p.Exit < today) ? left : stay).Add(enrolment.LearnerRef);
        }

        return left.Except(stay).ToHashSet();
    }

    private async Task<FoundPerson> RowAsync(
        OrganisationId organisation, Account account, DateOnly today, CancellationToken cancellation)
    {
        if (account.Id.Kind != AccountKind.Learner)
        {
            return new FoundPerson(account, [], StateOf(account), false, null);
        }

        var token = tokens.FindAsync(organisation, account.Id.Person, cancellation);
        var enrolled = await enrolments.OfLearnerAsync(organisation, account.Id.Person, cancellation);
        var (hasToken, cardLeft) = MeansOf((await token).Value);
        return new FoundPerson(
            account,
            [.. enrolled.Where(e => e.On(today) is not null).Select(e => e.Group).Distinct().Order(StringComparer.Ordinal)],
            StateOf(account),
            hasToken,
            cardLeft);
    }

    /// <summary>Whether there is a token, and how many codes the card has left; null without a card.</summary>
    public static (bool Token, int? CardLeft) MeansOf(PersonalToken token) => (
        token.Secret is not null,
        token.CardSecret is null ? null : TokenMemory.CardCodes - BitOperations.PopCount((ulong)token.Memory.CardUsed));

    public static AccessState StateOf(Account account) =>
        account.Suspended ? AccessState.Suspended
        : account.IsOpened ? AccessState.Active
        : account.LinkAt is not null || account.Invited is not null ? AccessState.Sent
        : AccessState.Never;
}
