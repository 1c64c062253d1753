using System.Buffers;
using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Emargement.Domain.Platform;
using Emargement.Functions.Sealing.Structure;

namespace Emargement.Functions.Sealing.Seal;

/// <summary>
/// Checks the signatures of any PDF from its bytes alone. Strict on purpose: the only bytes that a signature does not cover are its own,
/// and these must be exactly one signature in hexadecimal of one case, then zeros. So a changed byte is found wherever it stands.
/// Revocation and the authority's trust chain are not asked: that needs the network and a list of trusted authorities, and is left to the
/// reader's own tools.
/// </summary>
public sealed partial class PdfVerifier(SealCertificate certificate)
{
    public const int LargestFile = 20 * 1024 * 1024;

    // Each one is hashed over the whole file: more than anybody signs, and few enough to refuse no one and tire nothing.
    private const int MostSignatures = 20;
    private static readonly SearchValues<byte> UpperCase = SearchValues.Create("0123456789ABCDEF"u8);
    private static readonly SearchValues<byte> LowerCase = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Refuses with body-too-large, not-a-pdf, pdf-encrypted or pdf-too-complex; else says what holds and what does not.</summary>
    public Result<PdfReport> Verify(ReadOnlyMemory<byte> file)
    {
        var pdf = file.Span;
        if (pdf.Length > LargestFile)
        {
            return Refusal.Of("body-too-large", RefusalKind.TooLarge, ("limit", LargestFile.ToString(CultureInfo.InvariantCulture)));
        }

        if (!pdf.StartsWith("%PDF-"u8))
        {
            return Refusal.BadInput("not-a-pdf");
        }

        var structure = Structure(file);
        if (structure is { IsEncrypted: true })
        {
            return Refusal.BadInput("pdf-encrypted");
        }

        var signatures = PdfSignatures.Find(pdf, structure, MostSignatures);
        if (signatures.Count > MostSignatures)
        {
            return Refusal.BadInput("pdf-too-complex");
        }

        var reports = new List<SignatureReport>();
        foreach (var signature in signatures)
        {
            var report = signature is { } readable ? Check(pdf, readable) : new() { Problem = "range-unreadable" };
            reports.Add(structure is null ? report with { Problem = report.Problem ?? "structure-unreadable" } : report);
        }

        return new PdfReport(Convert.ToHexStringLower(SHA256.HashData(pdf)), reports);
    }

    private static PdfFile? Structure(ReadOnlyMemory<byte> pdf)
    {
        try
        {
            return new PdfFile(pdf);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private SignatureReport Check(ReadOnlySpan<byte> pdf, PdfSignature signature)
    {
        if (!TryRange(pdf, signature.ByteRange, out var gap, out var after, out var end))
        {
            return new() { Problem = "range-unreadable" };
        }

        var report = Said(pdf, signature) with { CoversWholeFile = end == pdf.Length, BytesAfter = pdf.Length - end };
        // What is not covered is the signature's own bytes, and the range is among what is.
        if (!signature.Contents.Equals(gap..after) || signature.ByteRange.Start.Value >= end)
        {
            return report with { Problem = "range-wrong" };
        }

        return TryContents(pdf[gap..after], out var cms)
            ? CmsCheck.Verify(report, cms, pdf[..gap], pdf[after..end], certificate)
            : report with { Problem = "contents-altered" };
    }

    /// <summary>[0 gap after rest]: from the start to the gap, and from after it to an end that is not beyond the file's.</summary>
    private static bool TryRange(ReadOnlySpan<byte> pdf, Range range, out int gap, out int after, out int end)
    {
        (gap, after, end) = (0, 0, 0);
        var match = FourNumbers().Match(Text(pdf, range));
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

        var bytes = Convert.FromHexString(digits);
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

    /// <summary>What the signature's dictionary says: claimed time and page.</summary>
    private static SignatureReport Said(ReadOnlySpan<byte> pdf, PdfSignature signature) => new()
    {
        ClaimedAt = ClaimedTime().Match(Text(pdf, signature.Claimed)) is { Success: true } time ? Parse(time) : null,
        Contact = ContactInfo().Match(Text(pdf, signature.Contact)) is { Success: true } contact
            ? Encoding.BigEndianUnicode.GetString(Convert.FromHexString(contact.Groups[1].Value))
            : null,
    };

    /// <summary>The entry as it is written, unless it is longer than any that is understood.</summary>
    private static string Text(ReadOnlySpan<byte> pdf, Range entry) =>
        pdf[entry] is { Length: < 2048 } text ? Encoding.Latin1.GetString(text) : "";

    private static DateTimeOffset? Parse(Match time)
    {
        var offset = time.Groups[2].Value.Replace('\'', ':').TrimEnd(':');
        var text = time.Groups[1].Value + (offset is "" or "Z" ? "+00:00" : offset);
        return DateTimeOffset.TryParseExact(text, "yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at
            : null;
    }

    [GeneratedRegex(@"\A\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]\z")]
    private static partial Regex FourNumbers();

    [GeneratedRegex(@"\A\(D:(\d{14})(Z|[+-]\d{2}'\d{2}'?)?\)\z")]
    private static partial Regex ClaimedTime();

    [GeneratedRegex(@"\A<FEFF((?:[0-9A-F]{4}){1,300})>\z")]
    private static partial Regex ContactInfo();
}
