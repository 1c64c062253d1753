using System.Diagnostics;

namespace Emargement.LocalHost.Hosting;

/// <summary>Another program on this checkout's storage and settings, such as <c>func start</c>.</summary>
internal static class OtherCommand
{
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1));
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        start.Environment.TryAdd("AzureWebJobsStorage", settings["Storage:ConnectionString"]);
        start.Environment.TryAdd("AzureWebJobsDisableHomepage", "true");
        start.Environment.TryAdd("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated");

        // Ctrl-C reaches the program too: it decides when it ends, and the storage outlives it.
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
