using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Emargement.Functions.Sealing.Seal;

/// <summary>
/// Detached CMS signatures (RFC 5652) by the seal certificate, at CAdES level B-B: the signed attributes are the content type, the digest
/// and signing-certificate-v2 (RFC 5035), which binds the certificate. No signing-time: PAdES (ETSI EN 319 142-1, 6.3) forbids it, a
/// timestamp proves the time.
/// </summary>
public sealed class CmsSeal(SealCertificate certificate)
{
    internal const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    internal const string SignatureTimestamp = "1.2.840.113549.1.9.16.2.14";

    /// <summary>
    /// DER of the signature over <paramref name="content"/>, which is not inside. Checked by <c>openssl cms -verify -cades -binary</c>.
    /// </summary>
    public byte[] SignDetached(ReadOnlyMemory<byte> content) => Sign(content.ToArray()).Encode();

    internal SignedCms Sign(byte[] content)
    {
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate.Certificate)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        signer.SignedAttributes.Add(new AsnEncodedData(SigningCertificateV2, EssAttribute(certificate.Certificate)));
        cms.ComputeSignature(signer, silent: true);
        return cms;
    }

    /// <summary>
    /// SigningCertificateV2 with one ESSCertIDv2: SHA-256 (the default, hence not written), the issuer and the serial number.
    /// </summary>
    private static byte[] EssAttribute(X509Certificate2 certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
                {
                    writer.WriteEncodedValue(certificate.IssuerName.RawData);
                }

                writer.WriteInteger(certificate.SerialNumberBytes.Span);
            }
        }

        return writer.Encode();
    }
}
