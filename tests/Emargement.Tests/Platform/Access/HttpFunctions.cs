using System.Reflection;
using System.Text.RegularExpressions;
using Emargement.Functions;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Tests.Platform.Access;

/// <summary>Every function of the app that HTTP reaches, for tests that walk them all.</summary>
internal static partial class HttpFunctions
{
    public static IReadOnlyList<(string Name, MethodInfo Method, HttpTriggerAttribute Trigger)> All { get; } =
    [
        .. from type in typeof(EmargementApp).Assembly.GetExportedTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           let trigger = method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(t => t is not null)
           where function is not null && trigger is not null
           select (function.Name, method, trigger),
    ];

    /// <summary>An address that the route serves, of the organisation and Région of <see cref="EveryCaller"/>.</summary>
    /// <param name="names">What stands for a hole instead of what usually does.</param>
    public static string Path(string route, IReadOnlyDictionary<string, string>? names = null) =>
        "/" + Hole().Replace(route, m => m.Groups[1].Value switch
        {
            var hole when names?.ContainsKey(hole) == true => names[hole],
            "org" => EveryCaller.Org,
            "region" => EveryCaller.Region,
            "session" => "20261123-1-S1",
            "account" => "learner:L1",
            "month" => "2026-11",
            "date" => "2026-11-23",
            "file" => "manifest.json",
            "version" => "1",
            "nda" => "76310000000",
            _ => "x1",
        });

    [GeneratedRegex(@"\{\*?([A-Za-z]+)[^}]*\}")]
    private static partial Regex Hole();
}
