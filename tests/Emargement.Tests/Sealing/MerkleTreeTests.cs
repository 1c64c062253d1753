using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Emargement.Domain.Sealing;

namespace Emargement.Tests.Sealing;

public sealed class MerkleTreeTests
{
    private static readonly Gen<byte[]> Hash = Gen.Byte.Array[32];
    private static readonly Gen<byte[][]> Hashes = Hash.Array[1, 70];

    [Fact]
    public void Every_leaf_climbs_to_the_root() =>
        Hashes.Sample(hashes =>
        {
            var tree = new MerkleTree(hashes);
            for (var i = 0; i < hashes.Length; i++)
            {
                MerkleTree.Verify(tree.Root, hashes[i], tree.PathOf(i)).ShouldBeTrue();
                tree.PathOf(i).Count.ShouldBeLessThanOrEqualTo(7);
            }
        });

    [Fact]
    public void One_flipped_bit_of_a_fact_its_path_or_the_root_is_refused() =>
        Gen.Select(Hashes, Gen.Int[0, int.MaxValue], Gen.Int[0, 31], Gen.Int[0, 7]).Sample((hashes, pick, at, bit) =>
        {
            var tree = new MerkleTree(hashes);
            var index = pick % hashes.Length;
            var path = tree.PathOf(index);

            MerkleTree.Verify(tree.Root, Flip(hashes[index], at, bit), path).ShouldBeFalse();
            MerkleTree.Verify(Flip(tree.Root, at, bit), hashes[index], path).ShouldBeFalse();
            for (var step = 0; step < path.Count; step++)
            {
                var altered = path.ToArray();
                altered[step] = altered[step] with { Hash = Flip(altered[step].Hash, at, bit) };
                MerkleTree.Verify(tree.Root, hashes[index], altered).ShouldBeFalse();
            }
        });

    [Fact]
    public void A_fact_added_removed_or_moved_gives_another_root() =>
        Gen.Select(Hash.Array[2, 40], Hash).Sample((hashes, more) =>
        {
            var root = new MerkleTree(hashes).Root;

            new MerkleTree([.. hashes, more]).Root.ShouldNotBe(root);
            new MerkleTree(hashes[1..]).Root.ShouldNotBe(root);
            new MerkleTree([.. hashes[1..], hashes[0]]).Root.ShouldNotBe(root);
        });

    [Fact]
    public void An_inner_node_cannot_pass_for_a_leaf()
    {
        byte[][] hashes = [Sha("a"), Sha("b"), Sha("c"), Sha("d")];
        var tree = new MerkleTree(hashes);
        var top = tree.PathOf(0)[^1].Hash;

        // Without the leaf prefix, the node over c and d would be accepted in the place of a fact, one step from the root.
        MerkleTree.Verify(tree.Root, top, [new MerkleStep(true, tree.PathOf(3)[^1].Hash)]).ShouldBeFalse();
    }

    [Fact]
    public void The_shape_is_that_of_rfc_6962()
    {
        byte[] a = Sha("a"), b = Sha("b"), c = Sha("c");
        var expected = Node(Node(Leaf(a), Leaf(b)), Leaf(c));

        new MerkleTree([a, b, c]).Root.ShouldBe(expected);
        new MerkleTree([a]).Root.ShouldBe(Leaf(a));
        Convert.ToHexStringLower(new MerkleTree([]).Root).ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    private static byte[] Sha(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static byte[] Leaf(byte[] hash) => SHA256.HashData([0, .. hash]);

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    private static byte[] Flip(byte[] source, int at, int bit)
    {
        var copy = (byte[])source.Clone();
        copy[at] ^= (byte)(1 << bit);
        return copy;
    }
}
