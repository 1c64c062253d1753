using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Emargement.Journeys.Platform;

/// <summary>One person's browser, or one machine: its own cookies and headers.</summary>
public sealed class Client : IDisposable
{
    private readonly HttpClient _http;

    public Client(IServer server, params (string Name, string Value)[] headers)
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        _http = new HttpClient(handler) { BaseAddress = server.Url };
        _http.DefaultRequestHeaders.Add("Origin", server.Url.GetLeftPart(UriPartial.Authority));
        foreach (var (name, value) in headers)
        {
            _http.DefaultRequestHeaders.Add(name, value);
        }
    }

    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellation) => await ReadAsync(await _http.GetAsync(path, cancellation), 200, cancellation);

    public async Task<JsonNode> PostAsync(string path, object body, int expected, CancellationToken cancellation) =>
        await ReadAsync(await _http.PostAsJsonAsync(path, body, cancellation), expected, cancellation);

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

    public async Task<(int Status, string Text)> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await _http.SendAsync(request, cancellation);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }

    public void Dispose() => _http.Dispose();

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer, int expected, CancellationToken cancellation)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            ((int)answer.StatusCode).ShouldBe(expected, $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri!.PathAndQuery}: {text}");
            return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
        }
    }
}
