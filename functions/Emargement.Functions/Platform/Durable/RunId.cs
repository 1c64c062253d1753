using System.Security.Cryptography;
using System.Text;

namespace Emargement.Functions.Platform.Durable;

/// <summary>Ids of runs that name what they do by references, which may be long: the Durable extension takes ids of 256 characters at
/// most, and a reference of a hundred letters with accents is one of six hundred.</summary>
public static class RunId
{
    /// <summary>Room for what an id is followed by, such as an instant.</summary>
    public const int MostCharacters = 200;

    private const int Kept = 160;

    /// <returns>The id itself, or the start of one that is too long, and a hash of the whole.</returns>
    public static string Of(string id) => id.Length <= MostCharacters
        ? id
        : $"{id[..Kept]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16))}";
}
