using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Emargement.LocalHost.Storage;

/// <summary>
/// The storage emulator as a child process. Start it, use <see cref="ConnectionString"/>, dispose it: it is then
/// stopped with SIGTERM by its own pid, because a kill loses the last seconds of writes.
/// </summary>
public sealed class AzuriteProcess : IDisposable
{
    // The emulator's published development account: not a secret.
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string ScriptSetting = "EMARGEMENT_AZURITE";
    private static readonly string[] Services = ["Blob", "Queue", "Table"];
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private readonly IReadOnlyDictionary<string, Uri> _endpoints;

    private AzuriteProcess(Process process, IReadOnlyDictionary<string, Uri> endpoints)
    {
        (_process, _endpoints) = (process, endpoints);
        ConnectionString =
            $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={AccountKey};"
            + string.Concat(endpoints.Select(e => $"{e.Key}Endpoint={e.Value.AbsoluteUri.TrimEnd('/')}/devstoreaccount1;"));
    }

    public string ConnectionString { get; }

    public int ProcessId => _process.Id;

    /// <summary>Starts the emulator on free ports and returns when its blob, queue and table services listen.</summary>
    /// <param name="dataFolder">Where data is kept; null keeps it in memory.</param>
    /// <param name="before">One that has ended, whose ports it takes.</param>
    /// <param name="accessLog">Told each request that the emulator has answered, a line each; null asks for none.</param>
    /// <exception cref="InvalidOperationException">The npm package is not installed, or the emulator did not start.</exception>
    public static AzuriteProcess Start(string? dataFolder = null, AzuriteProcess? before = null, Action<string>? accessLog = null)
    {
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in Arguments(dataFolder, service => before?._endpoints[service].Port ?? 0, accessLog is not null))
        {
            start.ArgumentList.Add(argument);
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var endpoints = new Dictionary<string, Uri>();
        var output = new List<string>();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Read(object sender, DataReceivedEventArgs line)
        {
            if (ready.Task.IsCompleted)
            {
                accessLog?.Invoke(line.Data ?? string.Empty);
                return;
            }

            lock (output)
            {
                output.Add(line.Data ?? string.Empty);
                if (ReadEndpoint(line.Data) is var (service, address))
                {
                    endpoints[service] = address;
                    if (endpoints.Count == Services.Length)
                    {
                        ready.TrySetResult();
                    }
                }
            }
        }

        process.OutputDataReceived += Read;
        process.ErrorDataReceived += Read;
        process.Exited += (_, _) => ready.TrySetCanceled();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (Task.WaitAny([ready.Task], StartLimit) < 0 || !ready.Task.IsCompletedSuccessfully)
        {
            process.Kill();
            lock (output)
            {
                throw new InvalidOperationException($"The storage emulator did not start: {string.Join(Environment.NewLine, output)}");
            }
        }

        return new AzuriteProcess(process, endpoints);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            if (OperatingSystem.IsWindows())
            {
                _process.StandardInput.Close();
            }
            else
            {
                _ = Kill(_process.Id, 15);
            }

            if (!_process.WaitForExit(StopLimit))
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private static IEnumerable<string> Arguments(string? dataFolder, Func<string, int> portOf, bool accessLog) =>
    [
        "--require", Path.Combine(AppContext.BaseDirectory, "Storage", "stop-with-parent.cjs"),
        Script(),
        .. Services.SelectMany(service => (string[])
            [$"--{service.ToLowerInvariant()}Port", portOf(service).ToString(CultureInfo.InvariantCulture)]),
        "--disableTelemetry", "--skipApiVersionCheck",
        .. accessLog ? (string[])[] : ["--silent"],
        .. dataFolder is null ? (string[])["--inMemoryPersistence"] : ["--location", dataFolder],
    ];

    // The JavaScript file itself, so that the pid is node's and the signal reaches it.
    private static string Script()
    {
        var configured = Environment.GetEnvironmentVariable(ScriptSetting);
        if (!string.IsNullOrEmpty(configured))
        {
            return configured;
        }

        const string package = "functions/Emargement.LocalHost/node_modules/azurite/dist/src/azurite.js";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, package);
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new InvalidOperationException(
            "The storage emulator is not installed: run npm ci in functions/Emargement.LocalHost (./run and ./test do it), or name its "
                + $"azurite.js in {ScriptSetting}.");
    }

    // "Azurite Table service is successfully listening at http://127.0.0.1:35511"
    private static (string Service, Uri Address)? ReadEndpoint(string? line)
    {
        const string marker = " service is successfully listening at ";
        var at = line?.IndexOf(marker, StringComparison.Ordinal) ?? -1;
        return at < 0
            ? null
            : (line![..at].Split(' ')[^1], new Uri(line[(at + marker.Length)..].Trim()));
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
