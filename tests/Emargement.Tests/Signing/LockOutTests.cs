using Emargement.Functions.Platform.Access;
using Emargement.Functions.Signing;
using Emargement.Functions.Signing.Tokens;
using Emargement.Tests.Sessions;
using Emargement.Tests.Signing.Tokens;
using OtpNet;

namespace Emargement.Tests.Signing;

public sealed class LockOutTests
{
    private static readonly ProofRequest Wrong = new(ProofKind.Code, "22222222");

    [Fact]
    public async Task Five_wrong_codes_lock_that_learner_there_for_a_quarter_of_an_hour()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        for (var left = 4; left > 0; left--)
        {
            (await world.ShowAsync(world.Learner(0), Wrong, world.Id)).ShouldBeRefused("code-wrong").Args!["left"].ShouldBe($"{left}");
        }

        (await world.ShowAsync(world.Learner(0), Wrong, world.Id)).ShouldBeRefused("locked").Args!["until"]
            .ShouldBe("2026-11-23T08:05:00Z");

        var right = new ProofRequest(ProofKind.Code, world.Code());
        (await world.ShowAsync(world.Learner(0), right, world.Id)).ShouldBeRefused("locked");
        (await world.ScanAsync(0)).ShouldBeRefused("locked");
        (await world.ShowAsync(world.Learner(1), right, world.Id)).ShouldBeOk();
        (await world.ShowAsync(world.Learner(0), right, world.Id, network: "198.51.100.0/24")).ShouldBeOk();

        world.Time.SetUtcNow(Example.At("08:05:00"));
        (await world.ScanAsync(0)).ShouldBeOk();
    }

    [Fact]
    public async Task Stale_codes_are_refused_without_being_counted()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var old = new ProofRequest(ProofKind.Qr, world.Qr());
        world.Time.Advance(TimeSpan.FromMinutes(2));

        for (var i = 0; i < 8; i++)
        {
            (await world.ShowAsync(world.Learner(0), old, world.Id)).ShouldBeRefused("code-stale");
        }

        (await world.ScanAsync(0)).ShouldBeOk();
    }

    [Fact]
    public async Task Guesses_sent_at_once_are_all_counted()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.ShowAsync(world.Learner(0), Wrong, world.Id)));

        answers.Count(a => a.Refusal!.Code == "code-wrong").ShouldBe(4);
        answers.Count(a => a.Refusal!.Code == "locked").ShouldBe(16);
    }

    [Fact]
    public async Task A_classroom_locked_by_typing_errors_goes_on_with_names()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.RegisterAsync(0, 1);
        var secret = (await world.Get<ProvisionToken>().RunAsync(world.Org, HalfDayWorld.Ref(1), HalfDayWorld.Cancellation)).ShouldBeOk()
            .Secret();
        var now = world.Time.GetUtcNow();
        var right = new Totp(secret).ComputeTotp(now.UtcDateTime);
        for (var i = 0; i < 5; i++)
        {
            await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, "12"), world.Id);
        }

        (await world.ShowAsync(
            Caller.Nobody,
            new ProofRequest(ProofKind.Token, right),
            world.Id)).ShouldBeRefused("locked").Args!["identify"].ShouldBe("true");

        var named = new ProofRequest(ProofKind.Token, right, Login: "l1@EXAMPLE.fr");
        (await world.ShowAsync(Caller.Nobody, named, world.Id)).ShouldBeOk().Learner.Reference.ShouldBe(HalfDayWorld.Ref(1));
    }

    [Fact]
    public async Task Names_that_are_nobodys_lock_neither_learners_nor_those_without_a_name()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.RegisterAsync(1);
        for (var i = 0; i < 5; i++)
        {
            await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, "123456", Login: $"nobody{i}"), world.Id);
        }

        (await world.ShowAsync(
            Caller.Nobody, new ProofRequest(ProofKind.Token, "123456", Login: "nobody"), world.Id)).ShouldBeRefused("locked");
        (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, "123456"), world.Id)).ShouldBeRefused("token-wrong");
        (await world.ShowAsync(
            Caller.Nobody, new ProofRequest(ProofKind.Token, "123456", Login: "L1"), world.Id)).ShouldBeRefused("token-wrong");
    }
}
