using System.Web;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Codes;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Signing;
using Emargement.Functions.Signing.Tokens;
using OtpNet;

namespace Emargement.Tests.Signing.Tokens;

public sealed class TokenTests
{
    // RFC 6238 appendix B, SHA-1, cut to 6 digits; RFC 4226 appendix D.
    private static readonly byte[] RfcSecret = "12345678901234567890"u8.ToArray();

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_rfc_6238(long unixSeconds, string code) =>
        TokenCodes.StepOf(RfcSecret, code, DateTimeOffset.FromUnixTimeSeconds(unixSeconds)).ShouldBe(unixSeconds / 30);

    [Theory]
    [InlineData(-31, TokenVerdict.OneMore)]
    [InlineData(-30, TokenVerdict.Accepted)]
    [InlineData(0, TokenVerdict.Accepted)]
    [InlineData(59, TokenVerdict.Accepted)]
    [InlineData(60, TokenVerdict.OneMore)]
    public void A_token_may_be_one_step_off(int secondsLater, TokenVerdict verdict)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_111_111_110);
        var now = at.AddSeconds(secondsLater);
        var step = TokenCodes.StepOf(RfcSecret, new Totp(RfcSecret).ComputeTotp(at.UtcDateTime), now);

        TokenMemory.Fresh.Judge(step!.Value, TimeCodes.ClockStep(now)).Verdict.ShouldBe(verdict);
    }

    [Fact]
    public void A_card_has_forty_codes_of_eight_digits_that_the_standard_gives()
    {
        var card = TokenCodes.CardOf(RfcSecret);

        (card.Count, card[0], card[9]).ShouldBe((40, "84755224", "45520489"));
        card.Select((code, i) => TokenCodes.CardIndexOf(RfcSecret, code)).ShouldBe(Enumerable.Range(0, 40).Select(i => (int?)i));
    }

    [Theory]
    [InlineData(" 123 456 ", "123456")]
    [InlineData("1234-5678", "12345678")]
    [InlineData("12345", null)]
    [InlineData("1234567", null)]
    [InlineData("12345a", null)]
    [InlineData("١٢٣٤٥٦", "123456")] // Arabic
    [InlineData("۱۲۳ ۴۵۶", "123456")] // Persian
    [InlineData("१२३४५६", "123456")] // Devanagari
    [InlineData("１２３－４５６", "123456")] // full-width
    [InlineData("12\u200F3\u200B456", "123456")] // marks that nobody sees
    [InlineData("123\u2009456", "123456")] // a thin space
    [InlineData("123–456", "123456")]
    [InlineData("१२३४५", null)]
    [InlineData("\uD835", null)] // half a character
    [InlineData(null, null)]
    public void Typed_codes_are_digits(string? typed, string? code) => TokenCodes.Normalise(typed).ShouldBe(code);

    [Fact]
    public async Task A_token_says_who_and_needs_no_sign_in_and_no_drawing()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var token = await world.TokenAsync(2);

        var answer = (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, world.CodeOf(token)), world.Id)).ShouldBeOk();
        (answer.Learner.Reference, answer.Drawing).ShouldBe((HalfDayWorld.Ref(2), DrawingNeed.None));
        var signed = (await world.SignAsync(answer.Ticket!, Caller.Nobody, drawing: null)).ShouldBeOk();

        (signed.Learner, signed.Method).ShouldBe((HalfDayWorld.Ref(2), SigningMethod.Token));
        (await world.FactsAsync()).OfType<Signed>().Single().By.ShouldBe("learner:L2");
    }

    [Fact]
    public async Task A_named_learner_needs_not_say_which_session()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.RegisterAsync(1);
        var token = await world.TokenAsync(1);

        (await world.ShowAsync(
            Caller.Nobody,
            new ProofRequest(ProofKind.Token, world.CodeOf(token), Login: "L1"))).ShouldBeOk().Session.Session.ShouldBe(world.Id);
        (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, world.CodeOf(token)))).ShouldBeRefused("session-missing");
    }

    [Fact]
    public async Task V6_5_1_A_code_serves_once_even_when_sent_four_times_at_once()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var proof = new ProofRequest(ProofKind.Token, world.CodeOf(await world.TokenAsync(1)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.ShowAsync(Caller.Nobody, proof, world.Id)));

        answers.Count(a => a.IsOk).ShouldBe(1);
        answers.Where(a => !a.IsOk).ShouldAllBe(a => a.Refusal!.Code == "token-used");
        world.Time.Advance(TimeSpan.FromSeconds(29));
        (await world.ShowAsync(Caller.Nobody, proof, world.Id)).ShouldBeRefused("token-used");
    }

    [Fact]
    public async Task A_cards_codes_serve_once_each_in_any_order()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var card = (await world.Get<PrintCard>().RunAsync(world.Org, HalfDayWorld.Ref(1), HalfDayWorld.Cancellation)).ShouldBeOk().Codes;

        (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, card[7]), world.Id)).ShouldBeOk().Learner.Reference
            .ShouldBe(HalfDayWorld.Ref(1));
        (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, card[7]), world.Id)).ShouldBeRefused("token-used");
        (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, card[3].Insert(4, " ")), world.Id)).ShouldBeOk();
    }

    [Fact]
    public async Task A_new_or_revoked_token_stops_the_one_before()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var first = await world.TokenAsync(1);
        var second = await world.TokenAsync(1);

        (await world.ShowAsync(
            world.Learner(1), new ProofRequest(ProofKind.Token, world.CodeOf(first)), world.Id)).ShouldBeRefused("token-wrong");
        (await world.ShowAsync(world.Learner(1), new ProofRequest(ProofKind.Token, world.CodeOf(second)), world.Id)).ShouldBeOk();
        (await world.Get<RevokeToken>().RunAsync(world.Org, HalfDayWorld.Ref(1), HalfDayWorld.Cancellation)).ShouldBeOk();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        (await world.ShowAsync(
            world.Learner(1), new ProofRequest(ProofKind.Token, world.CodeOf(second)), world.Id)).ShouldBeRefused("token-wrong");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-9)]
    public async Task A_fob_whose_clock_is_off_signs_with_two_codes_in_a_row_and_then_with_one(int drift)
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var token = await world.TokenAsync(1);
        Task<Result<PresenceAnswer>> ShowAsync() =>
            world.ShowAsync(world.Learner(1), new ProofRequest(ProofKind.Token, world.CodeOf(token, drift)), world.Id);

        (await ShowAsync()).ShouldBeRefused("token-drifts");
        (await ShowAsync()).ShouldBeRefused("token-drifts");
        world.Time.Advance(TimeSpan.FromSeconds(30));
        (await ShowAsync()).ShouldBeOk();
        (await ShowAsync()).ShouldBeRefused("token-used");
        world.Time.Advance(TimeSpan.FromSeconds(60));
        (await ShowAsync()).ShouldBeOk();

        (await world.TokenAsync(1)).ShouldNotBeNull();
        (await world.Get<TokensTable>().FindAsync(world.Org, HalfDayWorld.Ref(1), HalfDayWorld.Cancellation)).Value.Memory.Drift
            .ShouldBe(0, "a new token has a clock of its own");
    }

    [Fact]
    public async Task Somebody_elses_token_does_not_sign_for_the_one_signed_in()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var token = await world.TokenAsync(2);

        (await world.ShowAsync(
            world.Learner(1), new ProofRequest(ProofKind.Token, world.CodeOf(token)), world.Id)).ShouldBeRefused("token-wrong");
    }

    [Fact]
    public async Task Secrets_are_encrypted_at_rest_and_the_qr_code_gives_the_standard_address()
    {
        await using var world = await HalfDayWorld.StartAsync();
        var token = (await world.Get<ProvisionToken>().RunAsync(world.Org, HalfDayWorld.Ref(1), HalfDayWorld.Cancellation)).ShouldBeOk();
        var table = await world.Get<AppStorage>().TableAsync("Tokens");

        var row = await table.FindAsync(world.Org.Value, "L1", HalfDayWorld.Cancellation);

        row!.GetBinary("Secret").Length.ShouldBeGreaterThan(40);
        Convert.ToHexString(row.GetBinary("Secret")).ShouldNotContain(Convert.ToHexString(token.Secret()));
        token.Otpauth.ShouldStartWith("otpauth://totp/Garonne%20Formation:L1?secret=");
        token.QrSvg.ShouldStartWith("<svg");
    }

    [Fact]
    public async Task Nobody_has_a_token_who_is_not_a_learner_of_the_organisation()
    {
        await using var world = await HalfDayWorld.StartAsync();

        (await world.Get<ProvisionToken>().RunAsync(
            world.Org, Reference.Parse("L99"), HalfDayWorld.Cancellation)).ShouldBeRefused("learner-not-found");
    }
}

internal static class ProvisionedTokens
{
    /// <summary>The secret, as an authenticator app reads it.</summary>
    public static byte[] Secret(this ProvisionedToken token) =>
        Base32Encoding.ToBytes(HttpUtility.ParseQueryString(new Uri(token.Otpauth).Query)["secret"]);
}
