using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Absences;

/// <summary>A document as it was filed.</summary>
/// <param name="Name">Says nothing of anybody.</param>
public sealed record OpenedDocument(byte[] Content, string Type, string Name);

/// <summary>Opens a document for who examines it.</summary>
public sealed class OpenDocument(AbsencesTable absences, Justifications documents)
{
    /// <param name="number">As the address says it.</param>
    /// <returns>The document; or <c>absence-not-found</c>, <c>document-unknown</c>, <c>document-gone</c>.</returns>
    public async Task<Result<OpenedDocument>> RunAsync(Route<AbsenceId> route, string number, CancellationToken cancellation)
    {
        if ((await absences.FindAsync(route.Organisation, route.Id, cancellation))?.Value is not { } absence)
        {
            return Refusal.NotFound("absence-not-found");
        }

        if (absence.Files.FirstOrDefault(f => f.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == number)
            is not { } file)
        {
            return Refusal.NotFound("document-unknown");
        }

        var content = file.Gone ? null : await documents.ReadAsync(route.Organisation, route.Id, file.Sha256, cancellation);
        return content is null
            ? Refusal.Of("document-gone", RefusalKind.Gone)
            : new OpenedDocument(content, file.Type, $"justificatif-{file.Number}.{Extension(file.Type)}");
    }

    private static string Extension(string type) => type switch
    {
        "application/pdf" => "pdf",
        "image/png" => "png",
        _ => "jpg",
    };
}
