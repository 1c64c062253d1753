using System.Security.Cryptography;
using System.Text.Json;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions;

/// <summary>
/// The one written form of a fact: UTF-8 JSON, no white space, properties in declared order, nulls left out, instants as
/// yyyy-MM-ddTHH:mm:ss.fffffffZ.
/// </summary>
public static class FactJson
{
    public static byte[] Write(Fact fact) => JsonSerializer.SerializeToUtf8Bytes(fact, CanonicalJson.Options);

    public static Fact Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<Fact>(json, CanonicalJson.Options) ?? throw new FormatException("A fact is a JSON object with a kind.");

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    public static Fact Read(string json) =>
        JsonSerializer.Deserialize<Fact>(json, CanonicalJson.Options) ?? throw new FormatException("A fact is a JSON object with a kind.");

    /// <summary>The fact as it stays when its term is over: a name that was typed for a signature is gone, references and hashes
    /// stay.</summary>
    public static byte[] WithoutNames(ReadOnlySpan<byte> json) =>
        CanonicalJson.Without(json, (name, _) => name == "typedName" ? false : null);

    /// <summary>SHA-256 of the written form: the leaf of the sheet's Merkle tree.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> json) => SHA256.HashData(json);
}
