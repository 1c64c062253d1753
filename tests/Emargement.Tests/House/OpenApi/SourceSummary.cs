using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Tests.House.OpenApi;

/// <summary>Summaries as they are written in the sources, as plain text.</summary>
internal static partial class SourceSummary
{
    private static readonly Lazy<ILookup<string, string>> Files = new(() => Directory
        .EnumerateFiles(System.IO.Path.Combine(Repository.Root, "functions", "Emargement.Functions"), "*.cs", SearchOption.AllDirectories)
        .ToLookup(f => System.IO.Path.GetFileNameWithoutExtension(f), StringComparer.Ordinal));

    /// <summary>The summary written above a function.</summary>
    public static string? Of(MethodBase function)
    {
        var name = Regex.Escape(function.GetCustomAttribute<FunctionAttribute>()!.Name);
        foreach (var file in Files.Value[function.DeclaringType!.Name])
        {
            var above = Regex.Match(
                File.ReadAllText(file),
                @"((?:^ +///[^\n]*\n)+)(?: +\[[^\n]*\n)*? +\[Function\(""" + name + @"""\)\]",
                RegexOptions.Multiline);
            if (above.Success && Summary().Match(CommentMark().Replace(above.Groups[1].Value, " ")) is { Success: true } summary)
            {
                return Plain(summary.Groups[1].Value);
            }
        }

        return Xml(function.DeclaringType!) is { } xml ? Plain(xml) : null;
    }

    /// <summary>The same as Markdown: what stands as code there stands as code here.</summary>
    public static string? MarkdownOf(Type type) => Xml(type) is { } xml ? Markdown(xml) : null;

    /// <summary>The summary written above a property, as Markdown.</summary>
    public static string? MarkdownOf(PropertyInfo property)
    {
        foreach (var file in Files.Value[property.DeclaringType!.Name])
        {
            var match = Regex.Match(
                File.ReadAllText(file),
                @"((?:^ +///[^\n]*\n)+)(?: +[\[""][^\n]*\n)* +public (?:required )?[\w?.<>]+ " + property.Name + " {",
                RegexOptions.Multiline);
            if (match.Success && Summary().Match(CommentMark().Replace(match.Groups[1].Value, " ")) is { Success: true } summary)
            {
                return Markdown(summary.Groups[1].Value);
            }
        }

        return null;
    }

    private static string? Xml(Type type)
    {
        foreach (var file in Files.Value[type.Name])
        {
            var match = Regex.Match(
                File.ReadAllText(file),
                @"((?:^///[^\n]*\n)+)(?:\[[^\n]*\n)*public (?:sealed |static )?(?:partial )?class " + type.Name + @"\b",
                RegexOptions.Multiline);
            if (match.Success && Summary().Match(CommentMark().Replace(match.Groups[1].Value, " ")) is { Success: true } summary)
            {
                return summary.Groups[1].Value;
            }
        }

        return null;
    }

    private static string Markdown(string xml) => Plain(Code().Replace(xml, "`$1`"));

    private static string Plain(string xml)
    {
        var named = Reference().Replace(xml, m => m.Groups[1].Value.Split('.')[^1]);
        return WebUtility.HtmlDecode(Spaces().Replace(Tag().Replace(named, ""), " ")).Trim();
    }

    [GeneratedRegex("<summary>(.*?)</summary>", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex Code();

    [GeneratedRegex("^ *///", RegexOptions.Multiline)]
    private static partial Regex CommentMark();

    [GeneratedRegex("<(?:see|paramref)[^>]*\"([^\"]+)\"[^>]*/>")]
    private static partial Regex Reference();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
