using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Portal;

/// <summary>A half-day of a learner, as the version's files say it.</summary>
/// <param name="HalfDay">M, A or S.</param>
/// <param name="Status">In French, as in the file.</param>
/// <param name="Sheet">Name of the whole sheet, which names others too and never comes to the Région: for those who ask for it.</param>
public sealed record PortalHalfDay(
    string Date, string HalfDay, string Session, string Start, string End, string Status, string? Reason, string Planned, string Done,
    string? Method, string? SignedAt, string? Sheet, string? SheetSha256);

/// <summary>A learner whom the Région pays.</summary>
public sealed record PortalLearner(
    string Ref, string LastName, string FirstName, string? RegionNumber, string Entry, string? Exit, bool Complete,
    IReadOnlyList<PortalHalfDay> HalfDays);

/// <summary>A group's month, as one version says it.</summary>
public sealed record PortalGroupShown(
    int Version, Reference Training, string? Title, string Group, IReadOnlyList<PortalLearner> Learners);

/// <summary>Shows a Région the learners of a group whom it pays, from the files of the last version, read once, as streams.</summary>
public sealed class ShowPortalGroup(PortalMonths months, ExportContainer container)
{
    /// <returns>The group; or <c>organisation-unknown</c>, <c>group-unknown</c>, <c>export-not-found</c>.</returns>
    public async Task<Result<PortalGroupShown>> RunAsync(PortalPlace place, GroupKey key, CancellationToken cancellation)
    {
        var found = await months.LastAsync(place, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var last = found.Value;
        if (last.Figures?.Groups.FirstOrDefault(g => g.Training == key.Training && g.Group == key.Group) is not { } group)
        {
            return Refusal.NotFound("group-unknown");
        }

        var members = group.Members.Select(m => CsvCell.Of(m.Value)).ToHashSet(StringComparer.Ordinal);
        var training = CsvCell.Of(group.Training.Value);
        var halfDays = new Dictionary<string, List<PortalHalfDay>>(StringComparer.Ordinal);
        await foreach (var row in RowsAsync(last, RegionFiles.HalfDaysName, cancellation))
        {
            if (row["action_ref"] == training && members.Contains(row["stagiaire_ref"]))
            {
                var own = halfDays.GetValueOrDefault(row["stagiaire_ref"]) ?? (halfDays[row["stagiaire_ref"]] = []);
                own.Add(HalfDayOf(row));
            }
        }

        var learners = new List<PortalLearner>();
        await foreach (var row in RowsAsync(last, RegionFiles.SummaryName, cancellation))
        {
            if (row["action_ref"] == training && members.Contains(row["stagiaire_ref"]))
            {
                learners.Add(LearnerOf(row, halfDays.GetValueOrDefault(row["stagiaire_ref"]) ?? []));
            }
        }

        return new PortalGroupShown(last.Version, group.Training, group.Title, group.Group, learners);
    }

    private IAsyncEnumerable<ExportRow> RowsAsync(ExportVersion version, string file, CancellationToken cancellation) =>
        ExportRows.ReadAsync(container, version, file, cancellation);

    private static PortalHalfDay HalfDayOf(ExportRow row) => new(
        row["date"], row["demi_journee"], row["seance_ref"], row["debut"], row["fin"], row["statut"], row.OrNull("motif"),
        row["minutes_prevues"], row["minutes_realisees"], row.OrNull("methode"), row.OrNull("signe_le"), row.OrNull("feuille"),
        row.OrNull("feuille_sha256"));

    private static PortalLearner LearnerOf(ExportRow row, IReadOnlyList<PortalHalfDay> halfDays) => new(
        row["stagiaire_ref"], row["nom"], row["prenom"], row.OrNull("stagiaire_numero_region"), row["entree"], row.OrNull("sortie"),
        row["complet"] == "oui", halfDays);
}
