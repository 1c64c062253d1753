using System.Buffers.Binary;
using System.Globalization;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Reminders;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Reminders;

/// <summary>Table <c>Reminders</c>: PK org, RK <c>digest</c>: what its managers were told of last.</summary>
public sealed class RemindersTable(AppStorage storage)
{
    private const string Name = "Reminders";
    private const string Digest = "digest";

    // More things than a row holds are told again: whoever has so many is told of some each day anyway.
    private const int MostKnown = 10_000;

    public async Task<Stored<DigestMemory>?> FindAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.FindAsync(organisation.Value, Digest, cancellation) is { } row
            ? new Stored<DigestMemory>(FromEntity(row), row.ETag)
            : null;
    }

    /// <param name="read">What it replaces; null when there is nothing.</param>
    /// <returns>False when another writer was faster.</returns>
    public async Task<bool> TryWriteAsync(
        OrganisationId organisation, Stored<DigestMemory>? read, DigestMemory memory, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var known = new byte[Math.Min(memory.Known.Count, MostKnown) * sizeof(uint)];
        for (var at = 0; at < known.Length / sizeof(uint); at++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(known.AsSpan(at * sizeof(uint)), memory.Known[at]);
        }

        var entity = new TableEntity(organisation.Value, Digest)
        {
            ["Day"] = memory.Day.ToString("O", CultureInfo.InvariantCulture),
            ["Wanted"] = memory.Wanted,
            ["Known"] = known,
        };
        return await table.TryWriteAsync(entity, read?.ETag ?? default, cancellation);
    }

    private static DigestMemory FromEntity(TableEntity row) => new(
        DateOnly.ParseExact(row.GetString("Day"), "O", CultureInfo.InvariantCulture),
        row.GetBoolean("Wanted")!.Value,
        [.. row.GetBinary("Known").Chunk(sizeof(uint)).Select(bytes => BinaryPrimitives.ReadUInt32BigEndian(bytes))]);
}
