using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Emargement.Domain.Sealing;

/// <param name="Key">The last part of the fact's row key.</param>
/// <param name="Json">The fact as stored: its exact UTF-8 bytes are what is hashed.</param>
/// <param name="Drawing">The drawn signature that the fact names by its hash; null when there is none.</param>
public sealed record EvidenceFact(string Key, byte[] Json, string? Drawing);

/// <summary>
/// The evidence that goes with a sheet: every fact as it was recorded, its SHA-256, its path to the Merkle root that the sheet prints, and
/// how to check them without us.
/// The same facts and version give the same bytes.
/// </summary>
public sealed record Evidence
{
    public const string Schema = "emargement-evidence/1";

    // Accents stay readable; the file is served as JSON only, never inside a page.
    private static readonly JsonWriterOptions Layout =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required string Organisation { get; init; }

    public required string Nda { get; init; }

    public required string Siret { get; init; }

    public required string Session { get; init; }

    public required int Version { get; init; }

    /// <summary>SHA-256 of the sheet's version before, lower-case hexadecimal; null for version 1.</summary>
    public required string? Supersedes { get; init; }

    /// <summary>Names of the people that the facts call by reference.</summary>
    public required IReadOnlyDictionary<string, string> People { get; init; }

    /// <summary>In the order of the tree's leaves.</summary>
    public required IReadOnlyList<EvidenceFact> Facts { get; init; }

    /// <summary>The tree over the facts' hashes.</summary>
    public static MerkleTree TreeOf(IEnumerable<EvidenceFact> facts) => new(facts.Select(fact => SHA256.HashData(fact.Json)));

    /// <summary>UTF-8 JSON, members always in the same order.</summary>
    public byte[] Write()
    {
        var tree = TreeOf(Facts);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Layout))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteStartObject("organisation");
            json.WriteString("name", Organisation);
            json.WriteString("nda", Nda);
            json.WriteString("siret", Siret);
            json.WriteEndObject();
            json.WriteString("session", Session);
            json.WriteNumber("version", Version);
            json.WriteString("supersedes", Supersedes);
            json.WriteString("root", Convert.ToHexStringLower(tree.Root));
            json.WriteStartObject("people");
            foreach (var (reference, name) in People.OrderBy(person => person.Key, StringComparer.Ordinal))
            {
                json.WriteString(reference, name);
            }

            json.WriteEndObject();
            json.WriteStartArray("facts");
            for (var i = 0; i < Facts.Count; i++)
            {
                WriteFact(json, Facts[i], tree.PathOf(i));
            }

            json.WriteEndArray();
            json.WriteStartArray("verifier");
            foreach (var step in Steps)
            {
                json.WriteStringValue(step);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static readonly string[] Steps =
    [
        "1. Pour chaque fait, l'empreinte SHA-256 (commande sha256sum) du texte de « json », en UTF-8 et sans rien ajouter, est « "
            + "sha256 ».",
        "2. L'empreinte SHA-256 de « drawing », s'il y en a un, est « drawingSha256 » dans le fait.",
        "3. La feuille de l'arbre est SHA-256(octet 00, puis les 32 octets de « sha256 »).",
        "4. En suivant « path » : si « side » est left, SHA-256(octet 01, « hash », valeur courante) ; si right, SHA-256(octet 01, "
            + "valeur courante, « hash »).",
        "5. La dernière valeur est « root », imprimée au pied de la feuille PDF, elle-même scellée : commande pdfsig, ou page de "
            + "vérification.",
    ];

    private static void WriteFact(Utf8JsonWriter json, EvidenceFact fact, IReadOnlyList<MerkleStep> path)
    {
        json.WriteStartObject();
        json.WriteString("key", fact.Key);
        json.WriteString("json", Encoding.UTF8.GetString(fact.Json));
        json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(fact.Json)));
        if (fact.Drawing is { } drawing)
        {
            json.WriteString("drawing", drawing);
        }

        json.WriteStartArray("path");
        foreach (var step in path)
        {
            json.WriteStartObject();
            json.WriteString("side", step.Left ? "left" : "right");
            json.WriteString("hash", Convert.ToHexStringLower(step.Hash));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
