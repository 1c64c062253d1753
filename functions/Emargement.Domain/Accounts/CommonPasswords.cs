using System.Security.Cryptography;
using System.Text;

namespace Emargement.Domain.Accounts;

/// <summary>
/// The passwords that anybody would try first: some 29,600 of the commonest, 12,000 of them of 12 characters and more (OWASP ASVS 5.0,
/// 6.2.4 asks for 3,000, and 6.2.12 for what has leaked). They come with the app, as the first five bytes of a SHA-256 each; what makes
/// the file, and from which lists, is <c>.ci/common-passwords</c>. One in a hundred million others is taken for one of them.
/// </summary>
internal static class CommonPasswords
{
    private const int Bytes = 5;

    private static readonly Lazy<byte[]> Sorted = new(Read);

    /// <param name="bare">Letters and digits of a password, small, without accents.</param>
    public static bool Contains(string bare)
    {
        var wanted = SHA256.HashData(Encoding.UTF8.GetBytes(bare)).AsSpan(0, Bytes);
        var hashes = Sorted.Value.AsSpan();
        for (int first = 0, last = (hashes.Length / Bytes) - 1; first <= last;)
        {
            var middle = (first + last) / 2;
            var order = wanted.SequenceCompareTo(hashes.Slice(middle * Bytes, Bytes));
            if (order == 0)
            {
                return true;
            }

            (first, last) = order < 0 ? (first, middle - 1) : (middle + 1, last);
        }

        return false;
    }

    private static byte[] Read()
    {
        using var file = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.bin")!;
        var hashes = new byte[file.Length];
        file.ReadExactly(hashes);
        return hashes;
    }
}
