using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Emargement.YpareoConnector;

/// <summary>Calls the service's API, and again what only failed for a moment.</summary>
internal sealed class PushClient(ConnectorSettings settings, HttpClient http, TimeProvider time)
{
    private const int Tries = 5;
    private const int ListedDays = 31;

    private readonly string _planning = $"api/organisations/{Uri.EscapeDataString(settings.Organisation)}/planning";

    /// <returns>The answer, or the code of the refusal.</returns>
    public Task<(JsonNode? Answer, string? Code)> PushAsync(JsonObject batch, CancellationToken cancellation) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, Of("")) { Content = JsonContent.Create(batch) }, cancellation);

    /// <summary>The slots that this source pushed and that stand, of these days.</summary>
    public async Task<(IReadOnlyList<JsonNode> Slots, string? Code)> ListAsync(
        DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        var slots = new List<JsonNode>();
        for (var from = first; from <= last; from = from.AddDays(ListedDays))
        {
            var to = from.AddDays(ListedDays - 1) is var end && end < last ? end : last;
            var days = string.Create(CultureInfo.InvariantCulture, $"&from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}");
            var (answer, code) = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, Of("/sessions", days)), cancellation);
            if (code is not null)
            {
                return ([], code);
            }

            slots.AddRange(answer!.AsArray().OfType<JsonNode>());
        }

        return (slots, null);
    }

    private Uri Of(string path, string query = "") =>
        new(settings.Emargement, $"{_planning}{path}?source={Uri.EscapeDataString(settings.Source)}{query}");

    private async Task<(JsonNode? Answer, string? Code)> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (answer, code, again) = await TryAsync(make, cancellation);
            if (again is not { } pause || attempt == Tries)
            {
                return (answer, code);
            }

            await Task.Delay(pause, time, cancellation);
        }
    }

    private async Task<(JsonNode? Answer, string? Code, TimeSpan? Again)> TryAsync(
        Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        try
        {
            using var request = make();
            request.Headers.Add("Authorization", $"Bearer {settings.Key}");
            using var response = await http.SendAsync(request, cancellation);
            if (response.IsSuccessStatusCode)
            {
                return (await response.Content.ReadFromJsonAsync<JsonNode>(cancellation), null, null);
            }

            var code = await CodeOfAsync(response, cancellation);
            var passes = (int)response.StatusCode is 429 or >= 500 || code == "import-running";
            return (null, code, passes ? response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(20) : null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return (null, "pas de réponse", TimeSpan.FromSeconds(5));
        }
    }

    private static async Task<string> CodeOfAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync<JsonNode>(cancellation);
            return problem?["code"]?.GetValue<string>() ?? $"HTTP {(int)response.StatusCode}";
        }
        catch (System.Text.Json.JsonException)
        {
            return $"HTTP {(int)response.StatusCode}";
        }
    }
}
