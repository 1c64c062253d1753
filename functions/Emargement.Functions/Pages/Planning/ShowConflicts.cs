using Emargement.Domain.People;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;
using Emargement.Web.Planning;
using Emargement.Web.Platform;

namespace Emargement.Functions.Pages.Planning;

/// <summary>Shows what a person and a file do not say the same of, as it is now: a point read each, and one of all trainers.</summary>
public sealed class ShowConflicts(SessionsTable sessions, TrainersTable trainers, SessionScenes scenes)
{
    /// <summary>Conflicts of one page at most; the report as a table has them all.</summary>
    private const int OnPage = 50;

    /// <summary>In place of a run: they are shown on « À régler ».</summary>
    public const string Settling = "settle";

    /// <param name="run">Whose report says so; null for tonight's import.</param>
    public async Task<IReadOnlyList<ConflictModel>> RunAsync(
        Organisation organisation, IReadOnlyList<SlotConflict> conflicts, string? run, Texts texts, CancellationToken cancellation)
    {
        if (conflicts.Count == 0)
        {
            return [];
        }

        var names = await trainers.AllAsync(organisation.Id, cancellation)
            .ToDictionaryAsync(t => t.Value.Ref, t => $"{t.Value.FirstName} {t.Value.LastName}", cancellationToken: cancellation);
        return await Task.WhenAll(conflicts.Take(OnPage).Select(c => ShowAsync(organisation, c, run, names, texts, cancellation)));
    }

    /// <summary>Of half-days, what the last file still says against a person, as « À régler » shows it.</summary>
    public async Task<IReadOnlyDictionary<SessionId, ConflictModel>> WaitingAsync(
        Organisation organisation, IEnumerable<SessionId> waiting, Texts texts, CancellationToken cancellation)
    {
        var rows = await Task.WhenAll(waiting.Take(OnPage).Select(id => sessions.FindAsync(organisation.Id, id, cancellation)));
        var conflicts = rows.Select(row => row is null ? null : SlotConflict.Of(row.Value)).OfType<SlotConflict>().ToList();
        var shown = await RunAsync(organisation, conflicts, Settling, texts, cancellation);
        return shown.ToDictionary(c => c.Session);
    }

    private async Task<ConflictModel> ShowAsync(
        Organisation organisation, SlotConflict conflict, string? run, Dictionary<Reference, string> names, Texts texts,
        CancellationToken cancellation)
    {
        var stored = await sessions.FindAsync(organisation.Id, conflict.Session, cancellation);
        var now = stored?.Value;
        var training = now is null ? null : await scenes.TrainingAsync(organisation.Id, now.TrainingRef, cancellation);
        var state = now is not { EditedByHand: true } ? ConflictState.Following
            : now.KeptOver == conflict.Version ? ConflictState.Kept
            : ConflictState.Waiting;
        var title = $"{training?.Title ?? conflict.Session.Reference.Value}, {conflict.Kept.Group}";
        return new ConflictModel(
            conflict.Session, title, run, stored?.ETag.ToString(), conflict.Version, state,
            [.. Fields(now is null ? conflict.Kept : PlannedSide.Of(now), now?.State, conflict.Asked, organisation, names, texts)])
        {
            Absent = conflict.Asked.Count == 0,
        };
    }

    private static IEnumerable<ConflictField> Fields(
        PlannedSide kept, SessionState? state, IReadOnlyList<PlannedSide> asked, Organisation organisation,
        Dictionary<Reference, string> names, Texts texts)
    {
        const string None = "–";
        PlannedSide[] yours = state == SessionState.Cancelled ? [] : [kept];
        return
        [
            Of("date", s => texts.Day(s.Date)), Of("hours", Hours),
            Of("trainer", s => s.Trainer is { } trainer ? names.GetValueOrDefault(trainer, trainer.Value) : None),
            Of("site", s => s.Site ?? None), Of("room", s => s.Room ?? None), Of("module", s => s.Module ?? None),
            Of("group", s => s.Group), Of("modality", s => texts[$"hand.modality.{s.Modality.ToString().ToLowerInvariant()}"]),
        ];

        ConflictField Of(string word, Func<PlannedSide, string> shown) => new(word, Said(yours, shown), Said(asked, shown));

        string Said(IReadOnlyList<PlannedSide> side, Func<PlannedSide, string> shown) => side.Count > 0
            ? string.Join(", ", side.Select(shown).Distinct())
            : texts[ReferenceEquals(side, yours) ? "conflict.cancelled" : "conflict.nothing"];

        string Hours(PlannedSide side) => texts[
            "format.span", ("start", texts.Hour(side.Start, organisation.Zone)), ("end", texts.Hour(side.End, organisation.Zone))];
    }
}
