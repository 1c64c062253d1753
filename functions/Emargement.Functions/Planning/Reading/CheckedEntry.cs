using System.IO.Compression;
using System.IO.Hashing;

namespace Emargement.Functions.Planning.Reading;

/// <summary>The content of an entry of a ZIP, held to its own checksum: an entry that was damaged on its way is no file.</summary>
internal sealed class CheckedEntry(Stream content, uint expected, ByteBudget budget) : Stream
{
    private readonly Crc32 _sum = new();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <param name="entry">Of an archive that is read.</param>
    /// <param name="budget">Bytes that may be unpacked; beyond them reading throws <see cref="EntryTooLargeException"/>.</param>
    public static Stream Open(ZipArchiveEntry entry, ByteBudget budget) => new CheckedEntry(entry.Open(), entry.Crc32, budget);

    public override int Read(Span<byte> buffer) => Check(buffer, content.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await content.ReadAsync(buffer, cancellationToken);
        return Check(buffer.Span, read);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Check(ReadOnlySpan<byte> buffer, int read)
    {
        if (!budget.TryTake(read))
        {
            throw new EntryTooLargeException();
        }

        _sum.Append(buffer[..read]);
        if (read == 0 && buffer.Length > 0 && _sum.GetCurrentHashAsUInt32() != expected)
        {
            throw new InvalidDataException("The entry's checksum differs.");
        }

        return read;
    }
}

/// <summary>An archive holds more than an import may.</summary>
internal sealed class EntryTooLargeException : Exception;
