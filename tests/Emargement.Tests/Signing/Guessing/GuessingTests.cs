using CsCheck;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Signing;
using Emargement.Functions.Signing.Tokens;
using Emargement.Tests.Platform;

namespace Emargement.Tests.Signing.Guessing;

/// <summary>Guesses sent at once learn no more than guesses sent one after the other: wrong ones and right ones, many together and in any
/// order, and never more than five of them are told what they are.</summary>
[Trait(LongRun.Trait, "yes")]
public sealed class GuessingTests
{
    // Each is another learner's.
    private static readonly int Bursts = LongRun.Times(4);

    /// <summary>Makes one try, right or wrong, and gives the code of what was told: <c>ok</c>, or the refusal's.</summary>
    private delegate Task<string> Attempt(bool right);

    [Fact]
    public Task The_code_typed_from_the_screen() => TryAsync((world, learner) => Task.FromResult<Attempt>(right =>
        SayAsync(world.ShowAsync(
            world.Learner(learner), new ProofRequest(ProofKind.Code, right ? world.Code() : "22222222"), world.Id))));

    [Fact]
    public Task The_learners_own_token() => TryTokenAsync((world, learner, code) =>
        world.ShowAsync(world.Learner(learner), new ProofRequest(ProofKind.Token, code), world.Id));

    [Fact]
    public Task A_token_under_the_learners_name() => TryTokenAsync((world, learner, code) =>
        world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, code, Login: $"L{learner}"), world.Id));

    [Fact]
    public Task A_token_without_a_name() => TryTokenAsync((world, learner, code) =>
        world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, code), world.Id, network: $"192.0.{learner}.0/24"));

    [Fact]
    public Task The_codes_of_a_card() => TryAsync(async (world, learner) =>
    {
        var codes = (await world.Get<PrintCard>().RunAsync(world.Org, HalfDayWorld.Ref(learner), HalfDayWorld.Cancellation))
            .ShouldBeOk().Codes;
        var next = -1;
        return right => SayAsync(world.ShowAsync(
            Caller.Nobody,
            new ProofRequest(
                ProofKind.Token, right ? codes[Interlocked.Increment(ref next) % codes.Count] : "00000000", Login: $"L{learner}"),
            world.Id));
    });

    [Fact]
    public Task A_password() => TryAsync(async (world, learner) =>
    {
        const string password = "Quatre chevaux verts";
        await world.RegisterAsync(learner);
        var account = new AccountId(AccountKind.Learner, HalfDayWorld.Ref(learner));
        (await world.Get<Passwords>().SetAsync(world.Org, account, password, null, null, HalfDayWorld.Cancellation)).ShouldBeOk();
        return right => SayAsync(world.Get<LoginCheck>().TryAsync(
            world.Org, $"L{learner}", right ? password : "wrong", HalfDayWorld.Network, HalfDayWorld.Cancellation));
    });

    private static Task TryTokenAsync(Func<HalfDayWorld, int, string, Task<Result<PresenceAnswer>>> show) =>
        TryAsync(async (world, learner) =>
        {
            var token = await world.TokenAsync(learner);
            var (right, wrong) = (world.CodeOf(token), world.CodeOf(token, drift: 500));
            return isRight => SayAsync(show(world, learner, isRight ? right : wrong));
        });

    private static async Task TryAsync(Func<HalfDayWorld, int, Task<Attempt>> gate)
    {
        await using var world = await HalfDayWorld.StartAsync(Bursts);
        await world.OpenAsync();
        var learner = 0;
        await Gen.Bool.Array[0, 150].SampleAsync(
            async burst =>
            {
                var attempt = await gate(world, Interlocked.Increment(ref learner) % Bursts);

                var answers = await Task.WhenAll(burst.Select(right => attempt(right)));

                var told = answers.Count(
                    a => a is "ok" or "token-used" or "token-identify" || a.EndsWith("-wrong", StringComparison.Ordinal));
                told.ShouldBeLessThanOrEqualTo(Tries.Most);
                answers.Count(a => a is "locked" or "sign-in-locked").ShouldBe(burst.Length - told);
            },
            iter: Bursts,
            threads: 1);
    }

    private static async Task<string> SayAsync<T>(Task<Result<T>> outcome) => (await outcome).Refusal?.Code ?? "ok";
}
