using System.Globalization;
using System.Text.Json.Nodes;
using Emargement.Tests.House;
using Emargement.Tests.Platform.Outgoing;
using Microsoft.AspNetCore.Http;

namespace Emargement.Tests.Planning.Ypareo;

/// <summary>A server on this machine that plays YPAREO with the samples: rights endpoint by endpoint, slowness, lines that are
/// cut.</summary>
internal sealed class FakeYpareo : IAsyncDisposable
{
    public const string Token = "jeton-de-ypareo-0123456789";
    public const string Login = "connecteur";
    public const string Password = "mot de passe de YPAREO";

    private static readonly DateOnly Monday = new(2026, 11, 23);

    private readonly LocalServer _server;
    private readonly int _shift;
    private int _cuts;

    private FakeYpareo(LocalServer server, int shift)
    {
        (_server, _shift) = (server, shift);
        server.Answer = AnswerAsync;
    }

    /// <summary>Parts of paths that answer 401.</summary>
    public HashSet<string> Refused { get; } = [];

    /// <summary>Parts of paths that never answer.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>Sessions that are no longer planned.</summary>
    public HashSet<string> Gone { get; } = [];

    /// <summary>Lines that are cut before an answer, from now on.</summary>
    public int Cuts
    {
        get => _cuts;
        set => _cuts = value;
    }

    public string Address => $"{_server.Address}index.php";

    public IReadOnlyList<string> Paths => [.. _server.Seen.Select(s => s.Path)];

    /// <param name="monday">When the samples' week begins; their own when it is left out.</param>
    public static async Task<FakeYpareo> StartAsync(DateOnly? monday = null) =>
        new(await LocalServer.StartAsync(), (monday ?? Monday).DayNumber - Monday.DayNumber);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext call)
    {
        var path = call.Request.Path.Value!;
        if (Interlocked.Decrement(ref _cuts) >= 0)
        {
            call.Abort();
            return;
        }

        if (Silent.Any(path.Contains))
        {
            await Task.Delay(Timeout.Infinite, call.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        if (path == "/index.php/authenticate")
        {
            var account = await JsonNode.ParseAsync(call.Request.Body);
            var isKnown = (string?)account!["login"] == Login && (string?)account["password"] == Password;
            await WriteAsync(call, isKnown ? $$"""{"token":"{{Token}}"}""" : null, 401);
            return;
        }

        var known = call.Request.Headers["X-Auth-Token"] == Token && !Refused.Any(path.Contains);
        await WriteAsync(call, known ? ContentOf(path["/index.php/r/v1/".Length..]) : null, known ? 404 : 401);
    }

    private string? ContentOf(string path)
    {
        var parts = path.Split('/');
        return parts switch
        {
            ["formation-longue", "groupes"] => Sample("groupes"),
            ["groupes", var group, "apprenants"] => Sample($"groupes-{group}-apprenants"),
            ["utilisateur", var who] => Sample($"utilisateur-{who}"),
            ["planning", var first, var last, "groupes", var group] => Planning(group, Day(first), Day(last)),
            _ => null,
        };
    }

    private string Planning(string group, DateOnly first, DateOnly last)
    {
        var whole = JsonNode.Parse(Sample($"planning-23-11-2026-29-11-2026-groupes-{group}"))!;
        var list = whole["cours"]!;
        IEnumerable<JsonNode> all = list is JsonArray array ? array.OfType<JsonNode>() : list.AsObject().Select(c => c.Value!);
        foreach (var course in all.ToList())
        {
            var day = DateOnly.ParseExact((string)course["date"]!, "dd/MM/yyyy", CultureInfo.InvariantCulture).AddDays(_shift);
            course["date"] = day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
            if (day < first || day > last || Gone.Contains(course["codeSeance"]!.ToJsonString()))
            {
                Remove(list, course);
            }
        }

        return whole.ToJsonString();
    }

    private static void Remove(JsonNode list, JsonNode course)
    {
        if (list is JsonArray array)
        {
            array.Remove(course);
        }
        else
        {
            list.AsObject().Remove(course["codeSeance"]!.ToJsonString());
        }
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "dd-MM-yyyy", CultureInfo.InvariantCulture);

    private static string Sample(string name) => File.ReadAllText(
        Path.Combine(Repository.Root, "tests", "Emargement.Tests", "Planning", "samples", "ypareo", name + ".json"));

    private static Task WriteAsync(HttpContext call, string? json, int otherwise)
    {
        call.Response.StatusCode = json is null ? otherwise : 200;
        call.Response.ContentType = "application/json";
        return call.Response.WriteAsync(json ?? "{}");
    }
}
