using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;
using Emargement.Web.Months;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Pages.Months;

/// <summary>Makes what the page of a month's validation shows: the month, and what stands against it.</summary>
public sealed class ShowValidationPage(ShowMonthPage months, PendingTable pending)
{
    private static readonly string[] Dones = ["accepted", "validated", "withdrawn", "locked"];

    public async Task<Result<ValidationModel>> RunAsync(
        Organisation organisation, YearMonth month, IQueryCollection query, Texts texts, CancellationToken cancellation)
    {
        var shown = await months.RunAsync(organisation, month, query, texts, cancellation);
        if (!shown.IsOk)
        {
            return shown.Refusal;
        }

        var waiting = await pending.ListAsync(organisation.Id, month, cancellation);
        IReadOnlyList<BlockerModel> Of(Blocking sort) =>
        [
            .. waiting.Where(i => i.Blocks == sort)
                .GroupBy(i => i.Code ?? PendingItem.CodeOf(i.Kind))
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new BlockerModel(
                    g.Key, sort == Blocking.Accepted, [.. g.Select(i => ShowSettlePage.Line(organisation.Id, i, texts))])),
        ];

        var done = query["done"].FirstOrDefault();
        return new ValidationModel(shown.Value, Of(Blocking.Settled), Of(Blocking.Accepted))
        {
            Done = done is not null && Dones.Contains(done) ? done : null,
        };
    }
}
