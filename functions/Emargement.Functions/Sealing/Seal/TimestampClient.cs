using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Sealing.Seal;

/// <summary>What the authority answered: a token that was checked, or why there is none (a code to record, never both).</summary>
public sealed record TimestampAnswer(Rfc3161TimestampToken? Token, string? Failure);

/// <summary>
/// Asks a timestamp authority over HTTP (RFC 3161, 3.4). A failure is an answer: the sheet is then sealed at the lower level and asked for
/// again later.
/// </summary>
public sealed class TimestampClient(HttpClient http, IOptions<SealOptions> options)
{
    private const int LargestAnswer = 256 * 1024;

    public bool Configured => options.Value.TimestampUrl is not null;

    /// <summary>A token over the signature value of a signer, to be put beside it (level B-T).</summary>
    public Task<TimestampAnswer> ForSignatureAsync(SignerInfo signer, CancellationToken cancellation) => AskAsync(
        Rfc3161TimestampRequest.CreateFromSignerInfo(signer, HashAlgorithmName.SHA256, null, Nonce(), requestSignerCertificates: true),
        token => token.VerifySignatureForSignerInfo(signer, out _),
        cancellation);

    /// <summary>A token over the SHA-256 of a whole file, to be kept apart from it.</summary>
    public Task<TimestampAnswer> ForFileAsync(byte[] sha256, CancellationToken cancellation) => AskAsync(
        Rfc3161TimestampRequest.CreateFromHash(sha256, HashAlgorithmName.SHA256, null, Nonce(), requestSignerCertificates: true),
        token => token.VerifySignatureForHash(sha256, HashAlgorithmName.SHA256, out _),
        cancellation);

    private async Task<TimestampAnswer> AskAsync(
        Rfc3161TimestampRequest request, Func<Rfc3161TimestampToken, bool> verifies, CancellationToken cancellation)
    {
        if (options.Value.TimestampUrl is not { } authority)
        {
            return new(null, "not-configured");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Value.TimestampTimeout);
        try
        {
            using var body = new ByteArrayContent(request.Encode());
            body.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
            using var message = new HttpRequestMessage(HttpMethod.Post, authority) { Content = body };
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!response.IsSuccessStatusCode)
            {
                return new(null, $"http-{(int)response.StatusCode}");
            }

            await response.Content.LoadIntoBufferAsync(LargestAnswer, limit.Token);
            // Refuses an answer to another request: the hash and the nonce must be those sent.
            var token = request.ProcessResponse(await response.Content.ReadAsByteArrayAsync(limit.Token), out _);
            return verifies(token) ? new(token, null) : new(null, "invalid-token");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(null, "timeout");
        }
        catch (HttpRequestException)
        {
            return new(null, "unreachable");
        }
        catch (CryptographicException)
        {
            return new(null, "invalid-answer");
        }
    }

    private static byte[] Nonce()
    {
        var nonce = RandomNumberGenerator.GetBytes(8);
        // A positive integer without a leading zero byte, which some authorities refuse.
        nonce[0] = (byte)((nonce[0] & 0x7F) | 0x40);
        return nonce;
    }
}
