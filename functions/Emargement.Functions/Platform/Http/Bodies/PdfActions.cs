using System.Globalization;

namespace Emargement.Functions.Platform.Http.Bodies;

/// <summary>Whether a PDF says that it does something when it is opened: a scan of a paper form is pictures and nothing else.</summary>
internal static class PdfActions
{
    // PDF 32000-1, 7.3.5 and 12.6: names of what runs, starts, sends or carries files. A name may write any character as #hh.
    private static readonly string[] Names =
        ["JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "SubmitForm", "ImportData", "RichMedia", "XFA", "OpenAction", "AA"];

    /// <summary>Looks at every name outside of compressed streams; readers run nothing that is hidden in a picture.</summary>
    public static bool Has(ReadOnlySpan<byte> pdf)
    {
        for (var at = pdf.IndexOf((byte)'/'); at >= 0;)
        {
            var rest = pdf[(at + 1)..];
            if (Names.Contains(NameOf(rest), StringComparer.Ordinal))
            {
                return true;
            }

            var next = rest.IndexOf((byte)'/');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private static string NameOf(ReadOnlySpan<byte> text)
    {
        Span<char> name = stackalloc char[16];
        var length = 0;
        for (var at = 0; at < text.Length && length < name.Length; at++)
        {
            var one = (char)text[at];
            if (one == '#' && at + 2 < text.Length && byte.TryParse(
                text.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var written))
            {
                one = (char)written;
                at += 2;
            }

            if (!char.IsAsciiLetterOrDigit(one))
            {
                break;
            }

            name[length++] = one;
        }

        return new string(name[..length]);
    }
}
