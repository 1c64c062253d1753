using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Emargement.Journeys.Platform;

/// <summary>One person's browser, or one machine: its own cookies and headers.</summary>
public sealed class Client : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly IServer _server;
    private readonly HttpClient _http;

    public Client(IServer server, params (string Name, string Value)[] headers)
    {
        _server = server;
        var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _cookies };
        _http = new HttpClient(new PatientHandler(handler, TimeProvider.System)) { BaseAddress = server.Url };
        _http.DefaultRequestHeaders.Add("Origin", server.Url.GetLeftPart(UriPartial.Authority));
        foreach (var (name, value) in headers)
        {
            _http.DefaultRequestHeaders.Add(name, value);
        }
    }

    /// <summary>The same person in another window, whose cookies then go their own way.</summary>
    public Client Aside()
    {
        var aside = new Client(_server);
        aside._cookies.Add(_cookies.GetAllCookies());
        return aside;
    }

    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellation) =>
        await ReadAsync(await _http.GetAsync(path, cancellation), 200, cancellation);

    public async Task<JsonNode> PostAsync(string path, object body, int expected, CancellationToken cancellation) =>
        await ReadAsync(await _http.PostAsJsonAsync(path, Kept(body), cancellation), expected, cancellation);

    public async Task<JsonNode> UploadAsync(string path, byte[] bytes, string contentType, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return await ReadAsync(await _http.PostAsync(path, content, cancellation), 200, cancellation);
    }

    /// <summary>The bytes of a download, or null while the address answers 404.</summary>
    public async Task<byte[]?> DownloadAsync(string path, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(path, cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync(cancellation));
        return await answer.Content.ReadAsByteArrayAsync(cancellation);
    }

    public async Task<(int Status, string Text)> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var answer = await AnswerAsync(method, path, content, cancellation);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }

    /// <summary>The whole answer, redirections not followed.</summary>
    public async Task<HttpResponseMessage> AnswerAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await _http.SendAsync(request, cancellation);
    }

    // Passwords and codes that are sent are told to nobody, either.
    private object Kept(object body)
    {
        _server.Log?.NeverTell(System.Text.Json.JsonSerializer.SerializeToNode(body, body.GetType()));
        return body;
    }

    public void Dispose()
    {
        // A language, and the organisations that the browser has been to, are no secrets.
        foreach (var cookie in _cookies.GetAllCookies().Where(c => c.Name is not ("lang" or "organisations")))
        {
            _server.Log?.NeverTell(cookie.Value, $"cookie {cookie.Name}");
        }

        _http.Dispose();
    }

    private async Task<JsonNode> ReadAsync(HttpResponseMessage answer, int expected, CancellationToken cancellation)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            ((int)answer.StatusCode).ShouldBe(
                expected, $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri!.PathAndQuery}: {text}");
            var read = text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
            _server.Log?.NeverTell(read);
            return read;
        }
    }
}
