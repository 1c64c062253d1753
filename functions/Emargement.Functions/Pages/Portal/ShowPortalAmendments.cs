using Emargement.Domain.Accounts;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Portal;
using Emargement.Functions.Portal.Amendments;
using Emargement.Web.Portal.Amendments;

namespace Emargement.Functions.Pages.Portal;

/// <summary>Makes what an officer's pages of amendments show.</summary>
public sealed class ShowPortalAmendments(PortalAmendments amendments)
{
    /// <summary>Those that wait first.</summary>
    public async Task<Result<PortalAmendmentsModel>> ListAsync(Organisation holder, CancellationToken cancellation)
    {
        var listed = await amendments.ListAsync(holder.Id.Region!.Value, cancellation);
        return listed.Then(all => new PortalAmendmentsModel(all.Waiting, [.. all.Amendments.Select(row => RowOf(holder, row))]));
    }

    /// <summary>One of them, with what it changes of each learner.</summary>
    public async Task<Result<PortalAmendmentModel>> RunAsync(
        Organisation holder, PortalPlace place, int number, bool done, Caller caller, CancellationToken cancellation)
    {
        var shown = await amendments.ShowAsync(place, number, cancellation);
        return shown.Then(one => new PortalAmendmentModel(
            $"{holder.Id.Pages}/amendments", AddressOf(holder, one.Summary), RowOf(holder, one.Summary), one.Reason)
        {
            Lines = [.. one.Lines.Select(LineOf)],
            Answer = one.Answer,
            MayAnswer = caller.Role >= OfficerRole.Handling && one.Summary.State == AmendmentState.Proposed,
            Done = done,
        });
    }

    private static Web.Portal.Amendments.PortalAmendmentLine LineOf(Functions.Portal.Amendments.PortalAmendmentLine line) => new(
        line.LastName is null ? line.Learner.Value : $"{line.FirstName} {line.LastName}",
        line.Date, line.HalfDay, line.Before, line.DoneBefore, line.After, line.DoneAfter);

    private static PortalAmendmentRow RowOf(Organisation holder, RegionAmendmentRow row) => new(
        AddressOf(holder, row), row.Name, row.Nda, row.Month, row.Number, row.State, row.Count, row.At, row.Version);

    private static string AddressOf(Organisation holder, RegionAmendmentRow row) =>
        $"{holder.Id.Pages}/amendments/{row.Month}/{row.Nda}/{row.Number}?organisation={row.Organisation}";
}
