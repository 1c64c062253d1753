using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Emargement.Functions.Sealing.Seal;

/// <summary>
/// Checks one detached CMS signature, its bound certificate and its timestamp, and that nothing in it is left unprotected by one of the
/// three.
/// </summary>
internal static class CmsCheck
{
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string RsaPss = "1.2.840.113549.1.1.10";

    // By identifier (RFC 5754, 2 and 3).
    private static readonly Dictionary<string, Digest> Digests = new()
    {
        ["2.16.840.1.101.3.4.2.1"] = new(HashAlgorithmName.SHA256, "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"),
        ["2.16.840.1.101.3.4.2.2"] = new(HashAlgorithmName.SHA384, "1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3"),
        ["2.16.840.1.101.3.4.2.3"] = new(HashAlgorithmName.SHA512, "1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4"),
    };

    /// <param name="head">What is signed before the signature, and <paramref name="tail"/> after it: not copied, it may be large.</param>
    public static SignatureReport Verify(
        SignatureReport report, byte[] signature, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, SealCertificate ours)
    {
        var cms = new SignedCms(new ContentInfo([]), detached: true);
        byte[]? attributes;
        try
        {
            cms.Decode(signature);
            attributes = SignedAttributes(signature);
            if (cms.SignerInfos.Count != 1 || cms.SignerInfos[0].Certificate is null)
            {
                return report with { Problem = "cms-unreadable" };
            }
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or AsnContentException)
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
        if (!Digests.TryGetValue(signer.DigestAlgorithm.Value ?? "", out var digest))
        {
            return report with { Problem = "algorithm-unknown" };
        }

        try
        {
            if (!Holds(signer, certificate, digest, attributes, head, tail))
            {
                return report with { Problem = "digest-wrong" };
            }
        }
        catch (CryptographicException)
        {
            return report with { Problem = "digest-wrong" };
        }

        // Our own signatures carry one certificate; another one would be under no protection.
        if (!CmsShape.IsPlain(signature, CmsShape.Data) || (report.Ours && cms.Certificates.Count != 1))
        {
            return report with { Problem = "cms-altered" };
        }

        var bound = Bound(signer, certificate);
        if (bound is false || (bound is null && report.Ours))
        {
            return report with { Problem = "certificate-not-bound" };
        }

        report = WithTimestamp(report with { Level = bound is true ? PdfSeal.Basic : null }, signer);
        return report.Problem is null && !InDate(certificate, report.TimestampedAt ?? report.ClaimedAt)
            ? report with { Problem = "certificate-expired" }
            : report;
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

            report =
                report with
                {
                    TimestampedAt = at,
                    TimestampAuthority = authority,
                    Level = report.Level is null ? null : PdfSeal.Timestamped
                };
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
                || !token.VerifySignatureForSignerInfo(signer, out var certificate) || !CmsShape.IsPlain(raw, content: null))
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

    /// <summary>
    /// Whether signing-certificate-v2 has the SHA-256 of the certificate that verified (RFC 5035); null when the signature has no such
    /// attribute.
    /// </summary>
    private static bool? Bound(SignerInfo signer, X509Certificate2 certificate)
    {
        var value = signer.SignedAttributes.Cast<CryptographicAttributeObject>()
            .FirstOrDefault(attribute => attribute.Oid.Value == CmsSeal.SigningCertificateV2)?.Values[0].RawData;
        if (value is null)
        {
            return null;
        }

        try
        {
            var first = new AsnReader(value, AsnEncodingRules.DER).ReadSequence().ReadSequence().ReadSequence();
            return first.PeekTag() == Asn1Tag.PrimitiveOctetString
                && first.ReadOctetString().AsSpan().SequenceEqual(SHA256.HashData(certificate.RawData));
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Whether the signed digest is that of the content, and the signature is the certificate's (RFC 5652, 5.4).</summary>
    private static bool Holds(
        SignerInfo signer,
        X509Certificate2 certificate,
        Digest digest,
        byte[]? attributes,
        ReadOnlySpan<byte> head,
        ReadOnlySpan<byte> tail)
    {
        using var hash = IncrementalHash.CreateHash(digest.Name);
        hash.AppendData(head);
        hash.AppendData(tail);
        var signed = hash.GetHashAndReset();
        if (attributes is not null)
        {
            var said = signer.SignedAttributes.Cast<CryptographicAttributeObject>()
                .Where(attribute => attribute.Oid.Value == MessageDigest)
                .SelectMany(attribute => attribute.Values.Cast<AsnEncodedData>())
                .ToList();
            if (said is not [Pkcs9MessageDigest value] || !value.MessageDigest.AsSpan().SequenceEqual(signed))
            {
                return false;
            }

            hash.AppendData(attributes);
            signed = hash.GetHashAndReset();
        }

        return IsOf(certificate, signer, digest, signed);
    }

    private static bool IsOf(X509Certificate2 certificate, SignerInfo signer, Digest digest, byte[] hash)
    {
        var algorithm = signer.SignatureAlgorithm;
        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is not null)
        {
            var padding = algorithm.Value == RsaPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
            return (algorithm.Value is Rsa or RsaPss || algorithm.Value == digest.Rsa)
                && rsa.VerifyHash(hash, signer.GetSignature(), digest.Name, padding);
        }

        using var curve = certificate.GetECDsaPublicKey();
        return curve is not null && algorithm.Value == digest.Elliptic
            && curve.VerifyHash(hash, signer.GetSignature(), DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>The signed attributes as they are signed, a SET OF, whatever tag they have in the signature; null without any.</summary>
    private static byte[]? SignedAttributes(byte[] signature)
    {
        var data = new AsnReader(signature, AsnEncodingRules.BER).ReadSequence();
        data.ReadObjectIdentifier();
        data = data.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        ReadOnlyMemory<byte> signers;
        do
        {
            signers = data.ReadEncodedValue();
        }
        while (data.HasData);

        var signer = new AsnReader(signers, AsnEncodingRules.BER).ReadSetOf().ReadSequence();
        for (var before = 0; before < 3; before++)
        {
            signer.ReadEncodedValue();
        }

        if (!signer.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            return null;
        }

        var attributes = signer.ReadEncodedValue().ToArray();
        attributes[0] = 0x31;
        return attributes;
    }

    /// <param name="Rsa">The identifier of RSA with this digest, and <paramref name="Elliptic"/> that of an elliptic curve.</param>
    private readonly record struct Digest(HashAlgorithmName Name, string Rsa, string Elliptic);
}
