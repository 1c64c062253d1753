namespace Emargement.Ypareo;

/// <summary>A call to YPAREO.</summary>
/// <param name="Json">What is sent; null to read.</param>
public sealed record YpareoCall(Uri Address, IReadOnlyDictionary<string, string> Headers, byte[]? Json = null);

/// <summary>What came of a call.</summary>
/// <param name="Status">Of HTTP; 0 when there was no answer.</param>
/// <param name="Trouble">Why there was none, as whoever calls names it.</param>
public sealed record YpareoAnswer(int Status, byte[] Body, string? Trouble = null);

/// <summary>Makes one call within its limits of time and size; whoever reads YPAREO brings the client.</summary>
public delegate Task<YpareoAnswer> SendToYpareo(YpareoCall call, CancellationToken cancellation);

/// <summary>Waits between two tries.</summary>
public delegate Task PauseBetweenTries(TimeSpan length, CancellationToken cancellation);

/// <summary>Calls YPAREO by its token, which the newer form gives to an account, and tries again what only failed for a moment.</summary>
internal sealed class YpareoCalls(YpareoSettings settings, SendToYpareo send, PauseBetweenTries pause)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10)];

    private string? _token;

    /// <returns>200 when there is a token to call with.</returns>
    public async Task<YpareoAnswer> SignInAsync(CancellationToken cancellation)
    {
        if (settings.Login is not { } login)
        {
            _token = settings.Secret;
            return new YpareoAnswer(200, []);
        }

        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string> { ["login"] = login, ["password"] = settings.Secret });
        var answer = await TryAsync(new YpareoCall(settings.Of("authenticate"), Accepted(), body), cancellation);
        _token = answer.Status == 200 ? YpareoJson.TokenOf(answer.Body) : null;
        return answer.Status != 200 || _token is not null ? answer : answer with { Status = 401 };
    }

    public Task<YpareoAnswer> GetAsync(string path, CancellationToken cancellation)
    {
        var headers = Accepted();
        headers["X-Auth-Token"] = _token!;
        return TryAsync(new YpareoCall(settings.Of("r/v1/" + path), headers), cancellation);
    }

    private async Task<YpareoAnswer> TryAsync(YpareoCall call, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await send(call, cancellation);
            if (attempt == Pauses.Length || answer.Status is not (0 or 408 or 429 or >= 500))
            {
                return answer;
            }

            await pause(Pauses[attempt], cancellation);
        }
    }

    private static Dictionary<string, string> Accepted() => new() { ["Accept"] = "application/json" };
}
