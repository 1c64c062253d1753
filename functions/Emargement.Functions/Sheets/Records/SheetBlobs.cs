using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sealing;

namespace Emargement.Functions.Sheets.Records;

/// <summary>
/// Sealed sheets, their evidence and the timestamps obtained apart. Each is written once, on condition that it is not there; the PDF's
/// metadata hold its record, so that a process killed before it wrote the row loses nothing.
/// Names: <c>sheets/{org}/{yyyy}/{MM}/{session}.pdf</c>, <c>{session}~v2.pdf</c>, <c>{session}~v1.tst</c>,
/// <c>evidence/{org}/{yyyy}/{MM}/{session}~v1~{root}.json</c>
/// (a reference's key never holds a <c>~</c> before a <c>v</c>).
/// </summary>
public sealed class SheetBlobs(SealedDocuments documents)
{
    /// <summary>Stores the PDF if there is none for this version.</summary>
    /// <returns>The record of what is stored: this one, or that of whoever was first.</returns>
    public async Task<SheetRecord> StoreOnceAsync(
        OrganisationId organisation, SheetRecord record, byte[] pdf, CancellationToken cancellation)
    {
        var name = PdfName(organisation, record.Session, record.Version);
        var stored = await documents.StoreOnceAsync(name, pdf, Metadata(record), cancellation);
        return FromMetadata(record.Session, record.Version, stored.Metadata, stored.Sha256);
    }

    public Task StoreEvidenceAsync(
        OrganisationId organisation, SessionId session, int version, string root, byte[] evidence, CancellationToken cancellation) =>
        documents.StoreEvidenceAsync(Evidence(organisation, session, version, root), evidence, cancellation);

    /// <returns>False when there is one already.</returns>
    public Task<bool> TryStoreStampAsync(
        OrganisationId organisation, SessionId session, int version, byte[] token, CancellationToken cancellation) =>
        documents.TryStoreBesideAsync(Stamp(organisation, session, version), token, "application/timestamp-reply", cancellation);

    public Task<byte[]?> ReadPdfAsync(
        OrganisationId organisation, SessionId session, int version, CancellationToken cancellation) =>
        documents.ReadAsync(PdfName(organisation, session, version), cancellation);

    public Task<byte[]?> ReadEvidenceAsync(OrganisationId organisation, SheetRecord record, CancellationToken cancellation) =>
        documents.ReadEvidenceAsync(Evidence(organisation, record.Session, record.Version, record.Root), cancellation);

    public Task<byte[]?> ReadStampAsync(
        OrganisationId organisation, SessionId session, int version, CancellationToken cancellation) =>
        documents.ReadAsync(Stamp(organisation, session, version), cancellation);

    /// <summary>Deletes the sheets of Sessions of one month, every version, with evidence and timestamps. Their rows stay.</summary>
    public Task<DeletedBlobs> DeleteAsync(
        OrganisationId organisation, YearMonth month, IReadOnlySet<SessionId> sessions, CancellationToken cancellation) =>
        documents.DeleteAsync(
            string.Create(CultureInfo.InvariantCulture, $"{organisation}/{month.FirstDay:yyyy}/{month.FirstDay:MM}/"),
            name => SessionId.TryParse(SessionOf(name), out var session) && sessions.Contains(session),
            cancellation);

    // A reference's key holds no "~v": after '~' come hexadecimal digits.
    private static string SessionOf(string name) =>
        name.IndexOf("~v", StringComparison.Ordinal) is var at and > 0 ? name[..at] : Path.GetFileNameWithoutExtension(name);

    private static Dictionary<string, string> Metadata(SheetRecord record)
    {
        // Metadata are HTTP headers: ASCII only, and no empty value.
        var metadata = new Dictionary<string, string>
        {
            ["code"] = record.Code.Value,
            ["root"] = record.Root,
            ["facts"] = record.Facts.ToString(CultureInfo.InvariantCulture),
            ["signed"] = record.Signed.ToString(CultureInfo.InvariantCulture),
            ["expected"] = record.Expected.ToString(CultureInfo.InvariantCulture),
            ["level"] = record.Level,
            ["sealedby"] = Uri.EscapeDataString(record.SealedBy),
            ["sealedat"] = record.SealedAt.ToString("O", CultureInfo.InvariantCulture),
            ["development"] = record.Development ? "true" : "false",
        };
        foreach (var (name, value) in new[]
        {
            ("supersedes", record.Supersedes),
            ("timestampedat", record.TimestampedAt?.ToString("O", CultureInfo.InvariantCulture)),
            ("timestampfailure", record.TimestampFailure),
            ("scan", record.Scan),
        })
        {
            if (value is not null)
            {
                metadata[name] = value;
            }
        }

        return metadata;
    }

    private static SheetRecord FromMetadata(
        SessionId session, int version, IDictionary<string, string> metadata, string sha256) => new()
        {
            Session = session,
            Version = version,
            Code = VerificationCode.TryParse(metadata["code"], out var code)
            ? code
            : throw new FormatException($"The stored sheet of {session} has no code."),
            Sha256 = sha256,
            Supersedes = metadata.TryGetValue("supersedes", out var before) ? before : null,
            Root = metadata["root"],
            Facts = int.Parse(metadata["facts"], CultureInfo.InvariantCulture),
            Signed = int.Parse(metadata["signed"], CultureInfo.InvariantCulture),
            Expected = int.Parse(metadata["expected"], CultureInfo.InvariantCulture),
            Level = metadata["level"],
            SealedBy = Uri.UnescapeDataString(metadata["sealedby"]),
            SealedAt = Instant(metadata["sealedat"]),
            TimestampedAt = metadata.TryGetValue("timestampedat", out var at) ? Instant(at) : null,
            TimestampFailure = metadata.TryGetValue("timestampfailure", out var failure) ? failure : null,
            Development = metadata["development"] == "true",
            Scan = metadata.TryGetValue("scan", out var scan) ? scan : null,
        };

    private static DateTimeOffset Instant(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);

    /// <summary>Name of a version's PDF inside its container.</summary>
    internal static string PdfName(OrganisationId organisation, SessionId session, int version) =>
        Folder(organisation, session) + (version == 1 ? $"{session}.pdf" : string.Create(
            CultureInfo.InvariantCulture, $"{session}~v{version}.pdf"));

    private static string Stamp(OrganisationId organisation, SessionId session, int version) =>
        Folder(organisation, session) + string.Create(CultureInfo.InvariantCulture, $"{session}~v{version}.tst");

    private static string Evidence(OrganisationId organisation, SessionId session, int version, string root) =>
        Folder(organisation, session) + string.Create(CultureInfo.InvariantCulture, $"{session}~v{version}~{root[..16]}.json");

    private static string Folder(OrganisationId organisation, SessionId session) =>
        string.Create(CultureInfo.InvariantCulture, $"{organisation}/{session.Date:yyyy}/{session.Date:MM}/");
}
