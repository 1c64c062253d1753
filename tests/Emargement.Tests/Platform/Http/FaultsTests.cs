using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Functions.Pages;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Http.Middleware;
using Emargement.LocalHost.Hosting;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Emargement.Tests.Platform.Http;

public sealed class FaultsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_tells_the_caller_a_number_and_the_log_no_person()
    {
        var log = new ListLogger<FaultMiddleware>();
        var app = FunctionApp.Of(
            [typeof(Broken)], (services, _) => services.AddHttp(), [typeof(FaultMiddleware), typeof(SecurityHeadersMiddleware)]);
        await using var host = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                App = app,
                Settings = new Dictionary<string, string?>
                {
                    ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
                    ["Storage:Prefix"] = AzuriteFixture.NewPrefix(),
                },
                ConfigureServices = services => services.AddSingleton<ILogger<FaultMiddleware>>(log),
            },
            Cancellation);
        using var client = new HttpClient { BaseAddress = host.Address };

        using var response = await client.GetAsync("/broken", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        problem["code"]!.GetValue<string>().ShouldBe("fault");
        problem.ToJsonString().ShouldNotContain("awa@exemple.test");
        var line = log.Messages.ShouldHaveSingleItem();
        line.ShouldContain(problem["traceId"]!.GetValue<string>());
        line.ShouldContain(nameof(InvalidOperationException));
        line.ShouldNotContain("awa@exemple.test");
        response.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
    }

    [Fact]
    public async Task A_fault_in_a_page_is_logged_and_answered_like_any_other()
    {
        var log = new ListLogger<FaultMiddleware>();
        await using var host = await StartAsync(
            typeof(BrokenPageFunction), services => services.AddSingleton<ILogger<FaultMiddleware>>(log));
        using var client = new HttpClient { BaseAddress = host.Address };

        using var response = await client.GetAsync("/broken-page", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["code"]!.GetValue<string>().ShouldBe("fault");
        var line = log.Messages.ShouldHaveSingleItem();
        line.ShouldContain(nameof(BrokenPageFunction));
        line.ShouldContain("BuildRenderTree", customMessage: "it broke in the page, not before");
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_is_no_error_in_the_log()
    {
        var errors = new ErrorLog();
        await using (var host = await StartAsync(typeof(LeftBehind), services => services.AddSingleton<ILoggerProvider>(errors)))
        {
            using (var socket = new System.Net.Sockets.TcpClient(host.Address.Host, host.Address.Port))
            {
                var head = $"POST /left HTTP/1.1\r\nHost: {host.Address.Authority}\r\n"
                    + "Content-Type: text/csv\r\nContent-Length: 100000\r\n\r\nbeginning";
                await socket.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(head), Cancellation);
                await LeftBehind.Begun.Task.WaitAsync(Cancellation);
                socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
            }

            await LeftBehind.Ended.Task.WaitAsync(Cancellation);
        }

        errors.Messages.ShouldBeEmpty();
    }

    private static Task<LocalHostApp> StartAsync(Type function, Action<IServiceCollection> services) => LocalHostApp.StartAsync(
        new LocalHostOptions
        {
            App = FunctionApp.Of([function], (added, _) => added.AddHttp(), [typeof(FaultMiddleware), typeof(SecurityHeadersMiddleware)]),
            Settings = new Dictionary<string, string?>
            {
                ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
                ["Storage:Prefix"] = AzuriteFixture.NewPrefix(),
            },
            RunTimers = false,
            ConfigureServices = services,
        },
        Cancellation);

    public static class BrokenPageFunction
    {
        [Function("BrokenPageFunction")]
        public static Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "broken-page")] HttpRequest request) =>
            request.PageAsync<BrokenPage, MessageModel>(null, new MessageModel("", "", new LinkModel("/", "")));
    }

    public sealed class BrokenPage : PageComponent<MessageModel>
    {
        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) =>
            throw new InvalidOperationException("a page's own fault");
    }

    public static class LeftBehind
    {
        internal static TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal static TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        [Function("LeftBehind")]
        public static async Task<IResult> Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "left")] HttpRequest request, CancellationToken cancellation)
        {
            Begun.TrySetResult();
            try
            {
                var body = await request.ReadBytesAsync(RequestBody.MaxBytes, cancellation);
                return Results.Text($"{body.IsOk}");
            }
            finally
            {
                Ended.TrySetResult();
            }
        }
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Messages { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Messages.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }

    public static class Broken
    {
        [Function("Broken")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "broken")] HttpRequest request) =>
            throw new InvalidOperationException($"Cannot write to awa@exemple.test from {request.Path}");
    }
}
