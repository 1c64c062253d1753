namespace Emargement.Functions.Platform.Storage;

/// <summary>
/// A temporary file that nobody else can read, and that has no name any more once it is open, so that even a killed process leaves nothing
/// behind. Closed, it is gone.
/// </summary>
public static class NamelessFile
{
    private const int BufferSize = 64 * 1024;

    public static FileStream Open()
    {
        var path = Path.Combine(Path.GetTempPath(), "emargement-" + Path.GetRandomFileName());
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = BufferSize,
            Options = FileOptions.Asynchronous,
        };
        if (OperatingSystem.IsWindows())
        {
            // An open file keeps its name there; it goes with the last handle, also that of a killed process.
            options.Options |= FileOptions.DeleteOnClose;
            return new FileStream(path, options);
        }

        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var content = new FileStream(path, options);
        File.Delete(path);
        return content;
    }
}
