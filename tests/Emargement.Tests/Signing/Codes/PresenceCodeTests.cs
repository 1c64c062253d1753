using System.Buffers.Text;
using System.Text.Json;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;

namespace Emargement.Tests.Signing.Codes;

public sealed class PresenceCodeTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly byte[] OtherKey = [.. Enumerable.Range(2, 32).Select(i => (byte)i)];
    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");
    private static readonly SessionId Morning = SessionId.Parse("20261123-1-S1");
    private static readonly SessionId Afternoon = SessionId.Parse("20261123-2-S1");

    // The start of a QR step and of a typed step.
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_795_420_800);

    public static TheoryData<string, string, string, long, string, string> Vectors()
    {
        using var file = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Signing", "Codes", "presence-codes.json")));
        var data = new TheoryData<string, string, string, long, string, string>();
        foreach (var c in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            data.Add(
                Text(c, "key"),
                Text(c, "organisation"),
                Text(c, "session"),
                c.GetProperty("unixSeconds").GetInt64(),
                Text(c, "qr"),
                Text(c, "typed"));
        }

        return data;

        static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Codes_are_those_that_the_trainers_page_derives(
        string key, string organisation, string session, long unixSeconds, string qr, string typed)
    {
        var bytes = Base64Url.DecodeFromChars(key);
        var now = DateTimeOffset.FromUnixTimeSeconds(unixSeconds);
        PresenceCode.Qr(bytes, OrganisationId.Parse(organisation), SessionId.Parse(session), PresenceCode.QrStep(now)).ShouldBe(qr);
        PresenceCode.Typed(
            bytes, OrganisationId.Parse(organisation), SessionId.Parse(session), PresenceCode.TypedStep(now)).ShouldBe(typed);
    }

    [Theory]
    [InlineData(0, CodeCheck.Valid, "shown now")]
    [InlineData(14, CodeCheck.Valid, "still shown")]
    [InlineData(29, CodeCheck.Valid, "one step ago: a scan sent late passes")]
    [InlineData(30, CodeCheck.Stale, "two steps ago")]
    [InlineData(86_400, CodeCheck.Stale, "a photograph of yesterday")]
    [InlineData(-1, CodeCheck.Wrong, "not shown yet: the future is never accepted")]
    [InlineData(-3600, CodeCheck.Wrong, "an hour ahead")]
    public void A_qr_code_is_accepted_during_its_step_and_the_next_one(int secondsLater, CodeCheck expected, string because) =>
        PresenceCode.CheckQr(Key, Garonne, Morning, QrAt(Now), Now.AddSeconds(secondsLater)).ShouldBe(expected, because);

    [Theory]
    [InlineData(0, CodeCheck.Valid)]
    [InlineData(119, CodeCheck.Valid)]
    [InlineData(120, CodeCheck.Stale)]
    [InlineData(600, CodeCheck.Stale)]
    [InlineData(660, CodeCheck.Wrong)]
    [InlineData(-1, CodeCheck.Wrong)]
    public void A_typed_code_is_accepted_during_its_minute_and_the_next_one(int secondsLater, CodeCheck expected) =>
        PresenceCode.CheckTyped(Key, Garonne, Morning, TypedAt(Now), Now.AddSeconds(secondsLater)).ShouldBe(expected);

    [Fact]
    public void Case_spaces_and_dashes_of_a_typed_code_do_not_count()
    {
        var code = TypedAt(Now);
        string[] writings =
        [
            code.ToLowerInvariant(), $"{code[..4]} {code[4..]}", $" {code[..4]}-{code[4..]} ", $"{code[..4]}\u00A0{code[4..]}",
        ];
        writings.ShouldAllBe(w => PresenceCode.CheckTyped(Key, Garonne, Morning, w, Now) == CodeCheck.Valid);
    }

    [Fact]
    public void Codes_of_another_session_organisation_or_key_are_wrong()
    {
        var pyrenees = OrganisationId.Parse("pyrenees");
        var others = new[] { (Key, Garonne, Afternoon), (Key, pyrenees, Morning), (OtherKey, Garonne, Morning) };
        foreach (var (key, organisation, session) in others)
        {
            PresenceCode.CheckQr(key, organisation, session, QrAt(Now), Now).ShouldBe(CodeCheck.Wrong);
            PresenceCode.CheckTyped(key, organisation, session, TypedAt(Now), Now).ShouldBe(CodeCheck.Wrong);
        }
    }

    [Fact]
    public void A_qr_code_written_otherwise_is_wrong()
    {
        var qr = QrAt(Now);
        var (step, mac) = (qr.Split('.')[0], qr.Split('.')[1]);
        var next = PresenceCode.Qr(Key, Garonne, Morning, PresenceCode.QrStep(Now) - 1).Split('.')[0];
        string?[] forgeries =
        [
            null, "", ".", step, mac, $"{step}.", $".{mac}", $"0{step}.{mac}", $"{step.ToUpperInvariant()}.{mac}",
            $"+{step}.{mac}", $" {qr}", $"{qr}=", $"{qr}==", $"{qr}\n",
            $"{step}.{mac[..^1]}", $"{step}.{LastCharacterMoved(mac)}", $"{next}.{mac}", $"{step}.{mac.ToLowerInvariant()}",
            $"zzzzzzzzzzzzzzzzzzzz.{mac}", $"-1.{mac}", $"{step}.{mac}.{mac}",
            qr.Replace('-', '+').Replace('_', '/') + "=", new string('a', 100_000),
        ];
        forgeries.ShouldAllBe(f => f == qr || PresenceCode.CheckQr(Key, Garonne, Morning, f, Now) == CodeCheck.Wrong);
    }

    [Fact]
    public void A_typed_code_of_other_characters_or_length_is_wrong()
    {
        var code = TypedAt(Now);
        string?[] forgeries = [null, "", code[..7], code + "2", "OOOOOOOO", "IIIIIIII", "00000000", "éééééééé", new string('A', 100_000)];
        forgeries.ShouldAllBe(f => PresenceCode.CheckTyped(Key, Garonne, Morning, f, Now) == CodeCheck.Wrong);
    }

    [Fact]
    public void A_session_without_a_key_has_no_codes() =>
        Should.Throw<ArgumentException>(() => PresenceCode.CheckTyped([], Garonne, Morning, "AAAAAAAA", Now));

    // The last of 22 base64url characters holds 4 spare bits: another character can decode to the same 16 bytes.
    private static string LastCharacterMoved(string mac)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return mac[..^1] + alphabet[alphabet.IndexOf(mac[^1], StringComparison.Ordinal) + 1];
    }

    private static string QrAt(DateTimeOffset at) => PresenceCode.Qr(Key, Garonne, Morning, PresenceCode.QrStep(at));

    private static string TypedAt(DateTimeOffset at) => PresenceCode.Typed(Key, Garonne, Morning, PresenceCode.TypedStep(at));
}
