using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Runs;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>Puts files that somebody sends into the inbox, where they wait for the night, and looks at once at what that will do.</summary>
public sealed class WaitForNight(PreviewNight preview, ImportBlobs blobs)
{
    /// <returns>Tonight's import with these files; or why they cannot be read: then none of them waits.</returns>
    public async Task<Result<NightPreview>> RunAsync(
        Organisation organisation, IReadOnlyList<SpooledFile> files, CancellationToken cancellation)
    {
        var opened = await ImportFiles.OpenAsync(files, cancellation);
        if (!opened.IsOk)
        {
            return opened.Refusal;
        }

        opened.Value.Dispose();
        foreach (var file in files)
        {
            await blobs.DropAsync(organisation.Id, file, cancellation);
        }

        return await preview.RunAsync(organisation, cancellation);
    }
}
