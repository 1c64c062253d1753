using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Sheets;

/// <summary>The activity of <see cref="SealSheet"/>. Answers with the version that stands, or with why there can be none.</summary>
public sealed class SealSheetActivity(SealSheet seal, MonthMarksTable marks, IAnnouncer announcer)
{
    public const string Name = "StoreSealedSheet";

    [Function(Name)]
    public async Task<string> RunAsync(
        [ActivityTrigger] SealRequested input, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (organisation, session) = (OrganisationId.Parse(input.Organisation), SessionId.Parse(input.Session));
        var result = await seal.RunAsync(organisation, session, cancellation);
        await marks.MarkAsync(organisation, session.Month, cancellation);
        if (result.IsOk)
        {
            await announcer.TellAsync(client, SheetAnnouncements.Of(organisation, result.Value), cancellation);
        }

        return result.Match(sheet => $"v{sheet.Version}", refusal => refusal.Code);
    }
}
