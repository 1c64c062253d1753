using System.Buffers;
using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Sealing.Seal;

/// <summary>
/// Checks the signatures of any PDF from its bytes alone. Strict on purpose: the only bytes that a signature does not cover are its own, and these must be exactly
/// one signature in hexadecimal of one case, then zeros. So a changed byte is found wherever it stands.
/// Revocation and the authority's trust chain are not asked: that needs the network and a list of trusted authorities, and is left to the reader's own tools.
/// </summary>
public sealed partial class PdfVerifier(SealCertificate certificate)
{
    public const int LargestFile = 20 * 1024 * 1024;

    // Each one is hashed over the whole file: more than anybody signs, and few enough to refuse no one and tire nothing.
    private const int MostSignatures = 20;
    private static readonly SearchValues<byte> UpperCase = SearchValues.Create("0123456789ABCDEF"u8);
    private static readonly SearchValues<byte> LowerCase = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Refuses with body-too-large, not-a-pdf, pdf-encrypted or pdf-too-complex; else says what holds and what does not.</summary>
    public Result<PdfReport> Verify(byte[] pdf)
    {
        if (pdf.Length > LargestFile)
        {
            return Refusal.Of("body-too-large", RefusalKind.TooLarge, ("limit", LargestFile.ToString(CultureInfo.InvariantCulture)));
        }

        if (!pdf.AsSpan().StartsWith("%PDF-"u8))
        {
            return Refusal.BadInput("not-a-pdf");
        }

        if (Encryption().IsMatch(Encoding.Latin1.GetString(pdf)))
        {
            return Refusal.BadInput("pdf-encrypted");
        }

        var ranges = Ranges(pdf).Take(MostSignatures + 1).ToList();
        return ranges.Count > MostSignatures
            ? Refusal.BadInput("pdf-too-complex")
            : new PdfReport(Convert.ToHexStringLower(SHA256.HashData(pdf)), [.. ranges.Select(at => Check(pdf, at))]);
    }

    private static IEnumerable<int> Ranges(byte[] pdf)
    {
        var name = "/ByteRange"u8.ToArray();
        for (var at = pdf.AsSpan().IndexOf(name); at >= 0;)
        {
            yield return at;
            var next = pdf.AsSpan(at + 1).IndexOf(name);
            at = next < 0 ? -1 : at + 1 + next;
        }
    }

    private SignatureReport Check(byte[] pdf, int at)
    {
        if (!TryRange(pdf, at, out var gap, out var after, out var end))
        {
            return new() { Problem = "range-unreadable" };
        }

        var report = Said(pdf, at) with { CoversWholeFile = end == pdf.Length, BytesAfter = pdf.Length - end };
        // The signature's own bytes must follow its name, and the range must be among what it covers.
        if (!Contents().IsMatch(Encoding.Latin1.GetString(pdf, Math.Max(0, gap - 32), Math.Min(32, gap))) || (at >= gap && at < after) || at >= end)
        {
            return report with { Problem = "range-wrong" };
        }

        if (!TryContents(pdf.AsSpan(gap, after - gap), out var signature))
        {
            return report with { Problem = "contents-altered" };
        }

        return CmsCheck.Verify(report, signature, [.. pdf.AsSpan(0, gap), .. pdf.AsSpan(after, end - after)], certificate);
    }

    /// <summary>[0 gap after rest]: from the start to the gap, and from after it to an end that is not beyond the file's.</summary>
    private static bool TryRange(byte[] pdf, int at, out int gap, out int after, out int end)
    {
        (gap, after, end) = (0, 0, 0);
        var match = FourNumbers().Match(Encoding.Latin1.GetString(pdf, at, Math.Min(pdf.Length - at, 128)));
        if (!match.Success)
        {
            return false;
        }

        var numbers = match.Groups.Values.Skip(1).Select(group => long.Parse(group.Value, CultureInfo.InvariantCulture)).ToArray();
        if (numbers[0] != 0 || numbers[1] <= 0 || numbers[2] < numbers[1] + 4 || numbers[3] <= 0 || numbers[2] + numbers[3] > pdf.Length)
        {
            return false;
        }

        (gap, after, end) = ((int)numbers[1], (int)numbers[2], (int)(numbers[2] + numbers[3]));
        return true;
    }

    /// <summary>One DER object in hexadecimal digits of one case between angle brackets, then zeros.</summary>
    private static bool TryContents(ReadOnlySpan<byte> gap, out byte[] signature)
    {
        signature = [];
        var digits = gap[1..^1];
        if (gap[0] != '<' || gap[^1] != '>' || digits.Length % 2 != 0
            || (digits.IndexOfAnyExcept(UpperCase) >= 0 && digits.IndexOfAnyExcept(LowerCase) >= 0))
        {
            return false;
        }

        var bytes = Convert.FromHexString(Encoding.ASCII.GetString(digits));
        try
        {
            // BER: some signers write lengths that are not the shortest; what they mean is checked afterwards.
            AsnDecoder.ReadEncodedValue(bytes, AsnEncodingRules.BER, out _, out _, out var length);
            signature = bytes[..length];
            return bytes.AsSpan(length).IndexOfAnyExcept((byte)0) < 0;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>What the signature's dictionary says: claimed time and page. Read around the range, which stands in the same dictionary.</summary>
    private static SignatureReport Said(byte[] pdf, int at)
    {
        var from = Math.Max(0, at - 2048);
        var before = Encoding.Latin1.GetString(pdf, from, at - from);
        before = before[Math.Max(0, before.LastIndexOf(" obj", StringComparison.Ordinal))..];
        var nearby = before + Encoding.Latin1.GetString(pdf, at, Math.Min(pdf.Length - at, 512));
        return new()
        {
            ClaimedAt = ClaimedTime().Match(nearby) is { Success: true } time ? Parse(time) : null,
            Contact = ContactInfo().Match(nearby) is { Success: true } contact ? Encoding.BigEndianUnicode.GetString(Convert.FromHexString(contact.Groups[1].Value)) : null,
        };
    }

    private static DateTimeOffset? Parse(Match time)
    {
        var offset = time.Groups[2].Value.Replace('\'', ':').TrimEnd(':');
        var text = time.Groups[1].Value + (offset is "" or "Z" ? "+00:00" : offset);
        return DateTimeOffset.TryParseExact(text, "yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;
    }

    /// <summary>The trailer's entry of an encrypted file (ISO 32000-1, 7.6.1), which is never compressed. Looked for as text: an unknown file's structure is not followed.</summary>
    [GeneratedRegex(@"/Encrypt\s*(\d{1,10}\s+\d{1,5}\s+R|<<)")]
    private static partial Regex Encryption();

    [GeneratedRegex(@"\A/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")]
    private static partial Regex FourNumbers();

    [GeneratedRegex(@"/Contents\s*\z")]
    private static partial Regex Contents();

    [GeneratedRegex(@"/M\s*\(D:(\d{14})(Z|[+-]\d{2}'\d{2}'?)?\)")]
    private static partial Regex ClaimedTime();

    [GeneratedRegex("/ContactInfo <FEFF((?:[0-9A-F]{4}){1,300})>")]
    private static partial Regex ContactInfo();
}
