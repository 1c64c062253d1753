using System.Reflection;
using System.Text.RegularExpressions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Tests.House.OpenApi;

/// <summary>An answer: its status, and the type of its JSON or the media type of its bytes; neither when it has no body.</summary>
internal sealed record ApiAnswer(int Status, Type? Json, string? Bytes);

/// <summary>One method of one <c>/api</c> route, as its function's attributes and code say it.</summary>
internal sealed partial record ApiOperation
{
    public required string Name { get; init; }

    public required string Method { get; init; }

    /// <summary>With a leading slash and bare parameter names.</summary>
    public required string Path { get; init; }

    public required string Summary { get; init; }

    /// <summary>Capability, from the namespace.</summary>
    public required string Tag { get; init; }

    public required Callers? Callers { get; init; }

    public string? Right { get; init; }

    public string? PublicBecause { get; init; }

    public Type? Body { get; init; }

    public IReadOnlyList<string> BodyBytes { get; init; } = [];

    public IReadOnlyList<string> Query { get; init; } = [];

    public required IReadOnlyList<ApiAnswer> Answers { get; init; }

    public IEnumerable<string> PathParameters => Parameter().Matches(Path).Select(m => m.Groups[1].Value);

    public static IReadOnlyList<ApiOperation> All { get; } =
        [.. Find().OrderBy(o => o.Path, StringComparer.Ordinal).ThenBy(o => o.Method, StringComparer.Ordinal)];

    private static IEnumerable<ApiOperation> Find() =>
        from type in typeof(AccessAttribute).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
        where trigger?.Route?.StartsWith("api/", StringComparison.Ordinal) == true
        from verb in trigger.Methods ?? []
        select Of(method, function.Name, verb, trigger.Route!);

    private static ApiOperation Of(MethodInfo method, string name, string verb, string route)
    {
        var calls = Calls(method, 0).ToList();
        var access = method.GetCustomAttribute<AccessAttribute>();
        return new ApiOperation
        {
            Name = name,
            Method = verb.ToLowerInvariant(),
            Path = "/" + Constraint().Replace(route, "{$1}"),
            Summary = SourceSummary.Of(method) ?? Words(name),
            Tag = method.DeclaringType!.Namespace!.Split('.') is [_, _, var capability, ..] ? capability : "Platform",
            Callers = access?.Callers,
            Right = access?.Right,
            PublicBecause = method.GetCustomAttribute<PublicAttribute>()?.Because,
            Body = calls.Select(BodyOf).FirstOrDefault(b => b is not null),
            BodyBytes = calls.Any(c => c.Callee.Name == "SpooledAsync") ? ["text/csv", "multipart/form-data", "application/zip"]
                : calls.Any(c => c.Callee.DeclaringType == typeof(LargeBodies) && c.Callee.Name == nameof(LargeBodies.ReadAsync))
                    ? ["application/pdf"] : [],
            Query = [.. calls.Where(c => c.Callee.Name == "TryFlag" || c.Callee.DeclaringType == typeof(IQueryCollection))
                .SelectMany(c => c.Texts.TakeLast(1))
                .Distinct().Order(StringComparer.Ordinal)],
            Answers = [.. calls.SelectMany(AnswersOf).Distinct()
                .OrderBy(a => a.Status)
                .ThenBy(a => a.Json?.Name, StringComparer.Ordinal).ThenBy(a => a.Bytes, StringComparer.Ordinal)],
        };
    }

    /// <summary>The calls of the function, and of what it hands its answer to inside the app.</summary>
    private static IEnumerable<ScannedCall> Calls(MethodBase method, int depth)
    {
        foreach (var call in CallScan.OfFunction(method))
        {
            yield return call;
            if (depth < 2 && call.Callee is MethodInfo { DeclaringType: { } owner } callee
                && owner.Assembly == typeof(AccessAttribute).Assembly
                && owner != method.DeclaringType && owner.Namespace != typeof(Problem).Namespace
                && (callee.ReturnType == typeof(IResult) || callee.ReturnType == typeof(Task<IResult>)))
            {
                foreach (var inner in Calls(callee.IsGenericMethod ? callee.GetGenericMethodDefinition() : callee, depth + 1))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>The type that the call reads from the body, directly or through a helper that names it <c>TBody</c>.</summary>
    private static Type? BodyOf(ScannedCall call)
    {
        if (call.Callee is not MethodInfo { IsGenericMethod: true } callee)
        {
            return null;
        }

        var index = callee.Name == nameof(RequestBody.ReadBodyAsync) ? 0
            : Array.FindIndex(callee.GetGenericMethodDefinition().GetGenericArguments(), a => a.Name == "TBody");
        return index < 0 || callee.GetGenericArguments()[index].IsGenericParameter ? null : callee.GetGenericArguments()[index];
    }

    private static IEnumerable<ApiAnswer> AnswersOf(ScannedCall call)
    {
        var owner = call.Callee.DeclaringType!;
        var json = call.Callee.IsGenericMethod ? call.Callee.GetGenericArguments()[0] : null;
        if (json is { IsGenericParameter: true })
        {
            return [];
        }

        var statuses = call.Numbers.Where(n => n is (>= 200 and < 300) or StatusCodes.Status503ServiceUnavailable).ToList();
        return (owner.Name, call.Callee.Name) switch
        {
            (nameof(ApiJson), nameof(ApiJson.Ok)) => (statuses.Count == 0 ? [200] : statuses).Select(s => new ApiAnswer(s, json, null)),
            ("ETags", "Ok") => [new ApiAnswer(200, json, null)],
            ("Results" or "TypedResults", "NoContent") => [new ApiAnswer(204, null, null)],
            ("Results" or "TypedResults", "Accepted") => [new ApiAnswer(202, json, null)],
            ("Results" or "TypedResults", "StatusCode") => statuses.Select(s => new ApiAnswer(s, null, null)),
            (
                "Results" or "TypedResults",
                "Stream" or "File" or "Bytes" or "Text" or "Content") => [new ApiAnswer(200, null, MediaType(call))],
            _ => [],
        };
    }

    private static string MediaType(ScannedCall call)
    {
        var named = call.Texts.Select(t => t.Split(';')[0]).FirstOrDefault(
            t => t.StartsWith("application/", StringComparison.Ordinal) || t.StartsWith("text/", StringComparison.Ordinal));
        return named ?? "application/octet-stream";
    }

    private static string Words(string name) =>
        Capital().Replace(name, m => m.Index == 0 ? m.Value : " " + m.Value.ToLowerInvariant()) + ".";

    [GeneratedRegex(@"\{([A-Za-z]+)[^}]*\}")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
