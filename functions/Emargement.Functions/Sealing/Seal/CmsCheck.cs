using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Emargement.Functions.Sealing.Seal;

/// <summary>Checks one detached CMS signature, its bound certificate and its timestamp, and that nothing in it is left unprotected by one of the three.</summary>
internal static class CmsCheck
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string Data = "1.2.840.113549.1.7.1";

    public static SignatureReport Verify(SignatureReport report, byte[] signature, byte[] content, SealCertificate ours)
    {
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        try
        {
            cms.Decode(signature);
            if (cms.SignerInfos.Count != 1 || cms.SignerInfos[0].Certificate is null)
            {
                return report with { Problem = "cms-unreadable" };
            }
        }
        catch (CryptographicException)
        {
            return report with { Problem = "cms-unreadable" };
        }

        var signer = cms.SignerInfos[0];
        var certificate = signer.Certificate!;
        report = report with
        {
            Signer = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false),
            Serial = certificate.SerialNumber,
            Thumbprint = SealCertificate.ThumbprintOf(certificate),
            Ours = ours.IsOurs(certificate),
        };
        try
        {
            signer.CheckSignature(verifySignatureOnly: true);
        }
        catch (CryptographicException)
        {
            return report with { Problem = "digest-wrong" };
        }

        // Our own signatures carry one certificate; another one would be under no protection.
        if (!IsPlain(signature, Data) || (report.Ours && cms.Certificates.Count != 1))
        {
            return report with { Problem = "cms-altered" };
        }

        var bound = Bound(signer, certificate);
        if (bound is false || (bound is null && report.Ours))
        {
            return report with { Problem = "certificate-not-bound" };
        }

        report = WithTimestamp(report with { Level = bound is true ? PdfSeal.Basic : null }, signer);
        return report.Problem is null && !InDate(certificate, report.TimestampedAt ?? report.ClaimedAt) ? report with { Problem = "certificate-expired" } : report;
    }

    private static SignatureReport WithTimestamp(SignatureReport report, SignerInfo signer)
    {
        foreach (var attribute in signer.UnsignedAttributes)
        {
            if (attribute.Oid?.Value != CmsSeal.SignatureTimestamp || attribute.Values.Count != 1 || report.TimestampedAt is not null)
            {
                return report with { Problem = "cms-altered" };
            }

            if (!TryTimestamp(attribute.Values[0].RawData, signer, out var at, out var authority))
            {
                return report with { Problem = "timestamp-invalid" };
            }

            report = report with { TimestampedAt = at, TimestampAuthority = authority, Level = report.Level is null ? null : PdfSeal.Timestamped };
        }

        return report;
    }

    private static bool InDate(X509Certificate2 certificate, DateTimeOffset? at)
    {
        try
        {
            return at is null || (at >= certificate.NotBefore && at <= certificate.NotAfter);
        }
        catch (CryptographicException)
        {
            // Dates that are not dates: the certificate was made wrong.
            return false;
        }
    }

    private static bool TryTimestamp(byte[] raw, SignerInfo signer, out DateTimeOffset at, out string? authority)
    {
        (at, authority) = (default, null);
        try
        {
            if (!Rfc3161TimestampToken.TryDecode(raw, out var token, out var length) || length != raw.Length
                || !token.VerifySignatureForSignerInfo(signer, out var certificate) || !IsPlain(raw, content: null))
            {
                return false;
            }

            (at, authority) = (token.TokenInfo.Timestamp, certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Whether signing-certificate-v2 has the SHA-256 of the certificate that verified (RFC 5035); null when the signature has no such attribute.</summary>
    private static bool? Bound(SignerInfo signer, X509Certificate2 certificate)
    {
        var value = signer.SignedAttributes.Cast<CryptographicAttributeObject>().FirstOrDefault(attribute => attribute.Oid.Value == CmsSeal.SigningCertificateV2)?.Values[0].RawData;
        if (value is null)
        {
            return null;
        }

        try
        {
            var first = new AsnReader(value, AsnEncodingRules.DER).ReadSequence().ReadSequence().ReadSequence();
            return first.PeekTag() == Asn1Tag.PrimitiveOctetString && first.ReadOctetString().AsSpan().SequenceEqual(SHA256.HashData(certificate.RawData));
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>
    /// The parts of SignedData (RFC 5652, 5.1) that no signature covers have the one value that they may have: versions, digest algorithms, content type.
    /// </summary>
    /// <param name="content">The only content type allowed, with no content inside; null for a timestamp, which carries its own.</param>
    private static bool IsPlain(byte[] signature, string? content)
    {
        try
        {
            var outer = new AsnReader(signature, AsnEncodingRules.BER);
            var info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            if (info.ReadObjectIdentifier() != SignedData)
            {
                return false;
            }

            var wrapper = info.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
            info.ThrowIfNotEmpty();
            var data = wrapper.ReadSequence();
            wrapper.ThrowIfNotEmpty();
            var version = data.ReadInteger();
            var algorithms = data.ReadSetOf();
            var digest = algorithms.ReadEncodedValue();
            algorithms.ThrowIfNotEmpty();
            var encapsulated = data.ReadSequence();
            var type = encapsulated.ReadObjectIdentifier();
            if (version != (type == Data ? 1 : 3) || (content is not null && (type != content || encapsulated.HasData)))
            {
                return false;
            }

            while (data.PeekTag().TagClass == TagClass.ContextSpecific)
            {
                data.ReadEncodedValue();
            }

            var signers = data.ReadSetOf();
            data.ThrowIfNotEmpty();
            var signer = signers.ReadSequence();
            signers.ThrowIfNotEmpty();
            var byName = signer.ReadInteger() == 1;
            return byName == (signer.PeekTag() == Asn1Tag.Sequence) && SameAlgorithm(digest, AfterIdentifier(signer));
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static ReadOnlyMemory<byte> AfterIdentifier(AsnReader signer)
    {
        signer.ReadEncodedValue();
        return signer.ReadEncodedValue();
    }

    /// <summary>The same identifier; parameters absent or NULL, which mean the same (RFC 5754, 2).</summary>
    private static bool SameAlgorithm(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second) => Identifier(first) is { } identifier && identifier == Identifier(second);

    private static string? Identifier(ReadOnlyMemory<byte> algorithm)
    {
        var reader = new AsnReader(algorithm, AsnEncodingRules.BER).ReadSequence();
        var identifier = reader.ReadObjectIdentifier();
        if (reader.HasData)
        {
            reader.ReadNull();
        }

        return reader.HasData ? null : identifier;
    }
}
