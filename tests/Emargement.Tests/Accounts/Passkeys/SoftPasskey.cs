using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Emargement.Tests.Accounts.Passkeys;

/// <summary>A device that holds one passkey and says what a test wants it to say (WebAuthn level 3; ES256).</summary>
internal sealed class SoftPasskey(string rp, string origin) : IDisposable
{
    private const byte Present = 0x01;
    private const byte UserVerified = 0x04;
    private const byte HasCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private string _handle = "";

    public string Rp { get; set; } = rp;

    public string Origin { get; set; } = origin;

    /// <summary>Whether its owner unlocked it.</summary>
    public bool Unlocked { get; set; } = true;

    public uint Counter { get; set; } = 1;

    /// <summary>Answers <c>navigator.credentials.create</c>.</summary>
    public string Create(string options)
    {
        var asked = JsonNode.Parse(options)!;
        _handle = asked["user"]!["id"]!.GetValue<string>();
        var client = Client("webauthn.create", asked);
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString([.. Data(HasCredential), .. new byte[16], 0, (byte)_id.Length, .. _id, .. PublicKey()]);
        attestation.WriteEndMap();
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Text(client),
            ["attestationObject"] = Text(attestation.Encode()),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>Answers <c>navigator.credentials.get</c>.</summary>
    public string Get(string options)
    {
        var client = Client("webauthn.get", JsonNode.Parse(options)!);
        var data = Data(0);
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        var signature = _key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Text(client),
            ["authenticatorData"] = Text(data),
            ["signature"] = Text(signature),
            ["userHandle"] = _handle,
        });
    }

    public void Dispose() => _key.Dispose();

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private byte[] Client(string type, JsonNode asked) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = type,
        ["challenge"] = asked["challenge"]!.GetValue<string>(),
        ["origin"] = Origin,
        ["crossOrigin"] = false,
    }.ToJsonString());

    private byte[] Data(byte more)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        var flags = (byte)(Present | more | (Unlocked ? UserVerified : 0));
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Rp)), flags, .. counter];
    }

    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        foreach (var number in (int[])[1, 2, 3, -7, -1, 1])
        {
            cose.WriteInt32(number);
        }

        cose.WriteInt32(-2);
        cose.WriteByteString(point.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(point.Y!);
        cose.WriteEndMap();
        return cose.Encode();
    }

    private string Answer(JsonObject response) => new JsonObject
    {
        ["id"] = Text(_id),
        ["rawId"] = Text(_id),
        ["type"] = "public-key",
        ["response"] = response,
        ["clientExtensionResults"] = new JsonObject(),
    }.ToJsonString();
}
