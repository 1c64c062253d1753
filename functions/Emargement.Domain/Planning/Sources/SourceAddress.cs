using System.Text.RegularExpressions;

namespace Emargement.Domain.Planning.Sources;

/// <summary>Where a planning is fetched from each night.</summary>
public enum SourceKind
{
    /// <summary>A Google Sheets workbook that is shared by its link.</summary>
    Sheet,

    /// <summary>An iCalendar that somebody publishes.</summary>
    Calendar,

    /// <summary>A CSV file, a ZIP of them, or a workbook.</summary>
    File,

    /// <summary>A system that sends its changes by itself: nothing is fetched from it.</summary>
    Push,

    /// <summary>YPAREO, which the app reads by its API.</summary>
    Ypareo,
}

/// <summary>Reads the addresses that people copy from their browser.</summary>
public static partial class SourceAddress
{
    private const string Google = "docs.google.com";

    /// <summary>What to download for an address as somebody typed it: of a sheet, whichever of its addresses it is (to edit, to show,
    /// published, exported), the whole workbook with every tab.</summary>
    /// <returns>Null when it is no address, or not one of this kind.</returns>
    public static Uri? Download(SourceKind kind, string? typed)
    {
        var text = typed?.Trim() ?? "";
        if (kind == SourceKind.Calendar)
        {
            text = Webcal().Replace(text, "https://");
        }

        text = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        return !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0 ? null
            : kind == SourceKind.Sheet ? Workbook(address)
            : address;
    }

    private static Uri? Workbook(Uri address)
    {
        if (!address.Host.Equals(Google, StringComparison.OrdinalIgnoreCase) && !address.IsLoopback)
        {
            return null;
        }

        var (published, shared) = (Published().Match(address.AbsolutePath), Shared().Match(address.AbsolutePath));
        return published.Success ? new Uri(address, $"/spreadsheets/d/e/{published.Groups[1].Value}/pub?output=xlsx")
            : shared.Success ? new Uri(address, $"/spreadsheets/d/{shared.Groups[1].Value}/export?format=xlsx{KeyOf(address)}")
            : null;
    }

    // Sheets shared before 2021 open with a key of their own.
    private static string KeyOf(Uri address) =>
        ResourceKey().Match(address.Query) is { Success: true } key ? $"&resourcekey={key.Groups[1].Value}" : "";

    [GeneratedRegex(@"\A/spreadsheets/(?:u/\d+/)?d/e/([\w-]{20,})/pub(?:html)?\z")]
    private static partial Regex Published();

    [GeneratedRegex(@"\A/(?:a/[^/]+/)?spreadsheets/(?:u/\d+/)?d/([\w-]{20,})(?:/.*)?\z")]
    private static partial Regex Shared();

    [GeneratedRegex(@"\Awebcals?://", RegexOptions.IgnoreCase)]
    private static partial Regex Webcal();

    [GeneratedRegex(@"[?&]resourcekey=([\w-]+)")]
    private static partial Regex ResourceKey();
}
