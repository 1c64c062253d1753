using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Logins;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Gates;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Functions.Signing;
using Emargement.Tests.Sessions;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Tests.Signing.Guessing;

/// <summary>Guessing is stopped, and stops nobody but who guesses.</summary>
public sealed class LockOutTests
{
    private static readonly ProofRequest Wrong = new(ProofKind.Code, "22222222");

    [Fact]
    public async Task Five_wrong_codes_lock_that_learners_typing_there_for_a_quarter_of_an_hour()
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
        (await world.ShowAsync(world.Learner(1), right, world.Id)).ShouldBeOk();
        (await world.ShowAsync(world.Learner(0), right, world.Id, network: "198.51.100.0/24")).ShouldBeOk();

        world.Time.SetUtcNow(Example.At("08:05:00"));
        (await world.ShowAsync(world.Learner(0), right with { Value = world.Code() }, world.Id)).ShouldBeOk();
    }

    [Fact]
    public async Task Nothing_locks_a_scan()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        for (var i = 0; i < 8; i++)
        {
            await world.ShowAsync(world.Learner(0), Wrong, world.Id);
            (await world.ShowAsync(world.Learner(0), new ProofRequest(ProofKind.Qr, "x"), world.Id)).ShouldBeRefused("qr-invalid");
        }

        (await world.ScanAsync(0)).ShouldBeOk();
    }

    [Fact]
    public async Task Stale_codes_are_refused_without_being_counted()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var old = new ProofRequest(ProofKind.Code, world.Code());
        world.Time.Advance(TimeSpan.FromMinutes(2));

        for (var i = 0; i < 8; i++)
        {
            (await world.ShowAsync(world.Learner(0), old, world.Id)).ShouldBeRefused("code-stale");
        }

        (await world.ShowAsync(world.Learner(0), new ProofRequest(ProofKind.Code, world.Code()), world.Id)).ShouldBeOk();
    }

    [Fact]
    public async Task Wrong_tries_under_every_name_of_a_class_lock_nobody_who_is_signed_in()
    {
        const int learners = 12;
        await using var world = await HalfDayWorld.StartAsync(learners);
        await world.OpenAsync();
        var token = await world.TokenAsync(3);

        var tries = from learner in Enumerable.Range(0, learners)
                    from _ in Enumerable.Range(0, 6)
                    select world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, "000000", Login: $"L{learner}"), world.Id);
        (await Task.WhenAll(tries)).ShouldAllBe(a => a.Refusal!.Code == "token-wrong" || a.Refusal.Code == "locked");

        for (var i = 0; i < learners; i++)
        {
            (await world.ScanAsync(i)).ShouldBeOk();
            (await world.ShowAsync(world.Learner(i), new ProofRequest(ProofKind.Code, world.Code()), world.Id)).ShouldBeOk();
        }

        var code = new ProofRequest(ProofKind.Token, world.CodeOf(token));
        (await world.ShowAsync(Caller.Nobody, code with { Login = "L3" }, world.Id)).ShouldBeRefused("locked");
        (await world.ShowAsync(Caller.Nobody, code with { Login = "L3" }, world.Id, network: "198.51.100.0/24")).ShouldBeOk();
        world.Time.Advance(TimeSpan.FromSeconds(30));
        (await world.ShowAsync(world.Learner(3), code with { Value = world.CodeOf(token) }, world.Id)).ShouldBeOk();
        world.Time.Advance(TimeSpan.FromSeconds(30));
        (await world.ShowAsync(Caller.Nobody, code with { Value = world.CodeOf(token) }, world.Id)).ShouldBeOk();
    }

    [Fact]
    public async Task A_classroom_locked_by_typing_errors_goes_on_with_names()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.RegisterAsync(0, 1);
        var right = world.CodeOf(await world.TokenAsync(1));
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
    public async Task A_whole_class_types_its_tokens_at_once_without_a_name()
    {
        const int learners = 30;
        await using var world = await HalfDayWorld.StartAsync(learners);
        await world.OpenAsync();
        var codes = new List<string>();
        for (var i = 0; i < learners; i++)
        {
            codes.Add(world.CodeOf(await world.TokenAsync(i)));
        }

        var answers = await Task.WhenAll(
            codes.Select(code => world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, code), world.Id)));

        answers.Select(a => a.ShouldBeOk().Learner.Reference).Distinct().Count().ShouldBe(learners);
    }

    [Fact]
    public async Task Tries_are_forgotten_after_a_day()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        for (var i = 0; i < 130; i++)
        {
            await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, "000000", Login: $"nobody{i}"), world.Id);
        }

        world.Time.Advance(TimeSpan.FromHours(2));
        await world.Get<LoginCheck>().TryAsync(world.Org, "L1", "wrong", HalfDayWorld.Network, HalfDayWorld.Cancellation);
        world.Time.Advance(TimeSpan.FromHours(23));
        await new ForgetTriesTimer(
            world.Get<OrganisationsTable>(), world.Get<RegionsTable>(), world.Get<TriesTable>(), world.Get<PulseTable>(), world.Time)
            .RunAsync(new TimerInfo(), HalfDayWorld.Cancellation);

        var table = await world.Get<AppStorage>().TableAsync("Tries");
        var kept = await table.StartingWith(world.Org.Value, string.Empty, HalfDayWorld.Cancellation)
            .ToListAsync(HalfDayWorld.Cancellation);
        kept.Select(row => row.RowKey.Split('|')[0]).ShouldBe(["network", "sign-in"], "what was wrong counts for its network too");
    }
}
