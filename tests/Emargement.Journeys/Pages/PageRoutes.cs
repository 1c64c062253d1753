using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Emargement.Journeys.Pages;

/// <summary>An address of the app that people open.</summary>
/// <param name="Function">Its function's name.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Route">As the function declares it, such as <c>o/{org}/today</c>.</param>
public sealed record PageRoute(string Function, string Method, string Route)
{
    private readonly Regex _path = new("^/" + string.Join('/', Route.Split('/').Select(Segment)) + "$");

    /// <param name="method">Of a call.</param>
    /// <param name="path">Of a call, without its query.</param>
    public bool Takes(string method, string path) => method == Method && _path.IsMatch(path);

    // The root is a parameter that may hold nothing.
    private static string Segment(string segment) =>
        !segment.StartsWith('{') ? Regex.Escape(segment) : segment.Contains("maxlength(0)", StringComparison.Ordinal) ? "" : "[^/]+";
}

/// <summary>What the build tells the Functions host about the app: every function with its route.</summary>
public static class PageRoutes
{
    /// <summary>Those outside the API. HEAD is what a mail scanner asks; it is no page of its own.</summary>
    public static IReadOnlyList<PageRoute> Read() => Of(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "functions.metadata")));

    /// <param name="metadata">The content of <c>functions.metadata</c>.</param>
    public static IReadOnlyList<PageRoute> Of(string metadata) =>
    [
        .. from function in JsonNode.Parse(metadata)!.AsArray()
           from binding in function!["bindings"]!.AsArray()
           where binding!["type"]!.GetValue<string>() == "httpTrigger"
           let route = binding["route"]!.GetValue<string>()
           where !route.StartsWith("api/", StringComparison.Ordinal)
           from method in binding["methods"]!.AsArray().Select(m => m!.GetValue<string>().ToUpperInvariant())
           where method != "HEAD"
           select new PageRoute(function["name"]!.GetValue<string>(), method, route),
    ];
}
