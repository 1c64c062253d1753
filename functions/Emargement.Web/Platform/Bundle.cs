using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Emargement.Web.Platform;

/// <summary>A script, style or font as it is sent: its bytes never change under one name.</summary>
public sealed record Asset(string FileName, string ContentType, byte[] Content);

/// <summary>
/// The bundled scripts, styles and fonts embedded in this assembly; names carry a hash
/// of their content (<c>site-3F2K7Q1A.css</c>).
/// </summary>
public static partial class Bundle
{
    private const string Prefix = "assets/";

    private static readonly FrozenDictionary<string, Asset> ByFileName = Load();

    private static readonly FrozenDictionary<string, string> UrlByName = ByFileName.Keys
        .Where(file => !file.StartsWith("chunk-", StringComparison.Ordinal))
        .ToFrozenDictionary(file => Hash().Replace(file, ""), file => $"/{Prefix}{file}");

    public static Asset? Find(string fileName) => ByFileName.GetValueOrDefault(fileName);

    /// <summary>Address of <c>site.css</c>, <c>session.js</c>…</summary>
    public static string Url(string name) => UrlByName[name];

    private static FrozenDictionary<string, Asset> Load()
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
            })
            .ToFrozenDictionary(asset => asset.FileName, StringComparer.Ordinal);
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
