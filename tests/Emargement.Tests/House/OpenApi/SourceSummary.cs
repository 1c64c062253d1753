using System.Net;
using System.Text.RegularExpressions;

namespace Emargement.Tests.House.OpenApi;

/// <summary>The summary written above a function's class, as plain text.</summary>
internal static partial class SourceSummary
{
    private static readonly Lazy<ILookup<string, string>> Files = new(() => Directory
        .EnumerateFiles(System.IO.Path.Combine(Repository.Root, "functions", "Emargement.Functions"), "*.cs", SearchOption.AllDirectories)
        .ToLookup(f => System.IO.Path.GetFileNameWithoutExtension(f), StringComparer.Ordinal));

    public static string? Of(Type type)
    {
        foreach (var file in Files.Value[type.Name])
        {
            var match = Regex.Match(File.ReadAllText(file), @"((?:^///[^\n]*\n)+)(?:\[[^\n]*\n)*public (?:sealed |static )?(?:partial )?class " + type.Name + @"\b", RegexOptions.Multiline);
            if (match.Success && Summary().Match(CommentMark().Replace(match.Groups[1].Value, " ")) is { Success: true } summary)
            {
                return Plain(summary.Groups[1].Value);
            }
        }

        return null;
    }

    private static string Plain(string xml)
    {
        var named = Reference().Replace(xml, m => m.Groups[1].Value.Split('.')[^1]);
        return WebUtility.HtmlDecode(Spaces().Replace(Tag().Replace(named, ""), " ")).Trim();
    }

    [GeneratedRegex("<summary>(.*?)</summary>", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex("^///", RegexOptions.Multiline)]
    private static partial Regex CommentMark();

    [GeneratedRegex("<(?:see|paramref)[^>]*\"([^\"]+)\"[^>]*/>")]
    private static partial Regex Reference();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
