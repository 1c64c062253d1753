using System.Text;
using System.Text.Json;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.OpenId.Providers;
using Emargement.Functions.Platform.Outgoing;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Emargement.Functions.Accounts.OpenId;

/// <summary>Exchanges the code that came through the browser for the token, straight with the provider (RFC 6749, RFC 7636).</summary>
public sealed class CodeExchange(ProviderDocuments documents, ProviderSecrets secrets, GuardedHttp http)
{
    private const long MaxBytes = 256 * 1024;
    private const string FormType = "application/x-www-form-urlencoded";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly Refusal Refused = Refusal.Forbidden("oidc-code-refused");

    /// <param name="redirect">The address to which the code came.</param>
    /// <returns>The identity token, or <c>oidc-code-refused</c>, or why the provider could not be reached.</returns>
    public async Task<Result<string>> RunAsync(
        OpenIdProvider provider, string code, string verifier, string redirect, CancellationToken cancellation)
    {
        var document = await documents.GetAsync(provider, null, cancellation);
        return document.IsOk
            ? await http.SendAsync<string>(
                Call(provider, document.Value.Description, code, verifier, redirect),
                async (answer, token) => answer.IsSuccess ? TokenIn(await answer.ReadAsync(token)) : Refused,
                cancellation)
            : document.Refusal;
    }

    private OutgoingCall Call(
        OpenIdProvider provider, OpenIdConnectConfiguration description, string code, string verifier, string redirect)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirect,
            ["client_id"] = provider.ClientId,
            ["code_verifier"] = verifier,
        };
        var headers = new Dictionary<string, string> { ["Accept"] = "application/json" };
        if (secrets.Open(provider.SealedSecret) is { } secret)
        {
            if (description.TokenEndpointAuthMethodsSupported.Contains("client_secret_post"))
            {
                fields["client_secret"] = secret;
            }
            else
            {
                // What a description that does not say means (OpenID Connect Discovery 1.0, 3).
                var pair = $"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(secret)}";
                headers["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
            }
        }

        var body = string.Join('&', fields.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"));
        return new OutgoingCall(new Uri(description.TokenEndpoint), MaxBytes, Patience)
        {
            Method = HttpMethod.Post,
            Headers = headers,
            Body = (Encoding.ASCII.GetBytes(body), FormType),
        };
    }

    private static Result<string> TokenIn(Result<byte[]> body)
    {
        if (!body.IsOk)
        {
            return body.Refusal;
        }

        try
        {
            using var answer = JsonDocument.Parse(body.Value);
            return answer.RootElement.ValueKind == JsonValueKind.Object
                && answer.RootElement.TryGetProperty("id_token", out var token) && token.ValueKind == JsonValueKind.String
                ? token.GetString()!
                : Refused;
        }
        catch (JsonException)
        {
            return Refused;
        }
    }
}
