using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Portal;

/// <summary>An organisation's month as a Région's list shows it: figures of the learners whom it pays.</summary>
/// <param name="Organisation">Short name: tells apart two establishments of one declaration number.</param>
/// <param name="VersionState">provisional, validated, locked or corrected.</param>
/// <param name="Completeness">Whole percents, as <c>presence</c>; null when nothing is due, or figures were not kept.</param>
/// <param name="Due">Half-days in centre and at distance that are over, and of them those with a sealed sheet.</param>
/// <param name="Sent">The version that the organisation sent last; null while it sent none.</param>
public sealed record PortalMonth(
    string Nda,
    OrganisationId Organisation,
    string Name,
    MonthState State,
    int Version,
    string VersionState,
    DateTimeOffset VersionAt,
    int? Completeness,
    int? Presence,
    int Learners,
    int Due,
    int Sealed,
    int Anomalies,
    int WeeksEnded,
    int WeeksValidated,
    int? Sent,
    DateTimeOffset? SentAt,
    DateTimeOffset? ReceivedAt,
    DateTimeOffset? ReturnedAt,
    string? ReturnReason)
{
    public static PortalMonth Of(RegionMonthRow row) => new(
        row.Nda,
        row.Organisation,
        row.Name,
        row.State,
        row.Version,
        row.VersionState,
        row.VersionAt,
        row.Counts?.Figures.Completeness,
        row.Counts?.Figures.Presence,
        row.Counts?.Learners ?? 0,
        row.Counts?.Sessions.Due ?? 0,
        row.Counts?.Sessions.Sealed ?? 0,
        row.Counts?.Anomalies ?? 0,
        row.Counts?.Figures.WeeksEnded ?? 0,
        row.Counts?.Figures.WeeksValidated ?? 0,
        row.Sent,
        row.SentAt,
        row.ReceivedAt,
        row.ReturnedAt,
        row.ReturnReason);
}

/// <param name="Versions">The whole ones, the first first.</param>
public sealed record PortalVersions(RegionMonthRow Row, IReadOnlyList<ExportVersion> Versions)
{
    public ExportVersion? Last => Versions is [.., var last] ? last : null;

    public ExportVersion? Find(int version) => Versions.FirstOrDefault(v => v.Version == version);
}

/// <summary>Finds an organisation's month among those that a Région may see.</summary>
public sealed class PortalMonths(RegionMonthsTable rows, ExportsTable exports)
{
    /// <returns>Its row; or <c>organisation-unknown</c>, also where two share the number and none is named.</returns>
    public async Task<Result<RegionMonthRow>> FindAsync(PortalPlace place, CancellationToken cancellation)
    {
        var all = await rows.OfNdaAsync(place.Region, place.Month, place.Nda, cancellation);
        var named = all.Where(r => place.Organisation is null || r.Organisation.Value == place.Organisation).ToList();
        return named is [var one] ? one : Refusal.NotFound("organisation-unknown");
    }

    /// <returns>Its whole versions, the first first; or <c>organisation-unknown</c>.</returns>
    public async Task<Result<PortalVersions>> VersionsAsync(PortalPlace place, CancellationToken cancellation)
    {
        var row = await FindAsync(place, cancellation);
        if (!row.IsOk)
        {
            return row.Refusal;
        }

        var all = await exports.OfOrganisationAsync(place.Region, place.Month, place.Nda, cancellation);
        return new PortalVersions(
            row.Value, [.. all.Where(v => v.Stage == ExportStage.Complete && v.Organisation == row.Value.Organisation)]);
    }

    /// <returns>Its last whole version; or <c>organisation-unknown</c>, <c>export-not-found</c>.</returns>
    public async Task<Result<ExportVersion>> LastAsync(PortalPlace place, CancellationToken cancellation)
    {
        var found = await VersionsAsync(place, cancellation);
        return !found.IsOk ? found.Refusal
            : found.Value.Last is { } last ? last
            : Refusal.NotFound("export-not-found");
    }
}
