using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Emargement.Functions.Platform.Access;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Tests.Platform.Access;

/// <summary>What became of one function's calls, by the name of who called.</summary>
/// <param name="Capability">The folder of the function.</param>
/// <param name="Answers">What each caller of the organisation was answered, in a word.</param>
/// <param name="Elsewhere">What those of another organisation or Région were, each answer once; empty where the address
/// names neither.</param>
internal sealed record MatrixRow(
    string Capability,
    string Function,
    string Verb,
    string Route,
    AccessRule Rule,
    string? Because,
    IReadOnlyDictionary<string, string> Answers,
    IReadOnlyList<string> Elsewhere);

/// <summary>
/// Calls every function of the app over HTTP as everybody there is. Whoever adds a function adds nothing here, unless it acts on
/// something that is somebody's and asks for a body: then a body is given below, so that the call comes as far as asking whose it is.
/// </summary>
public sealed class AccessMatrix : IAsyncLifetime
{
    public const string LetIn = "yes";
    public const string NothingThere = "yes, nothing there";
    public const string SignIn = "sign in";

    private static readonly Dictionary<string, object> Bodies = new()
    {
        ["SetPassword"] = new { password = AccessHost.Password },
        ["MintActivation"] = new { send = false },
        ["MarkLearner"] = new { learner = "P1", mark = "late", minutes = 20 },
        ["CloseSession"] = new { headCount = 0, typedName = "Rémi Delmas" },
        ["CorrectAttendance"] = new { learner = "P1", mark = "late", minutes = 20, reason = "Train en retard" },
        ["ChangeRoster"] = new { reason = "Rattrapage", add = new { learner = "P1" } },
        ["CountersignSession"] = new { typedName = "Rémi Delmas" },
        ["SendActivations"] = new { learners = new[] { "P1" } },
        ["SendLinks"] = new { to = "one", learner = "P1" },
        ["DeclareWeek"] = new { days = Array.Empty<object>(), typedName = "Awa Diallo" },
        ["MaintainDays"] = new { days = new[] { "2026-11-23" } },
        ["JustifyPlacementAbsence"] = new { days = new[] { "2026-11-23" }, reason = "Malade" },
    };

    // What the access rule answers to somebody of elsewhere: as though there were nothing.
    private static readonly string[] Unseen = ["organisation-unknown", "region-unknown"];

    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    private MatrixScene _scene = null!;

    internal IReadOnlyList<MatrixRow> Rows { get; private set; } = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _scene = await MatrixScene.StartAsync();
        var all = HttpFunctions.All
            .OrderBy(f => f.Trigger.Route, StringComparer.Ordinal).ThenBy(f => f.Name, StringComparer.Ordinal).ToList();

        // Those that change nothing first and together, with cookies that last; then each of the others, with cookies of its own.
        var kept = new Dictionary<MatrixCaller, Action<HttpRequestMessage>>();
        foreach (var caller in _scene.Callers)
        {
            kept[caller] = await caller.ShowAsync();
        }

        var rows = (await Task.WhenAll(all.Where(ChangesNothing).Chunk(12).Select(async some =>
        {
            var done = new List<MatrixRow>();
            foreach (var function in some)
            {
                done.Add(await RowAsync(function, caller => Task.FromResult(kept[caller])));
            }

            return done;
        }))).SelectMany(r => r).ToList();
        foreach (var function in all.Where(f => !ChangesNothing(f)))
        {
            rows.Add(await RowAsync(function, caller => caller.ShowAsync()));
        }

        Rows = [.. rows.OrderBy(r => r.Route, StringComparer.Ordinal).ThenBy(r => r.Verb, StringComparer.Ordinal)];
        await _scene.WhenIdleAsync();
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private static bool ChangesNothing((string Name, MethodInfo Method, HttpTriggerAttribute Trigger) function) =>
        function.Trigger.Methods![0].Equals("get", StringComparison.OrdinalIgnoreCase);

    private async Task<MatrixRow> RowAsync(
        (string Name, MethodInfo Method, HttpTriggerAttribute Trigger) function,
        Func<MatrixCaller, Task<Action<HttpRequestMessage>>> showAsync)
    {
        var rule = AccessRule.Of(function.Name, function.Method);
        var route = function.Trigger.Route!;
        var names = route.Contains("{org", StringComparison.Ordinal) || route.Contains("{region", StringComparison.Ordinal);
        var verb = function.Trigger.Methods![0].ToUpperInvariant();
        var path = new Uri(_scene.Address, HttpFunctions.Path(route, _scene.Names));
        var answers = new Dictionary<string, string>();
        var elsewhere = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var caller in _scene.Callers.Where(c => names || !c.Elsewhere))
        {
            var answer = await AnswerAsync(function.Name, rule, verb, path, await showAsync(caller));
            if (caller.Elsewhere)
            {
                elsewhere.Add(answer);
            }
            else
            {
                answers[caller.Name] = answer;
            }
        }

        // Found by nobody whom the rule lets in: the scene has none of these.
        var there = answers.ContainsValue(LetIn);
        return new MatrixRow(
            function.Method.DeclaringType!.Namespace!.Split('.')[2],
            function.Name,
            verb,
            route,
            rule,
            function.Method.GetCustomAttribute<PublicAttribute>()?.Because,
            answers.ToDictionary(a => a.Key, a => a.Value != NothingThere ? a.Value : there ? "404" : NothingThere),
            [.. elsewhere.Select(a => a != NothingThere ? a : there ? "404" : NothingThere).Distinct()]);
    }

    private static async Task<string> AnswerAsync(
        string function, AccessRule rule, string verb, Uri path, Action<HttpRequestMessage> show)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);
        if (verb is "POST" or "PATCH" or "PUT")
        {
            request.Content = JsonContent.Create(Bodies.GetValueOrDefault(function, new { }));
        }

        show(request);
        using var response = await Client.SendAsync(request, Cancellation);
        ((int)response.StatusCode).ShouldBeLessThan(500, $"{function}: {verb} {path}");
        return response.StatusCode switch
        {
            HttpStatusCode.Redirect when !rule.IsPublic
                && response.Headers.Location!.ToString().Contains("?back=", StringComparison.Ordinal) => SignIn,
            HttpStatusCode.Unauthorized => rule.IsPublic ? LetIn : "401",
            HttpStatusCode.Forbidden => "403",
            HttpStatusCode.NotFound => await CodeAsync(response) is { } code && Unseen.Contains(code) ? "404" : NothingThere,
            HttpStatusCode.TooManyRequests when await CodeAsync(response) == "too-many-calls" =>
                throw new InvalidOperationException($"{function} is limited too much to be called so often."),
            _ => LetIn,
        };
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return null;
        }

        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        return problem.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
    }
}
