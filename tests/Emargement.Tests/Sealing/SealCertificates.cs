using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Emargement.Functions.Sealing.Seal;

namespace Emargement.Tests.Sealing;

/// <summary>Certificates to seal with in tests: made once, because a key takes long to make.</summary>
internal static class SealCertificates
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<byte[]> RsaPfx = new(() => Make("Sceau de GRETA du Lauragais", RSA.Create(2048)));
    private static readonly Lazy<byte[]> EcPfx = new(() => Make("Sceau à courbe elliptique", ECDsa.Create(ECCurve.NamedCurves.nistP256)));

    public static SealCertificate Ours() => Load(RsaPfx.Value);

    public static SealCertificate Elliptic() => Load(EcPfx.Value);

    public static SealCertificate Another() => Load(Make("Sceau d'un autre", RSA.Create(2048)));

    public static string Base64() => Convert.ToBase64String(RsaPfx.Value);

    /// <summary>As PKCS #12, valid until then.</summary>
    public static byte[] Until(DateTimeOffset until) => Make("Sceau qui finit", ECDsa.Create(ECCurve.NamedCurves.nistP256), until);

    private static SealCertificate Load(byte[] pfx) =>
        SealCertificate.Configured(new SealOptions { Certificate = Convert.ToBase64String(pfx) });

    private static byte[] Make(string name, AsymmetricAlgorithm key, DateTimeOffset? until = null)
    {
        using (key)
        {
            var subject = new X500DistinguishedName($"CN={name}, O=GRETA, C=FR");
            var request = key is RSA rsa
                ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(
                new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
            using var certificate = request.CreateSelfSigned(Now.AddYears(-1), until ?? Now.AddYears(4));
            return certificate.Export(X509ContentType.Pkcs12);
        }
    }
}
