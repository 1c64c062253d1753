using System.Security.Cryptography;

namespace Emargement.Domain.Sealing;

/// <summary>One step from a leaf towards the root: the neighbour's hash and the side on which it stands.</summary>
/// <param name="Left">True when the neighbour is hashed before what has been computed so far.</param>
/// <param name="Hash">32 bytes.</param>
public sealed record MerkleStep(bool Left, byte[] Hash);

/// <summary>
/// A SHA-256 Merkle tree shaped as RFC 6962 section 2.1: a leaf is SHA-256(0x00 ‖ data), a node SHA-256(0x01 ‖ left ‖ right), and a tree of
/// n leaves is cut at the largest power of two below n. The two prefixes keep a node from being passed off as a leaf.
/// Here the data of a leaf are the 32 bytes of a fact's own SHA-256, so that a fact can be proven without showing the others.
/// </summary>
public sealed class MerkleTree
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private readonly byte[][] _leaves;

    /// <param name="factHashes">The SHA-256 of each fact, in the order in which the evidence lists them.</param>
    public MerkleTree(IEnumerable<byte[]> factHashes)
    {
        _leaves = [.. factHashes.Select(Leaf)];
        Root = RootOf(_leaves);
    }

    /// <summary>32 bytes. The root of no leaf is the SHA-256 of nothing.</summary>
    public byte[] Root { get; }

    /// <summary>The steps from the leaf at <paramref name="index"/> (zero-based) up to the root; none when it is alone.</summary>
    public IReadOnlyList<MerkleStep> PathOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _leaves.Length);
        var steps = new List<MerkleStep>();
        Climb(_leaves, index, steps);
        return steps;
    }

    /// <summary>True when <paramref name="factHash"/> and its path give this root.</summary>
    public static bool Verify(ReadOnlySpan<byte> root, byte[] factHash, IEnumerable<MerkleStep> path)
    {
        var hash = Leaf(factHash);
        foreach (var step in path)
        {
            hash = step.Left ? Node(step.Hash, hash) : Node(hash, step.Hash);
        }

        return root.SequenceEqual(hash);
    }

    private static void Climb(ReadOnlySpan<byte[]> part, int index, List<MerkleStep> steps)
    {
        if (part.Length == 1)
        {
            return;
        }

        var cut = Cut(part.Length);
        if (index < cut)
        {
            Climb(part[..cut], index, steps);
            steps.Add(new MerkleStep(false, RootOf(part[cut..])));
        }
        else
        {
            Climb(part[cut..], index - cut, steps);
            steps.Add(new MerkleStep(true, RootOf(part[..cut])));
        }
    }

    private static byte[] RootOf(ReadOnlySpan<byte[]> part) => part.Length switch
    {
        0 => SHA256.HashData([]),
        1 => part[0],
        _ => Node(RootOf(part[..Cut(part.Length)]), RootOf(part[Cut(part.Length)..])),
    };

    private static int Cut(int length) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length) / 2;

    private static byte[] Leaf(byte[] data) => SHA256.HashData([LeafPrefix, .. data]);

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([NodePrefix, .. left, .. right]);
}
