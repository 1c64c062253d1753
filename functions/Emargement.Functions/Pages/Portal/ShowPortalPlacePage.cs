using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months.Records;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Portal;
using Emargement.Functions.Region;
using Emargement.Web.Platform;
using Emargement.Web.Portal;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Pages.Portal;

/// <summary>Makes what an officer's pages of one organisation's month show: its groups and versions, the learners of a group.</summary>
public sealed class ShowPortalPlacePage(ShowPortalMonth show, ShowPortalGroup group, KnownRegions regions, TimeProvider time)
{
    public async Task<Result<PortalOrganisationModel>> RunAsync(
        Organisation holder, PortalPlace place, IQueryCollection query, Caller caller, CancellationToken cancellation)
    {
        var shown = await show.RunAsync(place, cancellation);
        var settings = await regions.OfAsync(place.Region, cancellation);
        var late = settings.IsLate(place.Month, holder.Zone.DateAt(time.GetUtcNow()));
        return shown.Then(month => ModelOf(holder, place, month, late) with
        {
            MayAnswer = caller.Role >= OfficerRole.Handling,
            MayLead = caller.Role >= OfficerRole.Leading,
            Done = AnswerMonthByForm.Known(query["done"]),
        });
    }

    /// <summary>The learners of a group whom the Région pays.</summary>
    public async Task<Result<PortalGroupModel>> GroupAsync(
        Organisation holder, PortalPlace place, GroupKey key, CancellationToken cancellation)
    {
        var shown = await group.RunAsync(place, key, cancellation);
        return shown.Then(g => new PortalGroupModel(
            Back(holder, place),
            place.Nda,
            place.Month,
            g.Title ?? g.Training.Value,
            g.Group,
            g.Version,
            [.. g.Learners.Select(l => new PortalLearnerLines(
                $"{l.FirstName} {l.LastName}", l.RegionNumber ?? l.Ref, l.Complete, [.. l.HalfDays.Select(LineOf)]))]));
    }

    /// <summary>Address of the organisation's month.</summary>
    internal static string Back(Organisation holder, PortalPlace place, string? rest = null) =>
        $"{holder.Id.Pages}/months/{place.Month}/{place.Nda}{rest}"
            + (place.Organisation is { } named ? $"?organisation={Uri.EscapeDataString(named)}" : "");

    private static PortalOrganisationModel ModelOf(Organisation holder, PortalPlace place, PortalMonthShown month, bool late)
    {
        // Two establishments may share the number: links name the one that was found.
        var one = place with { Organisation = month.Summary.Organisation.Value };
        return new PortalOrganisationModel(
            $"{holder.Id.Pages}/months/{place.Month}",
            Back(holder, one),
            place.Month,
            ShowPortalMonthPage.RowOf(holder.Id.Pages, place.Month, month.Summary, late))
        {
            Groups = [.. month.Groups.Select(g => new PortalGroupRow(
                Back(holder, one, "/" + new GroupKey(g.Training, g.Group).Path),
                g.Title ?? g.Training.Value,
                g.Group,
                g.Counts.Figures.Completeness,
                g.Counts.Sessions.Sealed,
                g.Counts.Sessions.Due,
                g.Counts.Anomalies,
                g.Counts.Learners))],
            Codes = [.. month.Anomalies.Select(a => new PortalCode(
                $"{Back(holder, one, "/anomalies")}&code={a.Code}",
                Anomaly.All.FirstOrDefault(known => known.Code == a.Code)?.Text ?? a.Code,
                a.Count))],
            Versions = [.. month.Versions.Reverse().Select(v => VersionOf(holder, one, v))],
            ReturnReason = month.Summary.State == MonthState.Returned ? month.Summary.ReturnReason : null,
        };
    }

    private static PortalVersion VersionOf(Organisation holder, PortalPlace place, ExportListed version) => new(
        version.Version,
        version.State,
        version.At,
        version.ManifestSha256,
        version.Version > 1 ? $"{Back(holder, place, "/differences")}&from={version.Version - 1}&to={version.Version}" : null,
        [.. version.Files.Select(f => new LinkModel(f.Address, f.Name))]);

    private static PortalLine LineOf(PortalHalfDay half) => new(
        DateOnly.ParseExact(half.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Enum.GetValues<HalfDay>().Single(known => known.Letter().ToString() == half.HalfDay),
        TimeOnly.Parse(half.Start, CultureInfo.InvariantCulture),
        TimeOnly.Parse(half.End, CultureInfo.InvariantCulture),
        half.Status,
        half.Reason,
        half.Method,
        half.SignedAt is { } at ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) : null);
}
