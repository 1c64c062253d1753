using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.OpenId.Providers;
using Emargement.Functions.Platform.Gates;
using Emargement.Functions.Platform.Outgoing;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Emargement.Functions.Accounts.OpenId;

/// <summary>What a provider says of itself, with the keys that it signs with now.</summary>
public sealed record ProviderDocument(OpenIdConnectConfiguration Description, IReadOnlyList<SecurityKey> Keys)
{
    public bool HasKey(string kid) => Keys.Any(k => k.KeyId == kid);
}

/// <summary>
/// Reads what providers say of themselves, and keeps it for twelve hours. A key that is not among theirs is asked for again, but once a
/// minute at most: tokens with invented keys make us ask no more often. No redirect is followed.
/// </summary>
public sealed class ProviderDocuments(GuardedHttp http, TimeProvider time)
{
    private const long MaxBytes = 512 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(12);
    private static readonly TimeSpan AskedAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Uri, Entry> _known = new();
    private readonly Turns<Uri> _turns = new();

    /// <param name="kid">The key that is looked for; null for any.</param>
    /// <returns>The document, or an <c>address-…</c> refusal, <c>provider-redirects</c>, <c>provider-unreadable</c> or
    /// <c>provider-issuer-differs</c>.</returns>
    public async Task<Result<ProviderDocument>> GetAsync(OpenIdProvider provider, string? kid, CancellationToken cancellation)
    {
        var document = Find(provider.Metadata, kid);
        if (document is null)
        {
            using var turn = await _turns.TakeAsync(provider.Metadata, cancellation);
            document = Find(provider.Metadata, kid);
            var read = document ?? await ReadAsync(provider, cancellation);
            if (!read.IsOk)
            {
                return read.Refusal;
            }

            document = read.Value;
        }

        // Two organisations may name one address; each says for itself whose tokens it takes (ASVS 5.0, 10.5.3).
        return document.Description.Issuer == provider.Issuer ? document : Refusal.BadInput("provider-issuer-differs");
    }

    private ProviderDocument? Find(Uri metadata, string? kid)
    {
        var now = time.GetUtcNow();
        return !_known.TryGetValue(metadata, out var entry) || now - entry.ReadAt >= Kept ? null
            : kid is null || entry.Document.HasKey(kid) || now - entry.AskedAt < AskedAgain ? entry.Document
            : null;
    }

    private async Task<Result<ProviderDocument>> ReadAsync(OpenIdProvider provider, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(provider.Metadata, out var before))
        {
            // Also when this reading fails.
            _known[provider.Metadata] = before with { AskedAt = now };
        }

        var description = await ReadAsync(provider.Metadata, OpenIdConnectConfiguration.Create, cancellation);
        var keys = await description.ThenAsync(d => Address(d.JwksUri) is { } address
            ? ReadAsync(address, text => new JsonWebKeySet(text).GetSigningKeys(), cancellation)
            : Task.FromResult<Result<IList<SecurityKey>>>(Unreadable));
        if (!keys.IsOk)
        {
            return keys.Refusal;
        }

        if (Address(description.Value!.AuthorizationEndpoint) is not { } authorization
            || Address(description.Value.TokenEndpoint) is null || http.Refused(authorization) is not null)
        {
            return Unreadable;
        }

        var document = new ProviderDocument(description.Value, [.. keys.Value]);
        _known[provider.Metadata] = new Entry(document, now, now);
        return document;
    }

    private async Task<Result<T>> ReadAsync<T>(Uri address, Func<string, T> parse, CancellationToken cancellation) =>
        await http.SendAsync<T>(
            new OutgoingCall(address, MaxBytes, Patience),
            async (answer, token) =>
            {
                if (answer.Address != address)
                {
                    return Refusal.BadInput("provider-redirects");
                }

                if (!answer.IsSuccess)
                {
                    return OutgoingRefusals.Status(answer.Status);
                }

                var body = await answer.ReadAsync(token);
                return body.IsOk ? Parse(Encoding.UTF8.GetString(body.Value), parse) : body.Refusal;
            },
            cancellation);

    private static Refusal Unreadable { get; } = Refusal.BadInput("provider-unreadable");

    private static Result<T> Parse<T>(string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            return Unreadable;
        }
    }

    private static Uri? Address(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;

    private sealed record Entry(ProviderDocument Document, DateTimeOffset ReadAt, DateTimeOffset AskedAt);
}
