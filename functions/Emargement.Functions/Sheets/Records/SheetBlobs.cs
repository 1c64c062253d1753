using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sheets.Records;

/// <summary>
/// Sealed sheets, their evidence and the timestamps obtained apart. Each is written once, on condition that it is not there; the PDF's
/// metadata hold its record, so that a process killed before it wrote the row loses nothing.
/// Names: <c>sheets/{org}/{yyyy}/{MM}/{session}.pdf</c>, <c>{session}~v2.pdf</c>, <c>{session}~v1.tst</c>,
/// <c>evidence/{org}/{yyyy}/{MM}/{session}~v1~{root}.json</c>
/// (a reference's key never holds a <c>~</c> before a <c>v</c>).
/// </summary>
public sealed class SheetBlobs(AppStorage storage)
{
    private const string Sheets = "sheets";
    private const string EvidenceContainer = "evidence";

    /// <summary>Stores the PDF if there is none for this version.</summary>
    /// <returns>The record of what is stored: this one, or that of whoever was first.</returns>
    public async Task<SheetRecord> StoreOnceAsync(
        OrganisationId organisation, SheetRecord record, byte[] pdf, CancellationToken cancellation)
    {
        var blob = (await storage.ContainerAsync(Sheets)).GetBlobClient(PdfName(organisation, record.Session, record.Version));
        if (await TryUploadAsync(blob, pdf, "application/pdf", Metadata(record), cancellation))
        {
            return record;
        }

        var stored = (await blob.DownloadContentAsync(cancellation)).Value;
        return FromMetadata(record.Session, record.Version, stored.Details.Metadata, stored.Content);
    }

    public async Task StoreEvidenceAsync(
        OrganisationId organisation, SessionId session, int version, string root, byte[] evidence, CancellationToken cancellation)
    {
        var blob = (await storage.ContainerAsync(EvidenceContainer)).GetBlobClient(Evidence(organisation, session, version, root));
        await TryUploadAsync(blob, evidence, "application/json", null, cancellation);
    }

    /// <returns>False when there is one already.</returns>
    public async Task<bool> TryStoreStampAsync(
        OrganisationId organisation, SessionId session, int version, byte[] token, CancellationToken cancellation)
    {
        var blob = (await storage.ContainerAsync(Sheets)).GetBlobClient(Stamp(organisation, session, version));
        return await TryUploadAsync(blob, token, "application/timestamp-reply", null, cancellation);
    }

    public async Task<byte[]?> ReadPdfAsync(OrganisationId organisation, SessionId session, int version, CancellationToken cancellation) =>
        await ReadAsync(Sheets, PdfName(organisation, session, version), cancellation);

    public async Task<byte[]?> ReadEvidenceAsync(OrganisationId organisation, SheetRecord record, CancellationToken cancellation) =>
        await ReadAsync(EvidenceContainer, Evidence(organisation, record.Session, record.Version, record.Root), cancellation);

    public async Task<byte[]?> ReadStampAsync(
        OrganisationId organisation, SessionId session, int version, CancellationToken cancellation) =>
        await ReadAsync(Sheets, Stamp(organisation, session, version), cancellation);

    private async Task<byte[]?> ReadAsync(string container, string name, CancellationToken cancellation)
    {
        try
        {
            return (await (await storage.ContainerAsync(container)).GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content
                .ToArray();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private static async Task<bool> TryUploadAsync(
        BlobClient blob, byte[] content, string type, IDictionary<string, string>? metadata, CancellationToken cancellation)
    {
        try
        {
            var options = new BlobUploadOptions
            {
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                HttpHeaders = new BlobHttpHeaders { ContentType = type },
                Metadata = metadata,
            };
            await blob.UploadAsync(BinaryData.FromBytes(content), options, cancellation);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status is 409 or 412)
        {
            return false;
        }
    }

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
        })
        {
            if (value is not null)
            {
                metadata[name] = value;
            }
        }

        return metadata;
    }

    private static SheetRecord FromMetadata(SessionId session, int version, IDictionary<string, string> metadata, BinaryData pdf) => new()
    {
        Session = session,
        Version = version,
        Code = VerificationCode.TryParse(metadata["code"], out var code)
            ? code
            : throw new FormatException($"The stored sheet of {session} has no code."),
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(pdf)),
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
