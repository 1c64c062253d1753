using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>Gives each learner who is in a group today a card of single-use codes.</summary>
public sealed class PrintCards(OrganisationSettings organisations, EnrolmentsTable enrolments, PrintCard print, TimeProvider time)
{
    private const int Parallelism = 4;

    /// <returns>The cards by last name; or <c>organisation-unknown</c>, <c>group-unknown</c> or <c>too-many-people</c>.</returns>
    public async Task<Result<IReadOnlyList<PrintedCard>>> RunAsync(
        OrganisationId organisation, Reference training, string group, CancellationToken cancellation)
    {
        var known = await organisations.GetAsync(organisation, cancellation);
        if (!known.IsOk)
        {
            return known.Refusal;
        }

        var today = known.Value.Zone.DateAt(time.GetUtcNow());
        var roster = await enrolments.RosterAsync(organisation, training, group, today, cancellation);
        if (roster.Count is 0 or > TableAccess.BatchSize)
        {
            return roster.Count == 0 ? Refusal.NotFound("group-unknown") : Refusal.BadInput("too-many-people");
        }

        var cards = new List<PrintedCard>();
        foreach (var some in roster.Chunk(Parallelism))
        {
            var printed = await Task.WhenAll(some.Select(l => print.RunAsync(organisation, l.Learner, cancellation)));
            cards.AddRange(printed.Where(p => p.IsOk).Select(p => p.Value!));
        }

        return cards.Count == 0 ? Refusal.NotFound("group-unknown") : Result<IReadOnlyList<PrintedCard>>.FromT(cards);
    }
}
