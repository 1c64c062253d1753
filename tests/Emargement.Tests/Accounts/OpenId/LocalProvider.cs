using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Emargement.Tests.Accounts.OpenId;

/// <summary>What a browser asked a provider for.</summary>
public sealed record Asked(string State, string Nonce, string Challenge, string Redirect);

/// <summary>An OpenID provider in this process, with keys of its own. It gives whatever token a test made for a code.</summary>
public sealed class LocalProvider : IAsyncDisposable
{
    public const string Client = "3f1c8a52-emargement";
    public const string Secret = "un-secret-que-personne-ne-revoit";
    public const string Tenant = "11111111-2222-3333-4444-555555555555";

    private readonly ConcurrentDictionary<string, (string Token, Asked Asked)> _codes = new();
    private readonly WebApplication _app;
    private int _metadataReads;

    private LocalProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public string Issuer => $"{Address}/{Tenant}/v2.0";

    public string Metadata => $"{Issuer}/.well-known/openid-configuration";

    /// <summary>Where the description redirects from.</summary>
    public string Moved => $"{Address}/moved/.well-known/openid-configuration";

    /// <summary>Signs by itself as an honest provider does.</summary>
    public RsaSecurityKey Key { get; private set; } = NewKey();

    public int MetadataReads => _metadataReads;

    /// <summary>Who presses the button of the provider's page.</summary>
    public Func<Asked, string>? Person { get; set; }

    public static async Task<LocalProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new LocalProvider(builder.Build());
        provider.Map();
        await provider._app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public void Rotate() => Key = NewKey();

    public static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };

    /// <summary>A code for which this token is given, once, to whoever asked.</summary>
    public string Code(Asked asked, string token)
    {
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = (token, asked);
        return code;
    }

    /// <summary>The token of an honest provider for somebody, changed as a test likes.</summary>
    public string Token(
        Asked asked, DateTimeOffset now, string person, Action<Dictionary<string, object>>? change = null, SecurityKey? key = null)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Issuer,
            ["aud"] = Client,
            ["sub"] = "pairwise-" + person,
            ["oid"] = person,
            ["tid"] = Tenant,
            ["nonce"] = asked.Nonce,
            ["roles"] = new[] { "Emargement.Manager" },
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        };
        change?.Invoke(claims);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            SigningCredentials = new SigningCredentials(key ?? Key, SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>The same token with another header, signed as a forger would: with nothing, or with the public key as a shared
    /// one.</summary>
    public string Forged(string token, string algorithm)
    {
        var header = Base64UrlEncoder.Encode($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"{{Key.KeyId}}"}""");
        var signed = $"{header}.{token.Split('.')[1]}";
        var shared = HMACSHA256.HashData(Key.Rsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{(algorithm == "none" ? "" : Base64UrlEncoder.Encode(shared))}";
    }

    private void Map()
    {
        _app.MapGet($"/{Tenant}/v2.0/.well-known/openid-configuration", () =>
        {
            Interlocked.Increment(ref _metadataReads);
            return Results.Json(new
            {
                issuer = Issuer,
                authorization_endpoint = $"{Address}/authorize",
                token_endpoint = $"{Address}/token",
                jwks_uri = $"{Address}/keys",
                token_endpoint_auth_methods_supported = new[] { "client_secret_post" },
            });
        });
        _app.MapGet("/moved/.well-known/openid-configuration", () => Results.Redirect(Metadata));
        _app.MapGet("/keys", () => Results.Json(new { keys = new[] { Published(Key) } }));
        _app.MapGet("/authorize", (HttpRequest request) =>
        {
            var back = request.Query["redirect_uri"].ToString();
            var asked = new Asked(
                request.Query["state"].ToString(),
                request.Query["nonce"].ToString(),
                request.Query["code_challenge"].ToString(),
                back);
            var address = QueryHelpers.AddQueryString(back, new Dictionary<string, string?>
            {
                ["code"] = Code(asked, Person!(asked)),
                ["state"] = asked.State,
            });
            var link = $"<a href=\"{address.Replace("&", "&amp;", StringComparison.Ordinal)}\">Je suis Núria</a>";
            return Results.Content($"<!doctype html><html lang=fr><title>Annuaire</title>{link}", "text/html; charset=utf-8");
        });
        _app.MapPost("/token", async (HttpRequest request) =>
        {
            var token = TokenFor(await request.ReadFormAsync());
            return token is null
                ? Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest)
                : Results.Json(new { id_token = token });
        });
    }

    // To the client that it knows, for a code that was not used, and to whoever asked for it.
    private string? TokenFor(IFormCollection form)
    {
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        return form["client_id"] == Client && form["client_secret"] == Secret && form["grant_type"] == "authorization_code"
            && _codes.TryRemove(form["code"].ToString(), out var kept)
            && kept.Asked.Redirect == form["redirect_uri"] && kept.Asked.Challenge == challenge
                ? kept.Token
                : null;
    }

    private static Dictionary<string, string> Published(RsaSecurityKey key)
    {
        var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = key.KeyId,
            ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
            ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
        };
    }
}
