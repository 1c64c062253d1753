using System.Diagnostics;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.LocalHost;

/// <summary>A real process, really killed, and another after it, both on the machine's own clock.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emargement-killed-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_process_killed_between_two_activities_resumes_and_runs_none_twice_that_had_completed()
    {
        var prefix = AzuriteFixture.NewPrefix();
        using (var child = StartChild(prefix))
        {
            var address = await AddressAsync(child);
            using var client = new HttpClient { BaseAddress = address };
            using var started = await client.PostAsync(
                new Uri($"start?folder={Uri.EscapeDataString(_folder.FullName)}", UriKind.Relative), null, Cancellation);
            started.EnsureSuccessStatusCode();
            await UntilAsync(() => Lines().Contains("second"));
            child.Kill();
            await child.WaitForExitAsync(Cancellation);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "go"), "", Cancellation);

        var settings = new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
            ["Storage:Prefix"] = prefix,
        };
        await using var host = await LocalHostApp.StartAsync(
            new LocalHostOptions { App = FunctionApp.Of(typeof(Functions)), Settings = settings }, Cancellation);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);

        // The killed process keeps what it had taken for some seconds more.
        var instance = await host.Services.GetRequiredService<DurableTaskClient>().WaitForInstanceCompletionAsync("killed", patience.Token);
        instance.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        Lines().Distinct().ShouldBe(["first", "second", "third"]);
        Lines().Count(l => l == "first").ShouldBe(1, "it had completed");
        Lines().Count(l => l == "second").ShouldBeGreaterThan(
            1, "it had begun, and may have been asked for once more than was written down");
        Lines().Count(l => l == "third").ShouldBe(1);
    }

    private static Process StartChild(string prefix)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Emargement.LocalHost.dll"));
        start.ArgumentList.Add("--functions");
        start.ArgumentList.Add($"{typeof(Functions).Assembly.Location}#{typeof(Functions).FullName}");
        start.Environment["Storage__ConnectionString"] = AzuriteFixture.ConnectionString;
        start.Environment["Storage__Prefix"] = prefix;
        return Process.Start(start)!;
    }

    private static async Task<Uri> AddressAsync(Process child)
    {
        const string marker = "listens at ";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        while (await child.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.IndexOf(marker, StringComparison.Ordinal) is >= 0 and var at)
            {
                return new Uri(line[(at + marker.Length)..].Trim());
            }
        }

        throw new InvalidOperationException("The child process ended without saying where it listens.");
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var since = Stopwatch.StartNew(); !condition(); await tick.WaitForNextTickAsync(Cancellation))
        {
            since.Elapsed.ShouldBeLessThan(Patience);
        }
    }

    private string[] Lines()
    {
        var journal = Path.Combine(_folder.FullName, "journal");
        return File.Exists(journal) ? File.ReadAllLines(journal) : [];
    }

    public static class Functions
    {
        [Function("StartThree")]
        public static async Task<IResult> Start(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "start")] HttpRequest request,
            [DurableClient] DurableTaskClient client)
        {
            var folder = request.Query["folder"].ToString();
            await client.ScheduleNewOrchestrationInstanceAsync(
                "ThreeSteps", folder, new StartOrchestrationOptions("killed"), request.HttpContext.RequestAborted);
            return Results.Accepted();
        }

        [Function("ThreeSteps")]
        public static async Task ThreeSteps([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            foreach (var step in (string[])["first", "second", "third"])
            {
                await context.CallActivityAsync("Step", new Work(context.GetInput<string>()!, step));
            }
        }

        /// <summary>Notes that it began; the second one then waits for a file that only comes after the kill.</summary>
        [Function("Step")]
        public static async Task Step([ActivityTrigger] Work work, CancellationToken stopping)
        {
            await File.AppendAllTextAsync(Path.Combine(work.Folder, "journal"), work.Name + "\n", stopping);
            while (work.Name == "second" && !File.Exists(Path.Combine(work.Folder, "go")))
            {
                using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
                await tick.WaitForNextTickAsync(stopping);
            }
        }

        public sealed record Work(string Folder, string Name);
    }
}
