using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;
using Emargement.Functions.Sessions.Modes;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Sessions.Modes;

public sealed class GroupModesTests
{
    private static readonly Reference Training = Example.Morning.TrainingRef;
    private static readonly YearMonth November = new(2026, 11);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, null, SigningMode.Electronic, "nobody decided")]
    [InlineData("2026-11", null, null, SigningMode.Electronic, "the organisation begins")]
    [InlineData("2026-12", null, null, SigningMode.Paper, "the organisation begins later")]
    [InlineData("never", null, null, SigningMode.Paper, "a pilot elsewhere")]
    [InlineData("never", "2026-10", null, SigningMode.Electronic, "the training is the pilot")]
    [InlineData("2026-10", "never", null, SigningMode.Paper, "the training stays behind")]
    [InlineData("never", "never", "2026-11:electronic", SigningMode.Electronic, "the group goes ahead")]
    [InlineData(null, null, "2026-10:paper", SigningMode.Paper, "what a group decided goes on")]
    [InlineData(null, null, "2026-12:paper", SigningMode.Electronic, "not yet")]
    [InlineData(null, null, "2026-09:paper 2026-11:electronic", SigningMode.Electronic, "the latest stands")]
    public void The_nearest_decision_holds(string? everybody, string? training, string? group, SigningMode expected, string because)
    {
        var modes = new GroupModes(
            (group ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(g => Row(g[..7], Enum.Parse<SigningMode>(g[8..], true))),
            new[] { First(null, everybody), First(Training, training) }.OfType<FirstElectronicMonth>());

        modes.Of(Training, "G1", November).ShouldBe(expected, because);
        modes.Of(Example.Morning with { Group = "G1" }).ShouldBe(expected, because);
    }

    [Fact]
    public void A_half_day_of_two_groups_is_on_paper_when_one_of_them_is()
    {
        var modes = new GroupModes([Row("2026-11", SigningMode.Paper)], []);

        modes.Of(Example.Morning with { Group = "G0, G1", Groups = ["G0", "G1"] }).ShouldBe(SigningMode.Paper);
        modes.Of(Example.Morning with { Group = "G0" }).ShouldBe(SigningMode.Electronic);
    }

    [Fact]
    public async Task A_paper_month_opens_nothing_and_takes_no_signature()
    {
        await using var world = await HalfDayWorld.StartAsync();
        (await ChangeAsync(world, SigningMode.Paper, null)).ShouldBeRefused("reason-missing");
        (await ChangeAsync(world, SigningMode.Paper, "Pas de réseau")).ShouldBeOk();

        foreach (var process in new[] { world, world.Elsewhere() })
        {
            (await process.Get<Functions.Sessions.OpenSession>().RunAsync(world.Org, world.Id, world.Trainer(), Cancellation))
                .ShouldBeRefused("group-on-paper").Args!["month"].ShouldBe("2026-11");
            (await process.ShowAsync(
                world.Learner(1), new Functions.Signing.ProofRequest(Functions.Signing.ProofKind.Qr, "x"), world.Id))
                .ShouldBeRefused("group-on-paper");
        }

        (await ChangeAsync(world, SigningMode.Electronic, null)).ShouldBeOk();
        await world.OpenAsync();
    }

    [Fact]
    public async Task A_month_that_has_begun_keeps_its_mode()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();

        (await ChangeAsync(world, SigningMode.Paper, "Pas de réseau")).ShouldBeRefused("mode-month-begun")
            .Args!["month"].ShouldBe("2026-12");
        (await ChangeAsync(world, SigningMode.Paper, "Pas de réseau", "2026-12")).ShouldBeOk();
        (await world.Get<ChangeModes>().OfAllAsync(
            world.Organisation, new ModesRequest("never"), world.Manager(), Cancellation)).ShouldBeRefused("mode-month-begun");
        (await world.Get<ChangeModes>().OfAllAsync(
            world.Organisation, new ModesRequest("never", [new PilotTraining(Training, "2026-11")]), world.Manager(), Cancellation))
            .ShouldBeOk();
    }

    private static Task<Result<GroupModes>> ChangeAsync(HalfDayWorld world, SigningMode mode, string? reason, string month = "2026-11") =>
        world.Get<ChangeModes>().OfGroupAsync(
            world.Organisation, Training, Example.Morning.Group, new GroupModeRequest(YearMonth.Parse(month), mode, reason),
            world.Manager(), Cancellation);

    private static GroupModeRow Row(string month, SigningMode mode) =>
        new(Training, "G1", YearMonth.Parse(month), mode, null, "manager:M1", default);

    private static FirstElectronicMonth? First(Reference? training, string? text) => text is null
        ? null
        : new FirstElectronicMonth(training, YearMonth.TryParse(text, out var month) ? month : null, "manager:M1", default);
}
