using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Platform.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Emargement.Functions.Planning.Endpoints;

/// <summary>Reads the files of a request as they come: one CSV or ZIP as the body, or several in a form.</summary>
public static class UploadReader
{
    /// <summary>Bytes of one upload at most; below what the Functions host's proxy bears. Zipped, that is more than an import may
    /// hold.</summary>
    public const int MaxBytes = 25 * 1024 * 1024;

    /// <summary>Files of one form at most.</summary>
    public const int MaxFiles = 10;

    private static readonly string[] FileTypes =
    [
        "text/csv", "text/calendar", "text/plain", "text/tab-separated-values", "application/csv", "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip", "application/x-zip-compressed",
        "application/octet-stream",
    ];

    /// <summary>Reads the files where there is room for them, acts on them, and lets them go.</summary>
    /// <returns>What the act answers, or why the files cannot be read.</returns>
    public static async Task<Result<T>> SpooledAsync<T>(
        this LargeBodies bodies,
        HttpRequest request,
        Func<IReadOnlyList<SpooledFile>, Task<Result<T>>> act,
        CancellationToken cancellation)
    {
        var bytes = Math.Min(request.ContentLength ?? MaxBytes, MaxBytes);
        var room = await bodies.EnterAsync(BodyLane.Spooled, bytes, cancellation);
        if (!room.IsOk)
        {
            return room.Refusal;
        }

        using var held = room.Value;
        var files = await ReadFilesAsync(request, cancellation);
        try
        {
            return files.IsOk ? await act(files.Value) : files.Refusal;
        }
        finally
        {
            foreach (var file in files.Value ?? [])
            {
                file.Dispose();
            }
        }
    }

    /// <returns>The files, which the caller disposes of, or why they cannot be read.</returns>
    private static async Task<Result<IReadOnlyList<SpooledFile>>> ReadFilesAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return ImportRefusals.ContentType;
        }

        if (request.ContentLength > MaxBytes)
        {
            return ImportRefusals.TooLarge(MaxBytes);
        }

        var budget = new ByteBudget(MaxBytes);
        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return await ReadFormAsync(request, type, budget, cancellation);
        }

        if (!FileTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
        {
            return ImportRefusals.ContentType;
        }

        var name = ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var disposition)
            ? NameOf(disposition)
            : "import";
        var file = await SpooledFile.ReceiveAsync(name, request.Body, budget, cancellation);
        return file.IsOk ? new[] { file.Value } : file.Refusal;
    }

    private static async Task<Result<IReadOnlyList<SpooledFile>>> ReadFormAsync(
        HttpRequest request, MediaTypeHeaderValue type, ByteBudget budget, CancellationToken cancellation)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
        {
            return ImportRefusals.FormDamaged;
        }

        var files = new List<SpooledFile>();
        Refusal? refusal = null;
        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            while (refusal is null && await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (section.GetContentDispositionHeader() is not { } disposition || !disposition.IsFileDisposition())
                {
                    refusal = await PassAsync(section.Body, budget, cancellation);
                    continue;
                }

                var file = await SpooledFile.ReceiveAsync(NameOf(disposition), section.Body, budget, cancellation);
                refusal = file.Refusal ?? (files.Count == MaxFiles ? ImportRefusals.TooManyFiles(MaxFiles) : null);
                if (file.IsOk)
                {
                    files.Add(file.Value);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            refusal = ImportRefusals.FormDamaged;
        }

        if (refusal is null)
        {
            return files;
        }

        files.ForEach(f => f.Dispose());
        return refusal;
    }

    // A part that is no file weighs like one.
    private static async Task<Refusal?> PassAsync(Stream part, ByteBudget budget, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await part.ReadAsync(buffer, cancellation)) > 0)
        {
            if (!budget.TryTake(read))
            {
                return ImportRefusals.TooLarge(budget.Whole);
            }
        }

        return null;
    }

    private static string NameOf(ContentDispositionHeaderValue disposition)
    {
        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
        return name.HasValue && name.Length > 0 ? name.Value! : "import";
    }
}
