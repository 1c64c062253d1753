using System.Net.Http.Headers;
using Emargement.Domain.People;
using Emargement.Domain.Planning;
using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Platform.Outgoing;

namespace Emargement.Functions.Planning.Sources;

/// <summary>What a source gave.</summary>
/// <param name="Scope">What it stands for; null for what a file does.</param>
/// <param name="Remarks">What was found out on the way.</param>
public sealed record Fetched(IReadOnlyList<SpooledFile> Files, PlanningScope? Scope, IReadOnlyList<FileRemark> Remarks) : IDisposable
{
    public void Dispose()
    {
        foreach (var file in Files)
        {
            file.Dispose();
        }
    }
}

/// <summary>Reads what a source gives, into files that the import reads.</summary>
public sealed class FetchSource(GuardedHttp http, FetchYpareo ypareo)
{
    private const string SignInOfGoogle = "accounts.google.com";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <returns>What came, which the caller disposes of, or why nothing did.</returns>
    public async Task<Result<Fetched>> RunAsync(Organisation organisation, SourceTarget target, CancellationToken cancellation)
    {
        if (target.Kind == SourceKind.Ypareo)
        {
            return await ypareo.RunAsync(organisation, target, cancellation);
        }

        var file = await http.SendAsync(
            new OutgoingCall(target.Address, ByteBudget.Limit, Limit), (answer, token) => ReceiveAsync(target.Kind, answer, token),
            cancellation);
        return file.Then(one => new Fetched([one], null, []));
    }

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
