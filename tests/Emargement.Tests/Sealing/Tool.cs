using System.Diagnostics;

namespace Emargement.Tests.Sealing;

/// <summary>A checker that others wrote (openssl, pdfsig, qpdf, pdftotext, zbarimg): what we make must satisfy it.</summary>
internal static class Tool
{
    /// <returns>The exit code, standard output, and standard error.</returns>
    public static (int Code, string Text, string Error) Run(string name, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text, error.GetAwaiter().GetResult());
    }
}

/// <summary>A folder of its own for one test, removed afterwards.</summary>
internal sealed class Folder : IDisposable
{
    public Folder() => Path = Directory.CreateTempSubdirectory("emargement-").FullName;

    public string Path { get; }

    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        var file = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
