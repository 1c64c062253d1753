using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Reading;

/// <summary>Bytes that one import may still take: its files together, archives unpacked.</summary>
public sealed class ByteBudget(long limit)
{
    public const long Limit = 50 * 1024 * 1024;

    private long _left = limit;

    /// <summary>The budget as it was at first.</summary>
    public long Whole { get; } = limit;

    public bool TryTake(int bytes) => (_left -= bytes) >= 0;
}

/// <summary>A file as it came, kept in a temporary file that goes when it is disposed: the memory holds no more than a buffer of it.</summary>
public sealed class SpooledFile : IDisposable
{
    private readonly FileStream _content;

    private SpooledFile(string name, FileStream content) => (Name, _content) = (name, content);

    /// <summary>The last part of the name under which it came: for the report, never for a path.</summary>
    public string Name { get; }

    public long Length => _content.Length;

    /// <summary>Copies a stream to its end.</summary>
    /// <returns>The file, or <c>import-too-large</c>.</returns>
    public static async Task<Result<SpooledFile>> ReceiveAsync(string name, Stream source, ByteBudget budget, CancellationToken cancellation)
    {
        var path = Path.Combine(Path.GetTempPath(), "emargement-" + Path.GetRandomFileName());
        var file = new SpooledFile(
            LastPart(name),
            new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous));
        try
        {
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await source.ReadAsync(buffer, cancellation)) > 0)
            {
                if (!budget.TryTake(read))
                {
                    file.Dispose();
                    return ImportRefusals.TooLarge(budget.Whole);
                }

                await file._content.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            await file._content.FlushAsync(cancellation);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The content from its start. One reader at a time; closing it leaves the file open.</summary>
    public Stream Rewind()
    {
        _content.Position = 0;
        return _content;
    }

    public void Dispose() => _content.Dispose();

    private static string LastPart(string name)
    {
        var last = name.Split('/', '\\')[^1];
        var printable = new string([.. last.Where(c => !char.IsControl(c)).Take(120)]);
        return printable.Length == 0 ? "import" : printable;
    }
}
