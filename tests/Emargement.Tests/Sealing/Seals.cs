using System.Text;
using Emargement.Functions.Sealing.Pdf;
using Emargement.Functions.Sealing.Seal;
using Microsoft.Extensions.Options;

namespace Emargement.Tests.Sealing;

/// <summary>Sealing and taking apart, for tests.</summary>
internal static class Seals
{
    public static readonly SealStatement Statement = new(
        SealCertificates.Now, "GRETA-CFA du Lauragais", "Feuille d'émargement", new Uri(
            "https://emargement.example/v/7K4MQ2TX9RWB"), (110, 40, 500, 55));

    public static async Task<SealedPdf> SealAsync(
        SealCertificate certificate, byte[] pdf, Uri? authority, CancellationToken cancellation, TimeSpan? patience = null)
    {
        using var http = new HttpClient();
        var options = Options.Create(new SealOptions { TimestampUrl = authority, TimestampTimeout = patience ?? TimeSpan.FromMinutes(1) });
        return await new PdfSeal(new CmsSeal(certificate), new TimestampClient(http, options)).SealAsync(pdf, Statement, cancellation);
    }

    /// <summary>The DER of the last signature without its padding, and the bytes that it covers.</summary>
    public static (byte[] Signature, byte[] Content) Split(byte[] pdf)
    {
        var (from, after) = Gap(pdf);
        var padded = Convert.FromHexString(Encoding.ASCII.GetString(pdf.AsSpan(from + 1, after - from - 2)));
        System.Formats.Asn1.AsnDecoder.ReadEncodedValue(padded, System.Formats.Asn1.AsnEncodingRules.BER, out _, out _, out var length);
        return (padded[..length], [.. pdf[..from], .. pdf[after..]]);
    }

    /// <summary>Where the last signature's opening bracket is, and what follows its closing one.</summary>
    public static (int From, int After) Gap(byte[] pdf)
    {
        var from = pdf.AsSpan().LastIndexOf("/Contents <"u8) + "/Contents "u8.Length;
        return (from, from + pdf.AsSpan(from).IndexOf((byte)'>') + 1);
    }

    public static IReadOnlyList<SignatureReport> Verify(SealCertificate seal, byte[] pdf) =>
        new PdfVerifier(seal).Verify(pdf).Value!.Signatures;

    /// <summary>What « intact » means: one of ours, valid, and nothing outside it.</summary>
    public static bool IsIntact(SealCertificate seal, byte[] pdf) =>
        new PdfVerifier(seal).Verify(pdf) is { IsOk: true } result
        && result.Value.Signatures.Any(signature => signature is { Valid: true, CoversWholeFile: true, Ours: true, Level: "B-B" or "B-T" });

    /// <summary>A page with nothing on it: small enough to change every byte of it.</summary>
    public static byte[] Tiny()
    {
        var objects = new PdfObjects();
        var tree = objects.Reserve();
        var page = objects.Add($"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 842 595] /Resources << >> >>");
        objects.Set(tree, $"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>");
        return objects.Write(objects.Add($"<< /Type /Catalog /Pages {tree} 0 R >>"), objects.Add("<< /Producer (Emargement) >>"));
    }
}
