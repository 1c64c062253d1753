using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;

namespace Emargement.Functions.Planning.Push;

/// <summary>Makes of what a system pushed the rows that files would have, and finds of which thing a line of the report speaks.</summary>
public sealed class PushedRows
{
    private readonly Dictionary<ImportKind, List<ImportRow>> _rows = [];
    private readonly Dictionary<(ImportKind Kind, int Line), PushItem> _items = [];

    /// <param name="items">Each thing once.</param>
    /// <param name="dates">The last known date of slots that are cancelled.</param>
    public PushedRows(IEnumerable<PushItem> items, Func<PushItem, string?> dates)
    {
        foreach (var item in items)
        {
            if (item.Kind == PushKind.Enrolments)
            {
                foreach (var period in item.Periods)
                {
                    Add(item, ImportKind.Learners, [.. item.Cells, .. period], RowPart.Enrolment);
                }
            }
            else if (item.Cancels)
            {
                Add(item, ImportKind.Planning, [new("seance_ref", item.Ref.Value), new("date", dates(item) ?? "")], RowPart.Whole);
            }
            else
            {
                var (kind, column) = FileOf(item.Kind);
                Add(
                    item, kind, [new(column, item.Ref.Value), .. item.Cells],
                    item.Kind == PushKind.Learners ? RowPart.Person : RowPart.Whole);
            }
        }
    }

    public bool IsEmpty => _rows.Count == 0;

    public ImportFiles Files() => ImportFiles.Of(_rows.ToDictionary(r => r.Key, r => (IReadOnlyList<ImportRow>)r.Value));

    /// <summary>The thing of which a line speaks; null when it speaks of none alone.</summary>
    public PushItem? ItemOf(ImportLine line)
    {
        var kind = Enum.GetValues<ImportKind>().Cast<ImportKind?>().FirstOrDefault(k => ImportFiles.PushedName(k!.Value) == line.File);
        return kind is null ? null
            : line.Line > 0 ? _items.GetValueOrDefault((kind.Value, line.Line))
            : _items.Values.FirstOrDefault(i => i.Kind == PushKind.Sessions && SessionsOf(i.Ref.Value).Contains(line.Ref));
    }

    /// <summary>References that the Sessions of a slot may have.</summary>
    public static IEnumerable<string> SessionsOf(string slot) =>
        [slot, slot + Domain.Planning.SlotSplit.BeforeBreak, slot + Domain.Planning.SlotSplit.AfterBreak];

    private static (ImportKind Kind, string Column) FileOf(PushKind kind) => kind switch
    {
        PushKind.Trainings => (ImportKind.Trainings, "action_ref"),
        PushKind.Trainers => (ImportKind.Trainers, "formateur_ref"),
        PushKind.Learners => (ImportKind.Learners, "stagiaire_ref"),
        _ => (ImportKind.Planning, "seance_ref"),
    };

    private void Add(PushItem item, ImportKind kind, IReadOnlyList<KeyValuePair<string, string>> cells, RowPart part)
    {
        var rows = _rows.TryGetValue(kind, out var known) ? known : _rows[kind] = [];
        var line = rows.Count + 1;
        var heading = ImportHeading.OfPush(kind, [.. cells.Select(c => c.Key)], part);
        rows.Add(new ImportRow(heading, line, [.. cells.Select(c => c.Value)]) { Cancels = item.Cancels });
        _items[(kind, line)] = item;
    }
}
