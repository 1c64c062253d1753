namespace Emargement.Tests.Platform.Http;

/// <summary>
/// Sends a body that is refused before it has come whole. The server closes the connection then, and a client that still writes may see
/// that before the answer: it sends again, as clients do.
/// </summary>
internal static class EarlyRefusal
{
    private const int Tries = 5;

    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        for (var left = Tries; ; left--)
        {
            using var asked = request();
            try
            {
                return await client.SendAsync(asked, cancellation);
            }
            catch (HttpRequestException broken) when (left > 1 && broken.InnerException is IOException)
            {
            }
        }
    }
}
