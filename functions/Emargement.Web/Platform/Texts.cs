using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Web.Platform;

/// <summary>
/// Every sentence of one language, and its way of writing dates, hours and numbers. A
/// language is a file <c>Texts/{language}.json</c>: adding one needs no code.
/// </summary>
/// <remarks>Keys are flat (<c>today.title</c>). <c>{name}</c> is a placeholder. A key that
/// counts has two forms, <c>key.one</c> and <c>key.other</c>.</remarks>
public sealed partial class Texts
{
    /// <summary>The language of whoever asks for none that we have.</summary>
    public const string DefaultLanguage = "fr";

    private static readonly IReadOnlyDictionary<string, string> None = FrozenDictionary<string, string>.Empty;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static readonly FrozenDictionary<string, Texts> All = Load();

    private readonly FrozenDictionary<string, string> _sentences;

    // Without its culture data the machine would write every month in English: better not to start.
    private Texts(string language, FrozenDictionary<string, string> sentences) =>
        (Language, _sentences, Culture) = (
            language, sentences, CultureInfo.GetCultureInfo(sentences["language.tag"], predefinedOnly: true));

    /// <summary>Two-letter languages that the pages speak, the default first.</summary>
    public static IReadOnlyList<string> Languages { get; } =
        [DefaultLanguage, .. All.Keys.Where(l => l != DefaultLanguage).Order(StringComparer.Ordinal)];

    public string Language { get; }

    /// <summary>
    /// What <c>lang</c> attributes say (BCP 47), with the country where it changes the
    /// voice, the words or the plurals: <c>fr</c>, <c>pt-PT</c>.
    /// </summary>
    public string Tag => Culture.Name;

    public CultureInfo Culture { get; }

    public IEnumerable<string> Keys => _sentences.Keys;

    public static Texts Default => All[DefaultLanguage];

    /// <summary>The texts of a language (<c>en</c>, <c>en-GB</c>), or the default ones when it is unknown or null.</summary>
    public static Texts For(string? language) =>
        language is { Length: >= 2 } && All.TryGetValue(language[..2].ToLowerInvariant(), out var texts)
            && (language.Length == 2 || language[2] is '-' or '_')
            ? texts
            : Default;

    /// <summary>
    /// The best language for what a browser says: an explicit choice first, else the Accept-Language header in its own order.
    /// </summary>
    /// <param name="chosen">From the address or the cookie; ignored when we do not speak it.</param>
    /// <param name="acceptLanguage">Header value such as <c>de-DE,en;q=0.8,fr;q=0.5</c>.</param>
    public static string Choose(string? chosen, string? acceptLanguage)
    {
        if (chosen is not null && All.ContainsKey(chosen))
        {
            return chosen;
        }

        return (acceptLanguage ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Take(20)
            .Select(Weighed)
            .Where(l => l.Weight > 0 && All.ContainsKey(l.Language))
            .OrderByDescending(l => l.Weight)
            .Select(l => l.Language)
            .FirstOrDefault(DefaultLanguage);
    }

    /// <summary>A sentence with its placeholders filled in. An unknown key is a fault: a test finds it before a person does.</summary>
    public string this[string key, params (string Name, object Value)[] values] => Fill(_sentences[key], values);

    /// <summary>The form of a sentence that goes with a number, which fills <c>{count}</c>.</summary>
    public string Count(string key, int count, params (string Name, object Value)[] values) =>
        this[$"{key}.{(IsOne(count) ? "one" : "other")}", [("count", count), .. values]];

    public bool Has(string key) => _sentences.ContainsKey(key);

    /// <summary>Sentences under a prefix, without it, for a page's script: placeholders stay as they are.</summary>
    public IReadOnlyDictionary<string, string> Under(string prefix) =>
        _sentences.Where(s => s.Key.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(s => s.Key, StringComparer.Ordinal)
            .ToDictionary(s => s.Key[prefix.Length..], s => s.Value);

    /// <summary>
    /// The sentence for a refusal's code, and a general one for a code that has none. Among its
    /// values, instants (ISO 8601, UTC) are written as hours and dates as days.
    /// </summary>
    /// <param name="zone">The site's clock; Paris when nothing says otherwise.</param>
    public string Refusal(string code, IReadOnlyDictionary<string, string>? args = null, SiteZone? zone = null)
    {
        var key = $"refusal.{code}";
        return Has(key)
            ? Fill(_sentences[key], (args ?? None).Select(a => (a.Key, (object)Readable(a.Value, zone ?? SiteZone.Paris))))
            : this["error.general"];
    }

    private string Readable(string value, SiteZone zone) =>
        DateTimeOffset.TryParseExact(value, "yyyy-MM-ddTHH:mm:ssZ", Invariant, DateTimeStyles.AssumeUniversal, out var instant)
            ? this.Hour(instant, zone)
        : DateOnly.TryParseExact(value, "yyyy-MM-dd", Invariant, DateTimeStyles.None, out var date) ? this.Day(date)
        : YearMonth.TryParse(value, out var month) ? month.FirstDay.ToString("MMMM yyyy", Culture)
        : value;

    // French counts 0 as one (« 0 signature »); German, English, Spanish, Italian and the Portuguese of Portugal do not.
    private bool IsOne(int count) => count == 1 || (count == 0 && Language == "fr");

    private string Fill(string sentence, IEnumerable<(string Name, object Value)> values)
    {
        var given = values.DistinctBy(v => v.Name).ToDictionary(v => v.Name, v => v.Value);

        // In one pass: what a value says is never a placeholder.
        return Placeholder().Replace(sentence, found =>
            given.TryGetValue(found.Groups[1].Value, out var value) ? Convert.ToString(value, Culture) ?? "" : found.Value);
    }

    private static (string Language, double Weight) Weighed(string part)
    {
        var match = LanguageRange().Match(part);
        return match.Success
            ? (match.Groups[1].Value.ToLowerInvariant(), match.Groups[2].Success ? double.Parse(match.Groups[2].Value, Invariant) : 1)
            : ("", 0);
    }

    private static FrozenDictionary<string, Texts> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Select(name => TextFile().Match(name))
            .Where(match => match.Success)
            .ToFrozenDictionary(match => match.Groups[1].Value, match =>
            {
                using var stream = assembly.GetManifestResourceStream(match.Value)!;
                var sentences = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
                return new Texts(match.Groups[1].Value, sentences.ToFrozenDictionary(StringComparer.Ordinal));
            });
    }

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("^texts/([a-z]{2})\\.json$")]
    private static partial Regex TextFile();

    [GeneratedRegex("^([A-Za-z]{2})(?:-[A-Za-z0-9-]+)?(?:\\s*;\\s*q=([01](?:\\.[0-9]{1,3})?))?$")]
    private static partial Regex LanguageRange();
}
