using System.Text.Json.Nodes;
using Azure;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Months.Runs;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;
using Microsoft.Extensions.DependencyInjection;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Months;

/// <summary>What happens to a month while it is calculated, accepted or validated by somebody else.</summary>
public sealed class ValidationRacesTests : ValidationScene
{
    [Fact]
    public async Task A_correction_that_lands_while_a_month_is_being_validated_reopens_it()
    {
        await NextMonthAsync();
        await AcceptAsync(await CalculateAsync(), "head-count", "Deux visiteurs");
        await Host.WhenIdleAsync();
        (await ValidateAsync(await CalculateAsync())).ShouldBeNull();

        // Another process remembered the month as open.
        var late = new Corrected
        {
            At = Host.Time.GetUtcNow(),
            By = "manager:G2",
            Learner = Ref("S1"),
            Mark = AttendanceMark.AbsentUnjustified,
            Reason = "Erreur",
        };
        await Host.Services.GetRequiredService<FactsTable>().TryInsertAsync(Garonne, Session, new NewFact(late), Cancellation);
        await MinuteAsync();

        var month = await GetAsync(Month);
        month["state"]!.GetValue<string>().ShouldBe("open");
        month["versions"]!.AsArray().ShouldBeEmpty();
        month["facts"]!.AsArray()[^1]!["event"]!.GetValue<string>().ShouldBe("reopened");
        (await CorrectAsync()).ShouldBeNull();
        await Host.WhenIdleAsync();
    }

    [Fact]
    public async Task What_is_said_after_the_calculation_that_was_read_is_not_accepted_with_it()
    {
        await NextMonthAsync();
        var at = await CalculateAsync();
        Host.Time.Advance(TimeSpan.FromMinutes(1));
        var unseen = new Corrected
        {
            At = Host.Time.GetUtcNow(),
            By = "manager:G2",
            Learner = Ref("S1"),
            Mark = AttendanceMark.Late,
            Minutes = 10,
            Reason = "Erreur",
        };
        await Host.Services.GetRequiredService<FactsTable>().TryInsertAsync(Garonne, Session, new NewFact(unseen), Cancellation);
        Host.Time.Advance(TimeSpan.FromMinutes(1));

        (await AcceptAsync(at, "head-count", "Deux visiteurs")).ShouldBeNull();
        await Host.WhenIdleAsync();
        await CalculateAsync();
        (await GetAsync(Month + "/blockers"))["items"]!.AsArray().Select(i => i!["code"]?.GetValue<string>())
            .ShouldContain("head-count", "the reason was about another state");
    }

    [Fact]
    public async Task A_month_validated_again_within_the_minute_is_sent()
    {
        await NextMonthAsync();
        await AcceptAsync(await CalculateAsync(), "head-count", "Deux visiteurs");
        await Host.WhenIdleAsync();
        (await ValidateAsync(await CalculateAsync())).ShouldBeNull();
        (await WithdrawAsync("Trop vite")).ShouldBeNull();
        (await ValidateAsync(await CalculateAsync())).ShouldBeNull();
        await MinuteAsync();

        (await GetAsync(Month))["state"]!.GetValue<string>().ShouldBe("sent");
    }

    [Fact]
    public async Task An_import_that_began_before_is_waited_for()
    {
        await NextMonthAsync();
        await AcceptAsync(await CalculateAsync(), "head-count", "Deux visiteurs");
        await Host.WhenIdleAsync();
        (await ValidateAsync(await CalculateAsync())).ShouldBeNull();
        var (begun, ends) = (new TaskCompletionSource(), new TaskCompletionSource());
        var import = Host.Services.GetRequiredService<ImportLeases>().RunAsync(
            Garonne,
            ImportRunId.Night(new DateOnly(2026, 12, 1)),
            async (_, _) =>
            {
                begun.SetResult();
                await ends.Task;
                return Result<int>.FromT(1);
            },
            Cancellation);
        await begun.Task;
        await MinuteAsync();
        (await GetAsync(Month))["state"]!.GetValue<string>().ShouldBe("validated", "what the import writes is not known yet");

        ends.SetResult();
        (await import).IsOk.ShouldBeTrue();
        await MinuteAsync();
        (await GetAsync(Month))["state"]!.GetValue<string>().ShouldBe("sent");
    }

    [Fact]
    public async Task Of_two_runs_at_once_the_slower_one_writes_nothing_over_the_other()
    {
        var (groups, marks) = (
            Host.Services.GetRequiredService<GroupMonthsTable>(), Host.Services.GetRequiredService<MonthMarksTable>());
        var november = new YearMonth(2026, 11);
        await CalculateAsync();
        var (tag, mark) = (await groups.TagAsync(Garonne, november, Cancellation), await MarkedAsync());
        await CalculateAsync();
        var summary = (await Host.Services.GetRequiredService<SummarizeMonth>().RunAsync(Garonne, november, Cancellation)).Value!;

        (await groups.TryReplaceAsync(Garonne, november, tag, summary, Cancellation)).ShouldBeFalse("it read too early");
        (await groups.TryReplaceAsync(Garonne, november, null, summary, Cancellation)).ShouldBeFalse();

        // What changed while a run was reading stays marked when it ends.
        await marks.MarkAsync(Garonne, november, Cancellation);
        await marks.TakeAsync(Garonne, november, mark, Cancellation);
        (await marks.FindAsync(Garonne, november, Cancellation)).ShouldNotBeNull();

        async Task<ETag> MarkedAsync()
        {
            await marks.MarkAsync(Garonne, november, Cancellation);
            return (await marks.FindAsync(Garonne, november, Cancellation))!.Value;
        }
    }

    [Fact]
    public async Task A_month_that_ended_is_looked_at_for_a_week_and_what_was_sent_waits_for_nobody()
    {
        var find = Host.Services.GetRequiredService<FindChangedMonths>();
        await CalculateAsync();
        await NextMonthAsync();
        (await find.RunAsync(Cancellation)).ShouldContain(MonthRun.Of(Garonne, new YearMonth(2026, 11)), "a day went by");
        await AcceptAsync(await CalculateAsync(), "head-count", "Deux visiteurs");
        await Host.WhenIdleAsync();
        var computed = await CalculateAsync();
        (await find.RunAsync(Cancellation)).ShouldNotContain(MonthRun.Of(Garonne, new YearMonth(2026, 11)));

        (await PostAsync("/corrections", new { reason = "Erreur", items = new object?[] { null } })).ShouldBe("body-invalid");
        (await PostAsync(
            Month + "/acceptances",
            new { code = "head-count", computedAt = computed, reason = "Deux visiteurs", items = new object?[] { null } }))
            .ShouldBe("body-invalid");
        var pending = Host.Services.GetRequiredService<PendingTable>();
        var item = new PendingItem(
            PendingKind.NotClosed, null, Session, null, Ref("A1"), "G1", null, computed, true);
        await pending.ReplaceAsync(Garonne, new YearMonth(2026, 11), [item], Cancellation);
        (await GetAsync("/pending"))["items"]!.AsArray().Count.ShouldBe(1);
        (await pending.CountAsync(Garonne, _ => true, Cancellation)).ShouldBe(1);

        var organisations = Host.Services.GetRequiredService<OrganisationsTable>();
        var read = (await organisations.FindAsync(Garonne, Cancellation))!;
        await organisations.TryReplaceAsync(read, read.Value with { FrozenMonths = [new YearMonth(2026, 11)] }, Cancellation);
        Host.Services.GetRequiredService<OrganisationSettings>().Forget(Garonne);
        (await GetAsync("/pending"))["items"]!.AsArray().ShouldBeEmpty();
        (await GetAsync("/pending?month=2026-11"))["items"]!.AsArray().Count.ShouldBe(1, "whoever asks for that month sees it");
    }
}
