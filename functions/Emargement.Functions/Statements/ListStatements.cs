using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Statements;
using Emargement.Functions.People;
using Emargement.Functions.Statements.Records;

namespace Emargement.Functions.Statements;

/// <summary>A sealed statement in the API's words.</summary>
/// <param name="Code">The verification code: names it in addresses too.</param>
/// <param name="Superseded">Whether a later version says otherwise.</param>
public sealed record StatementView(
    string Code,
    Reference Learner,
    Reference Training,
    string Kind,
    DateOnly First,
    DateOnly Last,
    int Version,
    string Sha256,
    DateTimeOffset SealedAt,
    bool Superseded)
{
    internal static StatementView Of(StatementRecord record, bool superseded = false) => new(
        record.Code.ToString(), record.Key.Learner, record.Key.Training, record.Key.Kind.NameOf(), record.Key.Span.First,
        record.Key.Span.Last, record.Version, record.Sha256, record.SealedAt, superseded);
}

/// <summary>Lists sealed statements: one range a training.</summary>
public sealed class ListStatements(StatementsTable table, EnrolmentsTable enrolments, LearnersTable learners)
{
    /// <returns>A learner's, the newest first, or <c>learner-not-found</c>.</returns>
    public async Task<Result<IReadOnlyList<StatementView>>> OfLearnerAsync(
        OrganisationId organisation, Reference learner, CancellationToken cancellation)
    {
        var enrolled = await enrolments.OfLearnerAsync(organisation, learner, cancellation);
        if (enrolled.Count == 0 && await learners.FindAsync(organisation, learner, cancellation) is null)
        {
            return Refusal.NotFound("learner-not-found");
        }

        var found = new List<StatementView>();
        foreach (var training in enrolled.Select(e => e.TrainingRef).Distinct())
        {
            found.AddRange(Views(await table.OfTrainingAsync(organisation, training, learner, cancellation).ToListAsync(cancellation)));
        }

        return found.OrderByDescending(s => s.SealedAt).ToList();
    }

    /// <returns>The latest version of each learner's, by learner.</returns>
    public async Task<IReadOnlyList<StatementRecord>> LatestAsync(
        OrganisationId organisation, TrainingStatements asked, CancellationToken cancellation)
    {
        var latest = new SortedDictionary<Reference, StatementRecord>();
        await foreach (var statement in table.OfTrainingAsync(organisation, asked.Training, null, cancellation))
        {
            if (statement.Key.Kind == asked.Kind && statement.Key.Span == asked.Span)
            {
                latest[statement.Key.Learner] = statement;
            }
        }

        return [.. latest.Values];
    }

    private static IEnumerable<StatementView> Views(List<StatementRecord> versions) => versions
        .GroupBy(v => v.Key)
        .SelectMany(same => same.Select(v => StatementView.Of(v, v.Version < same.Max(o => o.Version))));
}
