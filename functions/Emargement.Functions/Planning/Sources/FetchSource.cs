using System.Net.Http.Headers;
using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Platform.Outgoing;

namespace Emargement.Functions.Planning.Sources;

/// <summary>Downloads what a source's address gives, into a file that the import reads.</summary>
public sealed class FetchSource(GuardedHttp http)
{
    private const string SignInOfGoogle = "accounts.google.com";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <returns>The file, which the caller disposes of, or why there is none.</returns>
    public Task<Result<SpooledFile>> RunAsync(SourceKind kind, Uri address, CancellationToken cancellation) => http.SendAsync(
        new OutgoingCall(address, ByteBudget.Limit, Limit), (answer, token) => ReceiveAsync(kind, answer, token), cancellation);

    private static async Task<Result<SpooledFile>> ReceiveAsync(SourceKind kind, OutgoingAnswer answer, CancellationToken cancellation) =>
        Refused(kind, answer) is { } refusal
            ? refusal
            : await SpooledFile.ReceiveAsync(NameOf(kind, answer), answer.Body, new ByteBudget(ByteBudget.Limit), cancellation);

    private static Refusal? Refused(SourceKind kind, OutgoingAnswer answer)
    {
        var closed = kind == SourceKind.Sheet ? SourceRefusals.NotShared : SourceRefusals.Closed;
        return answer.Status switch
        {
            401 or 403 => closed,
            404 or 410 => SourceRefusals.Moved,
            _ when !answer.IsSuccess => OutgoingRefusals.Status(answer.Status),
            // Google asks whoever may not read a sheet to sign in, by a page.
            _ when IsPage(answer) || answer.Address.Host == SignInOfGoogle => closed,
            _ => null,
        };
    }

    private static bool IsPage(OutgoingAnswer answer) =>
        answer.Content.ContentType?.MediaType is { } type
        && (type.Equals("text/html", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase));

    private static string NameOf(SourceKind kind, OutgoingAnswer answer)
    {
        var given = Given(answer.Content.ContentDisposition) ?? Uri.UnescapeDataString(answer.Address.Segments[^1].Trim('/'));
        return given.Length > 0 ? given : kind == SourceKind.Calendar ? "calendar.ics" : "import";
    }

    private static string? Given(ContentDispositionHeaderValue? disposition) =>
        disposition?.FileNameStar ?? disposition?.FileName?.Trim('"');
}
