using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences.Reasons;
using Emargement.Web.Absences;

namespace Emargement.Functions.Pages.Absences;

/// <summary>Makes the page of an organisation's reasons, or of a Région's: one range, and what the Région publishes.</summary>
public sealed class ShowReasons(SaveReason reasons, KnownReasons known)
{
    public async Task<Result<ReasonsModel>> RunAsync(Organisation holder, string? done, CancellationToken cancellation)
    {
        var all = await reasons.ListAsync(holder.Id, cancellation);
        var ofRegion = holder.Id.Region is not null;
        var lines = all.Select(r => new ReasonLine(r.Value, r.ETag.ToString())).ToList();
        return new ReasonsModel(
            $"{holder.Id.Pages}/reasons",
            [
                .. lines.Where(l => l.Reason.Funder is null)
                    .Select(l => l with { Funders = [.. lines.Where(f => f.Reason.Funder is not null && f.Reason.Code == l.Reason.Code)] }),
            ],
            ofRegion)
        {
            OfTheRegion = ofRegion ? [] : (await known.OfAsync(holder, cancellation)).OfRegion,
            Saved = AbsenceReason.IsCode(done) ? done : null,
        };
    }
}
