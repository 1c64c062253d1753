using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Hand;

/// <summary>Who changes a planning, when and why.</summary>
/// <param name="By">As in <see cref="Fact.By"/>.</param>
/// <param name="Reason">Null only for a trainer who takes over.</param>
/// <param name="ByPerson">False for the software that owns the planning: what it says is the file's word, not a person's.</param>
public sealed record EditAct(DateTimeOffset At, string By, string? Reason, bool ByPerson = true);

/// <summary>Writes into a Session's row what an act changed, and makes the changed Session again from that.</summary>
public static class EditTrace
{
    /// <summary>The changed Session with what changed and the marks that follow from it: a person stands above the next file, and a change
    /// of the very day or later counts as late.</summary>
    /// <param name="today">The organisation's local day.</param>
    public static Session Marked(Session session, Session changed, EditAct act, DateOnly today, params ReadOnlySpan<SessionEdit> more)
    {
        var edits = new List<SessionEdit>(session.Edits);
        foreach (var (field, from, to) in Differences(session, changed))
        {
            edits.Add(new SessionEdit(Next(edits), act.At, act.By, field, from, to, act.Reason));
        }

        foreach (var edit in more)
        {
            edits.Add(edit with { N = Next(edits) });
        }

        var late = session.Id.Date <= today || changed.Id.Date <= today;
        var marked = changed with
        {
            Edits = edits,
            EditedByHand = session.EditedByHand || act.ByPerson,
            LatePlanning = session.LatePlanning || late,
        };
        return act.ByPerson ? marked : marked with { ContentHash = SessionContent.Hash(marked) };
    }

    /// <summary>An entry that is no difference of the planning; its number is given by who adds it.</summary>
    public static SessionEdit Entry(EditAct act, EditedField field, string? from, string? to) =>
        new(0, act.At, act.By, field, from, to, act.Reason);

    /// <summary>What of the planning differs, as text.</summary>
    public static IEnumerable<(EditedField Field, string? From, string? To)> Differences(Session a, Session b)
    {
        (EditedField Field, string? From, string? To)[] all =
        [
            (EditedField.Start, Text(a.Start), Text(b.Start)),
            (EditedField.End, Text(a.End), Text(b.End)),
            (EditedField.Trainer, a.TrainerRef?.Value, b.TrainerRef?.Value),
            (EditedField.Site, a.Site, b.Site),
            (EditedField.Room, a.Room, b.Room),
            (EditedField.Module, a.Module, b.Module),
            (EditedField.Modality, Text(a.Modality), Text(b.Modality)),
            (EditedField.State, Text(a.State), Text(b.State)),
        ];
        return all.Where(d => d.From != d.To);
    }

    /// <summary>The Session that a row left behind by a move became: its own content with the changes of its last act, at its new
    /// place.</summary>
    public static Session Arrived(Session left)
    {
        var last = left.Edits[^1].At;
        var arrived = left with
        {
            Id = left.MovedTo!.Value,
            State = SessionState.Planned,
            MovedTo = null,
            EditedByHand = !left.Edits[^1].By.StartsWith("machine:", StringComparison.Ordinal),
        };
        return left.Edits.Where(e => e.At == last).Aggregate(arrived, With);
    }

    /// <summary>The row that stays behind: its content of before, cancelled, with all that <see cref="Arrived"/> needs.</summary>
    public static Session Left(Session session, Session arrived) => session with
    {
        State = SessionState.Cancelled,
        MovedTo = arrived.Id,
        Edits = arrived.Edits,
        EditedByHand = false,
        LatePlanning = arrived.LatePlanning,
        ContentHash = arrived.ContentHash,
    };

    private static int Next(List<SessionEdit> edits) => edits.Count == 0 ? 1 : edits[^1].N + 1;

    private static Session With(Session session, SessionEdit edit) => edit.Field switch
    {
        EditedField.Start => session with { Start = Instant(edit.To!) },
        EditedField.End => session with { End = Instant(edit.To!) },
        EditedField.Trainer => session with
        {
            TrainerRef = edit.To is { } trainer ? Reference.Parse(trainer) : null,
            CoTrainerRefs = [.. session.CoTrainerRefs.Where(t => t.Value != edit.To)],
        },
        EditedField.Site => session with { Site = edit.To },
        EditedField.Room => session with { Room = edit.To },
        EditedField.Module => session with { Module = edit.To },
        EditedField.Modality => session with { Modality = Enum.Parse<Modality>(edit.To!, ignoreCase: true) },
        _ => session,
    };

    private static string Text(DateTimeOffset instant) => SigningWindow.Text(instant);

    private static string Text<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
