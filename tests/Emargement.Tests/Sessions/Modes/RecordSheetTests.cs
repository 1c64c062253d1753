using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Modes;
using Emargement.Functions.Sessions.Paper;
using Emargement.Functions.Sheets;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Sessions.Modes;

public sealed class RecordSheetTests
{
    private static readonly byte[] Scan = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_paper_half_day_is_recorded_from_its_scan_and_sealed()
    {
        await using var world = await HalfDayWorld.StartAsync();
        (await world.Get<ChangeModes>().OfGroupAsync(
            world.Organisation, Example.Morning.TrainingRef, Example.Morning.Group,
            new GroupModeRequest(new YearMonth(2026, 11), SigningMode.Paper, "Pas de réseau"), world.Manager(), Cancellation)).ShouldBeOk();
        (await RecordAsync(world, new string('a', 64), Three)).ShouldBeRefused("scan-unknown");
        var scan = await KeepAsync(world);
        (await RecordAsync(world, scan, Three[..2])).ShouldBeRefused("paper-incomplete");
        (await RecordAsync(world, scan, [.. Three, new(HalfDayWorld.Ref(9), AttendanceMark.Present)])).ShouldBeRefused("not-enrolled");

        var closed = (await RecordAsync(world, scan, Three)).ShouldBeOk().Fact;

        (closed.SignedCount, closed.Expected, closed.Paper, closed.TrainerSigned).ShouldBe((2, 3, scan, true));
        (await RecordAsync(world, scan, Three)).ShouldBeOk().Fact.ShouldBe(closed, "said again");
        (await RecordAsync(world, scan, [Three[0], Three[2], Three[1] with { Minutes = 21 }])).ShouldBeRefused("paper-entered");
        var facts = await world.FactsAsync();
        facts.OfType<OnPaper>().Count().ShouldBe(3);
        var late = Attendance.Of(210, facts.Where(f => f.About == HalfDayWorld.Ref(1)));
        (late.Status, late.Late, late.Method, late.SignedAt).ShouldBe((AttendanceStatus.Late, 20, SigningMethod.Paper, null));
        Countersigned.IsWanted(Example.Morning, facts).ShouldBeFalse("the trainer signed on paper");
        (await world.Get<SessionsTable>().FindAsync(world.Org, world.Id, Cancellation))!.Value.State.ShouldBe(SessionState.Closed);
        var sheet = (await world.Get<SealSheet>().RunAsync(world.Org, world.Id, Cancellation)).ShouldBeOk();
        (sheet.Signed, sheet.Expected).ShouldBe((2, 3));
        (await world.Get<SheetScans>().ReadAsync(world.Org, Example.Morning.TrainingRef, world.Id.Month, scan, Cancellation))
            .ShouldBeOk().Content.ShouldBe(Scan);
    }

    [Fact]
    public async Task An_electronic_month_takes_a_rescue_sheet_with_a_reason_before_anybody_signs()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var (scan, ticket) = (await KeepAsync(world), await world.TicketAsync(0));

        (await RecordAsync(world, scan, Three)).ShouldBeRefused("group-electronic");
        var closed = (await RecordAsync(world, scan, Three, "Panne de réseau")).ShouldBeOk().Fact;

        (closed.SignedCount, closed.Expected, closed.Reason).ShouldBe((2, 3, "Panne de réseau"));
        (await world.CloseAsync()).ShouldBeOk().ShouldBe(closed, "the first closing stands");
        (await world.SignAsync(ticket, world.Learner(0))).ShouldBeRefused("session-closed");
    }

    [Fact]
    public async Task A_half_day_that_somebody_signed_electronically_takes_no_sheet()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.SignAsync(0);
        var scan = await KeepAsync(world);

        (await RecordAsync(world, scan, Three, "Panne de réseau")).ShouldBeRefused("paper-signed");
        (await world.CloseAsync()).ShouldBeOk();
        (await RecordAsync(world, scan, Three, "Panne de réseau")).ShouldBeRefused("paper-entered");
    }

    [Fact]
    public async Task Of_two_people_who_enter_at_once_one_wins_and_the_other_is_told()
    {
        await using var world = await HalfDayWorld.StartAsync();
        var scan = await KeepAsync(world);
        var other = Three;
        other[1] = other[1] with { Minutes = 25 };

        var answers = await Task.WhenAll(
            RecordAsync(world, scan, Three, "Panne"), RecordAsync(world, scan, other, "Panne"), RecordAsync(world, scan, Three, "Panne"));

        var won = (await world.FactsAsync()).OfType<OnPaper>().Single(o => o.Learner == HalfDayWorld.Ref(1)).Minutes;
        answers.Count(a => a.IsOk).ShouldBe(won == 20 ? 2 : 1, "the same words are one entry");
        answers.Where(a => !a.IsOk).ShouldAllBe(a => a.Refusal!.Code == "paper-entered");
    }

    private static PaperPerson[] Three =>
    [
        new(HalfDayWorld.Ref(0), AttendanceMark.Present),
        new(HalfDayWorld.Ref(1), AttendanceMark.Late, 20),
        new(HalfDayWorld.Ref(2), AttendanceMark.AbsentJustified, Reason: "Convocation"),
    ];

    private static async Task<string> KeepAsync(HalfDayWorld world) =>
        (await world.Get<SheetScans>().StoreAsync(
            world.Org, Example.Morning.TrainingRef, [world.Id.Month], Scan, Cancellation)).ShouldBeOk();

    private static Task<Result<Recorded<Closed>>> RecordAsync(
        HalfDayWorld world, string scan, IReadOnlyList<PaperPerson> people, string? reason = null) =>
        world.Get<RecordSheet>().RunAsync(
            world.Org, world.Id, new PaperEntry(scan, TrainerSigned: true, 2, people, reason), world.Manager(), Cancellation);
}
