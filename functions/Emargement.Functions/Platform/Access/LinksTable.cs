using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace Emargement.Functions.Platform.Access;

/// <summary>
/// Table <c>Links</c>: PK the first two characters of the hash, RK SHA-256 of the
/// secret, hexadecimal. The secret itself is nowhere.
/// </summary>
public sealed class LinksTable(AppStorage storage, TimeProvider time) : ILinks
{
    private const string Name = "Links";
    private const int SecretBytes = 16;
    private const int SecretLength = 22;

    public async Task<string> MintAsync(
        LinkPurpose purpose,
        OrganisationId organisation,
        IReadOnlyDictionary<string, string> bound,
        DateTimeOffset expiresAt,
        CancellationToken cancellation)
    {
        var secret = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretBytes));
        var id = Hash(secret);
        var entity = new TableEntity(Partition(id), id)
        {
            ["Purpose"] = purpose.ToString(),
            ["Organisation"] = organisation.Value,
            ["Bound"] = JsonSerializer.Serialize(bound),
            ["ExpiresAt"] = expiresAt,
            ["State"] = nameof(LinkState.Live),
        };
        var table = await storage.TableAsync(Name);
        if (!await table.TryInsertAsync(entity, cancellation))
        {
            throw new InvalidOperationException("A new link took the secret of another: the random source is broken.");
        }

        return secret;
    }

    public async Task<Link?> ResolveAsync(string secret, LinkPurpose purpose, CancellationToken cancellation)
    {
        if (secret.Length != SecretLength)
        {
            return null;
        }

        var row = await FindAsync(Hash(secret), cancellation);
        var link = row is null ? null : FromEntity(row);
        return link?.Purpose == purpose ? link : null;
    }

    public async Task<bool> TryUseAsync(Link link, CancellationToken cancellation) =>
        await FindAsync(link.Id, cancellation) is { } row
        && FromEntity(row).State == LinkState.Live
        && await TryChangeAsync(row, LinkState.Used, cancellation);

    public async Task RevokeAsync(string linkId, CancellationToken cancellation)
    {
        // Losing the race to its use leaves it used, which opens nothing either.
        if (await FindAsync(linkId, cancellation) is { } row && FromEntity(row).State == LinkState.Live)
        {
            await TryChangeAsync(row, LinkState.Revoked, cancellation);
        }
    }

    private static string Partition(string id) => id[..2];

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private async Task<TableEntity?> FindAsync(string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.FindAsync(Partition(id), id, cancellation);
    }

    private async Task<bool> TryChangeAsync(TableEntity row, LinkState state, CancellationToken cancellation)
    {
        row["State"] = state.ToString();
        var table = await storage.TableAsync(Name);
        return await table.TryReplaceAsync(row, cancellation);
    }

    private Link FromEntity(TableEntity row)
    {
        var expiresAt = row.GetDateTimeOffset("ExpiresAt")!.Value;
        var state = Enum.Parse<LinkState>(row.GetString("State"));
        return new Link(
            row.RowKey,
            Enum.Parse<LinkPurpose>(row.GetString("Purpose")),
            OrganisationId.ParseHolder(row.GetString("Organisation")),
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString("Bound"))!,
            expiresAt,
            state == LinkState.Live && expiresAt <= time.GetUtcNow() ? LinkState.Expired : state);
    }
}
