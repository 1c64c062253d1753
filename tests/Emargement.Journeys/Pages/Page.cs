using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Emargement.Journeys.Pages;

/// <summary>A page as it came: where it leads, and whether all its texts were found.</summary>
/// <param name="address">Of the page, which its links are read against.</param>
/// <param name="html">Its source.</param>
public sealed partial class Page(Uri address, string html)
{
    // Keys, not texts: a page must show none of them.
    private static readonly HashSet<string> TextKeys = ReadTextKeys();

    /// <summary>Addresses of the same server to which its links, forms, scripts and styles lead, without their fragments.</summary>
    public IReadOnlyList<Uri> Links { get; } =
    [
        .. Target().Matches(html)
            .Select(t => WebUtility.HtmlDecode(t.Groups[1].Value))
            .Where(to => !to.StartsWith('#'))
            .Select(to => new Uri(address, to))
            .Where(to => to.GetLeftPart(UriPartial.Authority) == address.GetLeftPart(UriPartial.Authority))
            .Select(to => new Uri(to.GetLeftPart(UriPartial.Query)))
            .Distinct(),
    ];

    /// <summary>Keys of texts, and names of values, that stand where a person should read a sentence.</summary>
    public IReadOnlyList<string> Unresolved { get; } = [.. UnresolvedIn(WebUtility.HtmlDecode(Script().Replace(html, "")))];

    private static IEnumerable<string> UnresolvedIn(string markup) =>
        Placeholder().Matches(markup).Select(m => m.Value).Concat(KeyLike().Matches(markup).Select(m => m.Value).Where(TextKeys.Contains));

    private static HashSet<string> ReadTextKeys()
    {
        using var texts = Assembly.GetExecutingAssembly().GetManifestResourceStream("texts.json")!;
        return [.. JsonDocument.Parse(texts).RootElement.EnumerateObject().Select(t => t.Name)];
    }

    [GeneratedRegex("<(?:a|link|form(?![^>]*method=\"post\")|script|img|iframe)\\b[^>]*?\\s(?:href|action|src)=\"([^\"]*)\"")]
    private static partial Regex Target();

    // Their data holds sentences that they fill in themselves.
    [GeneratedRegex("<script\\b.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("\\{[a-z][A-Za-z-]*\\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)+")]
    private static partial Regex KeyLike();
}
