using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Emargement.Benchmarks.Acts;

/// <summary>Requests of many people over so many connections; each brings its own cookies.</summary>
internal sealed class ActClient(Uri url, int connections) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = connections,
        UseCookies = false,
        AllowAutoRedirect = false,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
    })
    {
        BaseAddress = url,
        Timeout = TimeSpan.FromMinutes(10),
    };

    private readonly string _origin = url.GetLeftPart(UriPartial.Authority);

    public async Task<JsonNode> PostAsync(string path, object body, string? cookie = null, string? operatorKey = null)
    {
        using var content = JsonContent.Create(body);
        return await PostAsync(path, content, cookie, operatorKey);
    }

    public async Task<JsonNode> PostAsync(string path, HttpContent content, string? cookie = null, string? operatorKey = null)
    {
        var (text, _) = await SendAsync(HttpMethod.Post, path, content, cookie, operatorKey);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public async Task<string> GetAsync(string path, string cookie) => (await SendAsync(HttpMethod.Get, path, null, cookie, null)).Text;

    /// <summary>Signs in.</summary>
    /// <returns>The cookies that later requests bring.</returns>
    public Task<string> SignInAsync(string path, string login, string password) =>
        PostForCookiesAsync(path, new { login, password, staySignedIn = true }, cookie: null);

    /// <returns>The cookies that the answer sets.</returns>
    public async Task<string> PostForCookiesAsync(string path, object body, string? cookie)
    {
        using var content = JsonContent.Create(body);
        return (await SendAsync(HttpMethod.Post, path, content, cookie, null)).Cookies;
    }

    public void Dispose() => _http.Dispose();

    private async Task<(string Text, string Cookies)> SendAsync(
        HttpMethod method, string path, HttpContent? content, string? cookie, string? operatorKey)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Origin", _origin);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (operatorKey is not null)
        {
            request.Headers.Add("X-Operator-Key", operatorKey);
        }

        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? (text, answer.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join("; ", set.Select(c => c.Split(';')[0])) : "")
            : throw new HttpRequestException($"{method} {path} answered {(int)answer.StatusCode}: {text}");
    }
}
