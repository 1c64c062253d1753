using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Statements;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Statements.Records;
using Emargement.Functions.Statements.Signing;

namespace Emargement.Functions.Statements.Issuing;

/// <summary>Issues a statement of one learner, or several learners' of one training.</summary>
public sealed class IssueStatement(
    StatementReader reader, PrepareStatement prepare, SealStatementVersion seal, UseSignatory signatories)
{
    /// <returns>The version that says what is so now, or <c>signatory-missing</c>, <c>signatory-mark-missing</c>,
    /// <c>not-signatory</c>, <c>statement-empty</c>, <c>sessions-open</c>.</returns>
    public Task<Result<StatementRecord>> RunAsync(
        Organisation organisation, StatementKey key, Caller caller, CancellationToken cancellation) =>
        signatories.OfAsync(organisation.Id, key.Kind, caller.Id, cancellation).ThenAsync(async signs =>
        {
            var source = await reader.ReadAsync(organisation, [key.Learner], key.Span, cancellation);
            return await OneAsync(source, key, signs, caller.Id, cancellation);
        });

    /// <summary>Issues those of several learners, read together.</summary>
    /// <returns>By learner, why there is none; null where there is one.</returns>
    public async Task<IReadOnlyDictionary<Reference, Refusal?>> SeveralAsync(
        Organisation organisation,
        TrainingStatements asked,
        IReadOnlyCollection<Reference> learners,
        string by,
        CancellationToken cancellation)
    {
        var outcomes = new Dictionary<Reference, Refusal?>();
        var signs = await signatories.OfAsync(organisation.Id, asked.Kind, by, cancellation);
        var source = signs.IsOk ? await reader.ReadAsync(organisation, learners, asked.Span, cancellation) : null;
        foreach (var learner in learners)
        {
            var key = new StatementKey(asked.Training, learner, asked.Kind, asked.Span);
            outcomes[learner] = source is null ? signs.Refusal : (await OneAsync(source, key, signs.Value!, by, cancellation)).Refusal;
        }

        return outcomes;
    }

    private async Task<Result<StatementRecord>> OneAsync(
        StatementSource source, StatementKey key, SignatoryUsed signs, string by, CancellationToken cancellation)
    {
        var prepared = prepare.Run(source, key, signs.Signatory);
        var final = prepared.IsOk ? prepared.Value.Final() : prepared;
        return final.IsOk ? await seal.RunAsync(source.Organisation, final.Value, by, cancellation) : final.Refusal;
    }
}
