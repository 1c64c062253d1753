using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;
using Emargement.Functions.Sealing.Pdf;
using Emargement.Functions.Sealing.Structure;

namespace Emargement.Functions.Sealing.Seal;

/// <summary>What the signature says of itself, readable in any viewer.</summary>
/// <param name="At">The claimed time; a timestamp proves it.</param>
/// <param name="Contact">The verification page.</param>
/// <param name="Place">Where on the first page a click shows the signature, in points from the lower left corner; null for an invisible
/// field.</param>
public sealed record SealStatement(
    DateTimeOffset At, string Name, string Reason, Uri Contact, (int Left, int Bottom, int Right, int Top)? Place);

/// <param name="Level">B-T with a timestamp inside the signature, B-B without.</param>
/// <param name="TimestampedAt">The authority's time; null at B-B.</param>
/// <param name="TimestampFailure">Why there is no timestamp; null at B-T and when no authority is configured.</param>
public sealed record SealedPdf(byte[] Bytes, string Level, DateTimeOffset? TimestampedAt, string? TimestampFailure);

/// <summary>
/// Seals a PDF with a PAdES baseline signature (ETSI EN 319 142-1): an incremental update with a signature dictionary ETSI.CAdES.detached
/// over the whole file but the signature itself, and a timestamp over the signature when an authority answers.
/// </summary>
public sealed class PdfSeal(CmsSeal cms, TimestampClient timestamps)
{
    public const string Basic = "B-B";
    public const string Timestamped = "B-T";

    // Tokens with their certificates are of 3 to 6 KB; a larger one is given the room that it needs by sealing once more.
    private const int RoomForTimestamp = 8 * 1024;
    private const int Slack = 64;
    private const int RangeWidth = 48;

    /// <exception cref="InvalidDataException">The PDF's structure cannot be read.</exception>
    public async Task<SealedPdf> SealAsync(byte[] pdf, SealStatement statement, CancellationToken cancellation)
    {
        var room = cms.Sign(pdf).Encode().Length + Slack + (timestamps.Configured ? RoomForTimestamp : 0);
        while (true)
        {
            var (file, gap) = Prepare(pdf, statement, room);
            var signed = cms.Sign([.. file.AsSpan(0, gap), .. file.AsSpan(gap + (2 * room) + 2)]);
            var answer = timestamps.Configured
                ? await timestamps.ForSignatureAsync(signed.SignerInfos[0], cancellation)
                : new TimestampAnswer(null, null);
            if (answer.Token is { } token)
            {
                signed.SignerInfos[0].AddUnsignedAttribute(new AsnEncodedData(CmsSeal.SignatureTimestamp, token.AsSignedCms().Encode()));
            }

            var signature = signed.Encode();
            if (signature.Length > room)
            {
                room = signature.Length + Slack;
                continue;
            }

            Encoding.ASCII.GetBytes(Convert.ToHexString(signature)).CopyTo(file, gap + 1);
            return new(file, answer.Token is null ? Basic : Timestamped, answer.Token?.TokenInfo.Timestamp, answer.Failure);
        }
    }

    /// <summary>
    /// The updated file with an empty signature of <paramref name="room"/> bytes, and where its opening angle bracket is.
    /// </summary>
    private static (byte[] File, int Gap) Prepare(byte[] pdf, SealStatement statement, int room)
    {
        var source = new PdfFile(pdf);
        if (source.IsEncrypted)
        {
            throw PdfSyntax.Malformed();
        }

        var update = new PdfUpdate(pdf, source);
        var page = PdfPages.First(source);
        var (signature, field) = (update.Reserve(), update.Reserve());
        update.Set(signature, Invariant(
            $"""
            << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached
            /Name {PdfObjects.Text(statement.Name)} /Reason {PdfObjects.Text(statement.Reason)}
            /ContactInfo {PdfObjects.Text(statement.Contact.AbsoluteUri)} /M {PdfObjects.Date(statement.At)}
            /ByteRange [{new string(' ', RangeWidth)}] /Contents <{new string('0', 2 * room)}> >>
            """));
        var form = new SealedForm(source, update);
        update.Set(field, Field(update, statement, source.ReferenceTo(page), signature, form.FreeName()));
        form.Add(field, page);
        var (file, at) = update.Write(signature);
        return (file, Locate(file, at, room));
    }

    private static string Field(PdfUpdate update, SealStatement statement, string page, int signature, string title)
    {
        var (left, bottom, right, top) = statement.Place ?? default;
        var appearance = update.Reserve();
        // What the seal says is printed on the page itself; the field only makes it answer to a click.
        update.Set(
            appearance,
            Invariant($"<< /Type /XObject /Subtype /Form /BBox [0 0 {right - left} {top - bottom}] /Length 0 >>\nstream\n\nendstream"));
        return Invariant(
            $"""
            << /Type /Annot /Subtype /Widget /FT /Sig /T {PdfObjects.Text(title)} /F 132 /Rect [{left} {bottom} {right} {top}]
            /P {page} /V {signature} 0 R /AP << /N {appearance} 0 R >> >>
            """);
    }

    /// <summary>Writes the byte range of the signature that begins there in the spaces left: its numbers are known only now.</summary>
    private static int Locate(byte[] file, int from, int room)
    {
        var range = from + file.AsSpan(from).IndexOf("/ByteRange ["u8) + "/ByteRange ["u8.Length;
        var gap = range + file.AsSpan(range).IndexOf("/Contents <"u8) + "/Contents "u8.Length;
        var after = gap + (2 * room) + 2;
        Encoding.ASCII.GetBytes(Invariant($"0 {gap} {after} {file.Length - after}")).CopyTo(file, range);
        return gap;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
