using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>Reads the files that wait for an organisation's night, writes nothing of them, and keeps what their import would do.</summary>
public sealed class NightPreviewActivity(OrganisationsTable organisations, PreviewNight preview)
{
    public const string Name = "PreviewInbox";

    [Function(Name)]
    public async Task Run([ActivityTrigger] string organisation, CancellationToken cancellation)
    {
        if ((await organisations.FindAsync(OrganisationId.Parse(organisation), cancellation))?.Value is { } found)
        {
            await preview.RunAsync(found, cancellation);
        }
    }
}
