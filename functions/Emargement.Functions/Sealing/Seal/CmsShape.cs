using System.Formats.Asn1;

namespace Emargement.Functions.Sealing.Seal;

/// <summary>Whether a CMS signature has nothing but what it must have where no signature protects it.</summary>
internal static class CmsShape
{
    /// <summary>The content type of plain data.</summary>
    public const string Data = "1.2.840.113549.1.7.1";

    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string RsaPss = "1.2.840.113549.1.1.10";

    /// <summary>
    /// The parts of SignedData (RFC 5652, 5.1) that no signature covers have the one value that they may have: versions, digest algorithms,
    /// content type.
    /// </summary>
    /// <param name="content">The only content type allowed, with no content inside; null for a timestamp, which carries its own.</param>
    public static bool IsPlain(byte[] signature, string? content)
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
            return byName == (signer.PeekTag() == Asn1Tag.Sequence)
                && SameAlgorithm(digest, AfterIdentifier(signer))
                && HasPlainSignatureAlgorithm(signer);
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

    /// <summary>Nothing but the identifier: nothing else protects its parameters. RSA-PSS alone has some.</summary>
    private static bool HasPlainSignatureAlgorithm(AsnReader signer)
    {
        if (signer.PeekTag().TagClass == TagClass.ContextSpecific)
        {
            signer.ReadEncodedValue();
        }

        var algorithm = signer.ReadEncodedValue();
        var identifier = new AsnReader(algorithm, AsnEncodingRules.BER).ReadSequence().ReadObjectIdentifier();
        return identifier == RsaPss || Identifier(algorithm) is not null;
    }

    /// <summary>The same identifier; parameters absent or NULL, which mean the same (RFC 5754, 2).</summary>
    private static bool SameAlgorithm(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second) =>
        Identifier(first) is { } identifier && identifier == Identifier(second);

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
