using System.Diagnostics;
using System.Reflection;
using Emargement.Tests.House;

namespace Emargement.Tests.Infra;

/// <summary>What a program said.</summary>
internal sealed record Said(int Code, string Out, string Error);

/// <summary>Runs the programs that the tests of <c>infra/</c> need, from the root of the repository.</summary>
internal static class Tool
{
    private static readonly string BicepProgram = typeof(Tool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "Bicep").Value!;

    public static string Infra(string file) => Path.Combine(Repository.Root, "infra", file);

    public static Task<Said> BicepAsync(params string[] arguments) => BicepAsync(arguments, []);

    /// <param name="environment">Variables that parameters read.</param>
    public static Task<Said> BicepAsync(string[] arguments, Dictionary<string, string?> environment) =>
        RunAsync(BicepProgram, arguments, environment);

    /// <param name="environment">Variables to set; null takes one away.</param>
    public static async Task<Said> RunAsync(string program, string[] arguments, Dictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Bicep looks for a newer version of itself unless told not to.
        start.Environment["BICEP_DISABLE_VERSION_CHECK"] = "true";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Said(process.ExitCode, await output, await error);
    }
}
