using System.Text;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

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

/// <summary>A file as it came, kept in a temporary file: the memory holds no more than a buffer of it. Nobody else can read that file,
/// and it has no name any more once it
/// is open, so that even a killed process leaves nothing behind.</summary>
public sealed class SpooledFile : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly FileStream _content;

    private SpooledFile(string name, FileStream content) => (Name, _content) = (name, content);

    /// <summary>The last part of the name under which it came: for the report, never for a path.</summary>
    public string Name { get; }

    public long Length => _content.Length;

    /// <summary>Copies a stream to its end.</summary>
    /// <returns>The file, or <c>import-too-large</c>.</returns>
    public static async Task<Result<SpooledFile>> ReceiveAsync(
        string name, Stream source, ByteBudget budget, CancellationToken cancellation)
    {
        var file = new SpooledFile(LastPart(name), NamelessFile.Open());
        try
        {
            var buffer = new byte[BufferSize];
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

    /// <summary>Makes a file of text lines.</summary>
    /// <returns>The file, or <c>import-too-large</c>.</returns>
    public static Result<SpooledFile> Write(string name, IEnumerable<string> lines, ByteBudget budget)
    {
        var file = new SpooledFile(LastPart(name), NamelessFile.Open());
        try
        {
            using (var writer = new StreamWriter(file._content, bufferSize: BufferSize, leaveOpen: true))
            {
                foreach (var line in lines)
                {
                    if (!budget.TryTake(Encoding.UTF8.GetByteCount(line) + 1))
                    {
                        break;
                    }

                    writer.Write(line);
                    writer.Write('\n');
                }
            }

            if (!budget.TryTake(0))
            {
                file.Dispose();
                return ImportRefusals.TooLarge(budget.Whole);
            }

            file._content.Flush();
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
        var last = PlainText.Of(name.Split('/', '\\')[^1]);
        var printable = last.Length <= 120 ? last : last[..120];
        return printable.Length == 0 ? "import" : printable;
    }
}
