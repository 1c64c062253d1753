using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Writing;

namespace Emargement.Functions.Planning.Push;

/// <summary>Tells of each thing that was pushed what became of it.</summary>
internal sealed class PushOutcomes
{
    private readonly ILookup<PushItem, PushRemark> _remarks;
    private readonly PeopleChanges? _people;
    private readonly PlanningChanges _planning;

    public PushOutcomes(PushedRows rows, Imported? imported)
    {
        _people = imported?.People;
        _planning = imported?.Report.Changes ?? PlanningChanges.None;
        var said = (imported?.Report.Lines ?? []).Select(l => (Item: rows.ItemOf(l), Remark: new PushRemark(l.Code, l.Severity, l.Text)))
            .ToList();
        _remarks = said.Where(s => s.Item is not null).ToLookup(s => s.Item!, s => s.Remark);
        OfNothing = [.. said.Where(s => s.Item is null).Select(s => s.Remark)];
    }

    /// <summary>What is said of nothing single.</summary>
    public IReadOnlyList<PushRemark> OfNothing { get; }

    public PushedItem Of(PushItem item, PushRemark? refused)
    {
        PushRemark[] remarks = refused is null ? [.. _remarks[item].Distinct()] : [refused];
        var outcome = remarks.Any(r => r.Severity == ImportSeverity.Error) ? PushOutcome.Rejected : Done(item);
        return new PushedItem(item.Kind, item.Ref, outcome, refused is null ? item.Version : null, remarks);
    }

    private PushOutcome Done(PushItem item)
    {
        switch (item.Kind)
        {
            case PushKind.Trainings:
                return Of(_people?.Trainings, t => t.Ref == item.Ref);
            case PushKind.Trainers:
                return Of(_people?.Trainers, t => t.Ref == item.Ref);
            case PushKind.Learners:
                return Of(_people?.Learners, l => l.Ref == item.Ref);
            case PushKind.Enrolments:
                var cells = item.Cells.ToDictionary();
                return Of(
                    _people?.Enrolments,
                    e => Is(e.Enrolment.LearnerRef.Value, "stagiaire_ref") && Is(e.Enrolment.TrainingRef.Value, "action_ref")
                        && Is(e.Enrolment.Group, "groupe"));

                bool Is(string value, string column) =>
                    Reference.TryParse(cells.GetValueOrDefault(column), out var written)
                    && value.Equals(written.Value, StringComparison.OrdinalIgnoreCase);
            default:
                var refs = PushedRows.SessionsOf(item.Ref.Value).ToList();
                return _planning.Created.Intersect(refs).Any() ? PushOutcome.Created
                    : _planning.Updated.Intersect(refs).Any() ? PushOutcome.Updated
                    : _planning.Cancelled.Intersect(refs).Any() ? PushOutcome.Cancelled
                    : PushOutcome.Unchanged;
        }
    }

    private static PushOutcome Of<T>(TableChanges<T>? changes, Func<T, bool> isIt) =>
        changes is null ? PushOutcome.Unchanged
        : changes.Inserts.Any(isIt) ? PushOutcome.Created
        : changes.Replacements.Any(r => isIt(r.Changed)) ? PushOutcome.Updated
        : PushOutcome.Unchanged;
}
