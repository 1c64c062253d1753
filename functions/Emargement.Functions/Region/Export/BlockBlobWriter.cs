using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Region.Export;

/// <summary>
/// Writes a new blob block by block, holding one block, and hashes it on the way. Nothing is visible before
/// <see cref="TryFinishAsync"/>. Two tries of one write never mix: each names its blocks apart.
/// </summary>
internal sealed class BlockBlobWriter(BlockBlobClient blob) : Stream
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockSize = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly string _try = Guid.NewGuid().ToString("N");
    private readonly List<string> _blocks = [];

    public BlockBlobClient Blob => blob;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Of what was written so far, lower-case hexadecimal.</summary>
    public string Sha256() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.AppendData(buffer);
        _buffer.Write(buffer);
    }

    /// <summary>Sends what is held once it fills a block; to be called between rows.</summary>
    public async Task SendFullBlockAsync(CancellationToken cancellation)
    {
        if (_buffer.WrittenCount >= BlockSize)
        {
            await StageAsync(cancellation);
        }
    }

    /// <summary>Makes the blob visible: one call for a small one.</summary>
    /// <returns>False when the blob exists.</returns>
    public async Task<bool> TryFinishAsync(IDictionary<string, string> metadata, CancellationToken cancellation)
    {
        if (_blocks.Count == 0)
        {
            using var content = Held();
            var small = new BlobUploadOptions { Conditions = BlobAccess.Absent, Metadata = metadata };
            return await BlobAccess.IsFirstAsync(blob.UploadAsync(content, small, cancellation));
        }

        if (_buffer.WrittenCount > 0)
        {
            await StageAsync(cancellation);
        }

        var options = new CommitBlockListOptions { Conditions = BlobAccess.Absent, Metadata = metadata };
        return await BlobAccess.IsFirstAsync(blob.CommitBlockListAsync(_blocks, options, cancellation));
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task StageAsync(CancellationToken cancellation)
    {
        var id = Convert.ToBase64String(Encoding.ASCII.GetBytes(_try + _blocks.Count.ToString("D6", CultureInfo.InvariantCulture)));
        using (var content = Held())
        {
            await blob.StageBlockAsync(id, content, cancellationToken: cancellation);
        }

        _blocks.Add(id);
        _buffer.ResetWrittenCount();
    }

    private MemoryStream Held() =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(_buffer.WrittenMemory, out var held)
            ? new MemoryStream(held.Array!, held.Offset, held.Count, writable: false)
            : throw new InvalidOperationException("The buffer is an array.");
}
