using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;
using Emargement.Domain.Statements;
using Emargement.Functions.Statements.Records;

namespace Emargement.Functions.Statements.Issuing;

/// <summary>A statement as it would be printed now, without its proof.</summary>
/// <param name="Leaves">What it rests on.</param>
public sealed record PreparedStatement(
    StatementKey Key, StatementContent Content, Reckoned Reckoned, IReadOnlyList<EvidenceFact> Leaves)
{
    /// <summary>Half-days that are not closed, or whose sheet is not sealed.</summary>
    public IReadOnlyList<SessionId> Open => [.. Reckoned.HalfDays.Where(h => h.IsOpen).Select(h => h.Row.Session)];

    public string Root => Convert.ToHexStringLower(Evidence.TreeOf(Leaves).Root);

    /// <returns>The statement, or <c>sessions-open</c>: nothing that may still change is certified.</returns>
    public Result<PreparedStatement> Final() => Open.Count == 0
        ? this
        : Refusal.Conflict(
            "sessions-open",
            ("count", Open.Count.ToString(CultureInfo.InvariantCulture)),
            ("first", Open.Min().Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
}

/// <summary>Makes what a statement prints, and what it rests on.</summary>
public sealed class PrepareStatement(TimeProvider time)
{
    /// <param name="signatory">Who signs a certificate; ignored for the other kinds.</param>
    /// <returns>The statement, or <c>statement-empty</c>.</returns>
    public Result<PreparedStatement> Run(StatementSource source, StatementKey key, Signatory? signatory)
    {
        var reckoned = source.Reckoning.Of(key.Training, key.Learner);
        if (reckoned.IsEmpty)
        {
            return Refusal.Conflict("statement-empty");
        }

        SheetNamed? Sheet(SessionId session) =>
            source.Sheets.TryGetValue(session, out var sheet) ? new SheetNamed(sheet.Code.ToString(), sheet.Version) : null;

        var content = StatementComposition.Of(
            key.Kind,
            source.Organisation,
            source.Trainings.GetValueOrDefault(key.Training),
            source.Learners.GetValueOrDefault(key.Learner),
            source.Span,
            reckoned,
            Sheet,
            signatory,
            source.Organisation.Zone.ToLocal(time.GetUtcNow()));
        return new PreparedStatement(key, content, reckoned, StatementEvidence.Of(content, reckoned, Sheet));
    }
}
