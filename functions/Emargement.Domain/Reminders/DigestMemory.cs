using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Emargement.Domain.Reminders;

/// <summary>What managers were told of in their last digest, so that the next one is written only when something of it is new.</summary>
/// <param name="Day">Local day on which it was decided.</param>
/// <param name="Wanted">Whether something was new that day.</param>
/// <param name="Known">What waited then: four bytes of the hash of each name, in order.</param>
public sealed record DigestMemory(DateOnly Day, bool Wanted, IReadOnlyList<uint> Known)
{
    /// <param name="before">What was known; null when nothing was ever told, or what was told reached nobody.</param>
    /// <param name="things">Names of all that waits now.</param>
    public static DigestMemory Of(DigestMemory? before, DateOnly today, IEnumerable<string> things)
    {
        List<uint> now = [.. things.Select(Short).Distinct().Order()];
        var known = before?.Known.ToHashSet() ?? [];
        return new DigestMemory(today, now.Any(n => !known.Contains(n)), now);
    }

    private static uint Short(string name) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
