namespace Emargement.Functions.Accounts.Cookies;

/// <summary>What a browser calls itself, cut to what its owner recognises it by: <c>Firefox, Android</c>.</summary>
public static class BrowserName
{
    // Each calls itself by the names of those before it too: the first that is found is it.
    private static readonly (string Said, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
    ];

    private static readonly (string Said, string Name)[] Systems =
    [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Macintosh", "macOS"), ("Linux", "Linux"),
    ];

    /// <returns>Null when it says nothing that is known here.</returns>
    public static string? Of(string userAgent)
    {
        var names = new[] { Find(Browsers, userAgent), Find(Systems, userAgent) }.Where(n => n is not null).ToList();
        return names.Count == 0 ? null : string.Join(", ", names);
    }

    private static string? Find((string Said, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(k => userAgent.Contains(k.Said, StringComparison.Ordinal)).Name;
}
