using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Emargement.Web.Platform;

/// <summary>A script, style or font as it is sent: its bytes never change under one name.</summary>
public sealed record Asset(string FileName, string ContentType, byte[] Content);

/// <summary>
/// The bundled scripts, styles, shapes and fonts embedded in this assembly, and the sentences of scripts; names carry a hash of their
/// content (<c>site-3F2K7Q1A.css</c>), so that browsers keep them.
/// </summary>
public static partial class Bundle
{
    private const string Prefix = "assets/";
    private const string SentencesOf = "sentences-";

    // A script's own file, never inside a page: accents stay one letter.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly FrozenDictionary<string, Asset> ByFileName = Load();

    private static readonly FrozenDictionary<string, string> UrlByName = ByFileName.Keys
        .Where(file => !file.StartsWith("chunk-", StringComparison.Ordinal))
        .ToFrozenDictionary(file => Hash().Replace(file, ""), file => $"/{Prefix}{file}");

    public static Asset? Find(string fileName) => ByFileName.GetValueOrDefault(fileName);

    /// <summary>Address of <c>site.css</c>, <c>session.js</c>…</summary>
    public static string Url(string name) => UrlByName[name];

    /// <summary>Address of the sentences that scripts say in one language.</summary>
    public static string Sentences(Texts texts) => UrlByName[$"{SentencesOf}{texts.Language}.js"];

    private static FrozenDictionary<string, Asset> Load() => Embedded()
        .Concat(Texts.Languages.Select(language => Said(Texts.For(language))))
        .ToFrozenDictionary(asset => asset.FileName, StringComparer.Ordinal);

    private static Asset Said(Texts texts)
    {
        var script = Encoding.UTF8.GetBytes($"globalThis.sentences={JsonSerializer.Serialize(texts.Under("script."), Readable)};");
        var name = $"{SentencesOf}{texts.Language}-{Convert.ToHexString(SHA256.HashData(script))[..8]}.js";
        return new Asset(name, ContentType(name), script);
    }

    private static IEnumerable<Asset> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                using var bytes = new MemoryStream();
                stream.CopyTo(bytes);
                return new Asset(name[Prefix.Length..], ContentType(name), bytes.ToArray());
            });
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".woff2" => "font/woff2",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    [GeneratedRegex("-[A-Z0-9]{8}(?=\\.[a-z0-9]+$)")]
    private static partial Regex Hash();
}
