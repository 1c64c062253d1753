using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Emargement.Functions.Archive;

/// <summary>An entry being written to an archive, hashed as it passes.</summary>
internal sealed class HashedEntry : IDisposable
{
    private readonly Stream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public HashedEntry(ZipArchive archive, string name) => _stream = archive.CreateEntry(name, CompressionLevel.Fastest).Open();

    public long Bytes { get; private set; }

    public long Lines { get; private set; }

    public async Task WriteLineAsync(ReadOnlyMemory<byte> line, CancellationToken cancellation)
    {
        await WriteAsync(line, cancellation);
        await WriteAsync("\n"u8.ToArray(), cancellation);
        Lines++;
    }

    public async Task CopyAsync(Stream source, CancellationToken cancellation)
    {
        var piece = ArrayPool<byte>.Shared.Rent(81_920);
        try
        {
            int read;
            while ((read = await source.ReadAsync(piece, cancellation)) > 0)
            {
                await WriteAsync(piece.AsMemory(0, read), cancellation);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>Lower-case hexadecimal, of all that was written.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        _hash.AppendData(bytes.Span);
        await _stream.WriteAsync(bytes, cancellation);
        Bytes += bytes.Length;
    }
}
