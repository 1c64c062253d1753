using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Signing;

namespace Emargement.Tests.Signing.Guessing;

/// <summary>Who is not signed in finds out by no answer whether somebody is known here or expected there: the same words, the same status
/// and the same number of calls to the storage, which is what the time of an answer is made of.</summary>
public sealed class EnumerationTests
{
    [Theory]
    [InlineData("L0", "L2", "L9", "X-404", "nobody")] // with a token, without one, not enrolled, nobody
    [InlineData("l0@example.fr", "l2@example.fr", "l9@example.fr", "nobody@example.fr")]
    public async Task A_name_with_a_wrong_code_says_nothing_of_the_name(params string[] names)
    {
        await using var world = await WorldAsync();
        foreach (var session in new[] { world.Id, (SessionId?)null })
        {
            var answers = new List<string>();
            foreach (var name in names)
            {
                await AskAsync(world, name, session);
                world.Calls.Reset();
                for (var i = 0; i < 5; i++)
                {
                    answers.Add($"{i}: {await AskAsync(world, name, session)} in {world.Calls.Made.Count} calls");
                    world.Calls.Reset();
                }
            }

            // Some are told to be wrong, then it is locked, whoever's name it is.
            answers.Distinct().Count().ShouldBe(5, string.Join('\n', answers));
            answers.ShouldContain(a => a.Contains("token-wrong", StringComparison.Ordinal));
            world.Time.Advance(TimeSpan.FromMinutes(16));
        }
    }

    [Fact]
    public async Task Who_shows_a_right_code_is_told_more()
    {
        await using var world = await WorldAsync();
        var code = world.CodeOf(await world.TokenAsync(9));

        (await world.ShowAsync(
            Caller.Nobody, new ProofRequest(ProofKind.Token, code, Login: "L9"))).ShouldBeRefused("no-session-now");
    }

    [Theory]
    [InlineData("L0")]
    [InlineData("l0@example.fr")]
    [InlineData("L2")] // no password yet
    [InlineData("nobody")]
    [InlineData("nobody@example.fr")]
    public async Task A_wrong_password_is_the_same_work_whoevers_it_is(string login)
    {
        await using var world = await WorldAsync();
        Task<Result<Account>> TryAsync() => world.Get<LoginCheck>().TryAsync(
            world.Org, login, "Trois chevaux verts", HalfDayWorld.Network, HalfDayWorld.Cancellation);
        await TryAsync();
        world.Calls.Reset();

        (await TryAsync()).ShouldBeRefused("sign-in-wrong");

        world.Calls.Made.Count.ShouldBe(StorageBudget.SignIn + StorageBudget.WrongOfNetwork, string.Join('\n', world.Calls.Made));
    }

    private static async Task<string> AskAsync(HalfDayWorld world, string name, SessionId? session)
    {
        var refusal = (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, "000000", Login: name), session)).Refusal!;
        var args = refusal.Args ?? new Dictionary<string, string>();
        return $"{refusal.Code} {refusal.Kind} {string.Join(' ', args.Select(a => $"{a.Key}={a.Value}"))}";
    }

    /// <summary>L0 and L1 have tokens, L2 has none, L9 has one and is expected elsewhere.</summary>
    private static async Task<HalfDayWorld> WorldAsync()
    {
        var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.RegisterAsync(0, 1, 2, 9);
        await world.KnowAsync(9);
        await world.TokenAsync(0);
        await world.TokenAsync(1);
        await world.TokenAsync(9);
        var passwords = world.Get<Passwords>();
        var account = new AccountId(AccountKind.Learner, HalfDayWorld.Ref(0));
        (await passwords.SetAsync(world.Org, account, "Quatre chevaux verts", null, null, HalfDayWorld.Cancellation)).ShouldBeOk();
        await world.LiveAsync();
        return world;
    }
}
