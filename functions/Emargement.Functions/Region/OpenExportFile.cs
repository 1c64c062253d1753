using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Region;

/// <summary>A file of an export, open to be read.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Name">Under which it is kept by whoever downloads it.</param>
public sealed record ExportFile(Stream Content, string Type, string Name);

/// <summary>Opens one file of a whole version.</summary>
public sealed class OpenExportFile(ExportsTable exports, ExportContainer container)
{
    /// <param name="version">A <c>v</c> and the number.</param>
    /// <returns>The file, or <c>export-not-found</c>.</returns>
    public async Task<Result<ExportFile>> RunAsync(
        RegionRoute route, string nda, string version, string file, CancellationToken cancellation)
    {
        if (!nda.All(char.IsAsciiDigit) || !RegionFiles.Names.Contains(file) || !TryReadVersion(version, out var number)
            || await exports.FindAsync(route.Region, route.Month, nda, number, cancellation) is not { Stage: ExportStage.Complete } found
            || await container.OpenReadAsync(found, file, cancellation) is not { } content)
        {
            return Refusal.NotFound("export-not-found");
        }

        return new ExportFile(content, ContentType(file), $"{found.Region}-{found.Month}-{nda}-v{number}-{file}");
    }

    private static bool TryReadVersion(string text, out int version)
    {
        version = 0;
        return text.StartsWith('v')
            && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out version)
            && version is > 0 and < 10_000;
    }

    private static string ContentType(string file) => Path.GetExtension(file) switch
    {
        ".csv" => "text/csv; charset=utf-8",
        ".json" => "application/json",
        _ => "application/pkcs7-signature",
    };
}
