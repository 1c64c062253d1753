using System.Net;
using System.Net.Http.Json;
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
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Region;
using Microsoft.Extensions.DependencyInjection;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Months;

/// <summary>A month is accepted, validated, sent and taken up again, over HTTP and through its run.</summary>
public sealed class ValidationTests : IAsyncLifetime
{
    private const string Api = "/api/organisations/garonne";
    private const string Month = "/months/2026-11";

    private static readonly SessionId Session = new(Monday, HalfDay.Morning, Ref("AM"));
    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");

    private AccessHost _host = null!;
    private HttpClient _manager = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The session was counted for two and signed by one: an anomaly that may be accepted.
    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        _host.Time.SetUtcNow(At(18, 0));
        var world = new RegionWorld().Enrol("S1", "Petit").Session("AM", null, Signs("S1"), Closes(2, 1));
        await ExportRig.HoldAsync(_host.Services.GetRequiredService<AppStorage>(), world);
        await _host.CreateManagerAsync("garonne", "G1", "ines@example.org");
        _manager = await _host.SignedInAsync("garonne", "ines@example.org");
        await _host.RunTimerAsync("SweepSheets");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_month_is_accepted_validated_sent_and_taken_up_again()
    {
        (await ValidateAsync(await CalculateAsync())).ShouldBe("month-not-over");
        await NextMonthAsync();
        (await ValidateAsync(At(18, 0))).ShouldBe("month-moved", "another calculation");
        var at = await CalculateAsync();
        (await ValidateAsync(at)).ShouldBe("month-blocked");
        (await ValidateAsync(at, "")).ShouldBe("typed-name-invalid");

        (await AcceptAsync(at, "head-count", "ok")).ShouldBe("reason-too-short");
        (await AcceptAsync(at, "unsigned", "Deux visiteurs")).ShouldBe("not-acceptable");
        (await AcceptAsync(at, "head-count", "Deux visiteurs")).ShouldBeNull();
        await _host.WhenIdleAsync();
        (await GetAsync(Month + "/blockers"))["items"]!.AsArray().ShouldBeEmpty();

        at = await CalculateAsync();
        (await ValidateAsync(at)).ShouldBeNull();
        (await ValidateAsync(at)).ShouldBeNull("a double click");
        (await CorrectAsync()).ShouldBe("month-validated");
        (await GetAsync(Month))["state"]!.GetValue<string>().ShouldBe("validated");

        await MinuteAsync();
        var month = await GetAsync(Month);
        month["state"]!.GetValue<string>().ShouldBe("sent");
        var version = month["versions"]!.AsArray().ShouldHaveSingleItem()!;
        version["state"]!.GetValue<string>().ShouldBe("validated");
        using (var file = await _manager.GetAsync(version["files"]![0]!["address"]!.GetValue<string>(), Cancellation))
        {
            file.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await WithdrawAsync("")).ShouldBe("reason-missing");
        (await WithdrawAsync("Une absence était justifiée")).ShouldBeNull();
        (await CorrectAsync()).ShouldBeNull("the month may change again");
        await _host.WhenIdleAsync();
        (await GetAsync(Month))["facts"]!.AsArray().Select(f => f!["event"]!.GetValue<string>())
            .ShouldBe(["accepted", "validated", "sent", "withdrawn"]);
    }

    [Fact]
    public async Task A_correction_that_lands_while_a_month_is_being_validated_reopens_it()
    {
        await NextMonthAsync();
        await AcceptAsync(await CalculateAsync(), "head-count", "Deux visiteurs");
        await _host.WhenIdleAsync();
        (await ValidateAsync(await CalculateAsync())).ShouldBeNull();

        // Another process remembered the month as open.
        var late = new Corrected
        {
            At = _host.Time.GetUtcNow(),
            By = "manager:G2",
            Learner = Ref("S1"),
            Mark = AttendanceMark.AbsentUnjustified,
            Reason = "Erreur",
        };
        await _host.Services.GetRequiredService<FactsTable>().TryInsertAsync(Garonne, Session, new NewFact(late), Cancellation);
        await MinuteAsync();

        var month = await GetAsync(Month);
        month["state"]!.GetValue<string>().ShouldBe("open");
        month["versions"]!.AsArray().ShouldBeEmpty();
        month["facts"]!.AsArray()[^1]!["event"]!.GetValue<string>().ShouldBe("reopened");
        (await CorrectAsync()).ShouldBeNull();
        await _host.WhenIdleAsync();
    }

    [Fact]
    public async Task What_is_said_after_the_calculation_that_was_read_is_not_accepted_with_it()
    {
        await NextMonthAsync();
        var at = await CalculateAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        var unseen = new Corrected
        {
            At = _host.Time.GetUtcNow(),
            By = "manager:G2",
            Learner = Ref("S1"),
            Mark = AttendanceMark.Late,
            Minutes = 10,
            Reason = "Erreur",
        };
        await _host.Services.GetRequiredService<FactsTable>().TryInsertAsync(Garonne, Session, new NewFact(unseen), Cancellation);
        _host.Time.Advance(TimeSpan.FromMinutes(1));

        (await AcceptAsync(at, "head-count", "Deux visiteurs")).ShouldBeNull();
        await _host.WhenIdleAsync();
        await CalculateAsync();
        (await GetAsync(Month + "/blockers"))["items"]!.AsArray().Select(i => i!["code"]?.GetValue<string>())
            .ShouldContain("head-count", "the reason was about another state");
    }

    [Fact]
    public async Task A_month_validated_again_within_the_minute_is_sent()
    {
        await NextMonthAsync();
        await AcceptAsync(await CalculateAsync(), "head-count", "Deux visiteurs");
        await _host.WhenIdleAsync();
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
        await _host.WhenIdleAsync();
        (await ValidateAsync(await CalculateAsync())).ShouldBeNull();
        var (begun, ends) = (new TaskCompletionSource(), new TaskCompletionSource());
        var import = _host.Services.GetRequiredService<ImportLeases>().RunAsync(
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
            _host.Services.GetRequiredService<GroupMonthsTable>(), _host.Services.GetRequiredService<MonthMarksTable>());
        var november = new YearMonth(2026, 11);
        await CalculateAsync();
        var (tag, mark) = (await groups.TagAsync(Garonne, november, Cancellation), await MarkedAsync());
        await CalculateAsync();
        var summary = (await _host.Services.GetRequiredService<SummarizeMonth>().RunAsync(Garonne, november, Cancellation)).Value!;

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
        var find = _host.Services.GetRequiredService<FindChangedMonths>();
        await CalculateAsync();
        await NextMonthAsync();
        (await find.RunAsync(Cancellation)).ShouldContain(MonthRun.Of(Garonne, new YearMonth(2026, 11)), "a day went by");
        await AcceptAsync(await CalculateAsync(), "head-count", "Deux visiteurs");
        await _host.WhenIdleAsync();
        var computed = await CalculateAsync();
        (await find.RunAsync(Cancellation)).ShouldNotContain(MonthRun.Of(Garonne, new YearMonth(2026, 11)));

        (await PostAsync("/corrections", new { reason = "Erreur", items = new object?[] { null } })).ShouldBe("body-invalid");
        (await PostAsync(
            Month + "/acceptances",
            new { code = "head-count", computedAt = computed, reason = "Deux visiteurs", items = new object?[] { null } }))
            .ShouldBe("body-invalid");
        var pending = _host.Services.GetRequiredService<PendingTable>();
        var item = new PendingItem(
            PendingKind.NotClosed, null, Session, null, Ref("A1"), "G1", null, computed, true);
        await pending.ReplaceAsync(Garonne, new YearMonth(2026, 11), [item], Cancellation);
        (await GetAsync("/pending"))["items"]!.AsArray().Count.ShouldBe(1);
        (await pending.CountAsync(Garonne, _ => true, Cancellation)).ShouldBe(1);

        var organisations = _host.Services.GetRequiredService<OrganisationsTable>();
        var read = (await organisations.FindAsync(Garonne, Cancellation))!;
        await organisations.TryReplaceAsync(read, read.Value with { FrozenMonths = [new YearMonth(2026, 11)] }, Cancellation);
        _host.Services.GetRequiredService<OrganisationSettings>().Forget(Garonne);
        (await GetAsync("/pending"))["items"]!.AsArray().ShouldBeEmpty();
        (await GetAsync("/pending?month=2026-11"))["items"]!.AsArray().Count.ShouldBe(1, "whoever asks for that month sees it");
    }

    [Fact]
    public async Task A_month_that_was_frozen_and_never_validated_is_open_again_within_the_hour()
    {
        var organisations = _host.Services.GetRequiredService<OrganisationsTable>();
        var read = (await organisations.FindAsync(Garonne, Cancellation))!;
        (await organisations.TryReplaceAsync(read, read.Value with { FrozenMonths = [new YearMonth(2026, 11)] }, Cancellation))
            .ShouldBeTrue();

        await _host.RunTimerAsync("SummarizeMonths");
        (await organisations.FindAsync(Garonne, Cancellation))!.Value.FrozenMonths.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_validates_and_closes_without_a_script()
    {
        await NextMonthAsync();
        var at = await CalculateAsync();
        (await SendAsync("validate", at, ("name", "Inès Roche"))).ShouldBe(HttpStatusCode.Conflict, "an anomaly blocks");
        (await SendAsync("accept", at, ("code", "head-count"), ("reason", "Deux visiteurs"))).ShouldBe(HttpStatusCode.Redirect);
        await _host.WhenIdleAsync();
        at = await CalculateAsync();
        (await SendAsync("lock", at)).ShouldBe(HttpStatusCode.Conflict, "nothing was sent");
        (await SendAsync("validate", at, ("name", "Inès Roche"))).ShouldBe(HttpStatusCode.Redirect);
        await MinuteAsync();

        (await PageAsync()).ShouldContain("à la disposition de la Région");
        (await SendAsync("lock", at)).ShouldBe(HttpStatusCode.Redirect);
        (await PageAsync()).ShouldContain("Ce mois est clos");
        (await CorrectAsync()).ShouldBe("month-locked");
        (await SendAsync("withdraw", at, ("reason", "Trop tard"))).ShouldBe(HttpStatusCode.Conflict);
    }

    private async Task NextMonthAsync()
    {
        _host.Time.SetUtcNow(At(10, 0, day: new DateOnly(2026, 12, 1)));
        await _host.WhenIdleAsync();
        _manager = await _host.SignedInAsync("garonne", "ines@example.org");
    }

    // Longer than any process remembers the month as open.
    private async Task MinuteAsync()
    {
        await _host.WhenIdleAsync();
        _host.Time.Advance(TimeSpan.FromSeconds(63));
        await _host.WhenIdleAsync();
    }

    private async Task<DateTimeOffset> CalculateAsync()
    {
        using var asked = await _manager.PostAsJsonAsync(Api + Month + "/refresh", new { }, Cancellation);
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await _host.WhenIdleAsync();
        return (await GetAsync(Month))["computedAt"]!.GetValue<DateTimeOffset>();
    }

    private Task<string?> ValidateAsync(DateTimeOffset computedAt, string typedName = "Inès Roche") =>
        PostAsync(Month + "/validation", new { typedName, computedAt });

    private Task<string?> AcceptAsync(DateTimeOffset computedAt, string code, string reason) =>
        PostAsync(Month + "/acceptances", new { code, computedAt, reason, all = true });

    private Task<string?> WithdrawAsync(string reason) => PostAsync(Month + "/withdrawal", new { reason });

    private Task<string?> CorrectAsync() => PostAsync(
        $"/sessions/{Session}/corrections", new { learner = "S1", mark = "absent-justified", reason = "Convocation" });

    private async Task<string?> PostAsync(string path, object body)
    {
        using var answer = await _manager.PostAsJsonAsync(Api + path, body, Cancellation);
        return answer.IsSuccessStatusCode ? null : await AccessHost.CodeAsync(answer);
    }

    private async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await _manager.GetAsync(Api + path, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await AccessHost.JsonAsync(answer);
    }

    private async Task<string> PageAsync()
    {
        using var page = await _manager.GetAsync("/o/garonne" + Month + "/validation", Cancellation);
        return WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task<HttpStatusCode> SendAsync(string act, DateTimeOffset computedAt, params (string Name, string Value)[] fields)
    {
        var all = fields.ToDictionary(f => f.Name, f => f.Value);
        all["act"] = act;
        all["computedAt"] = computedAt.UtcDateTime.ToString("O");
        using var answer = await _manager.PostAsync(
            "/o/garonne" + Month + "/validation", new FormUrlEncodedContent(all), Cancellation);
        return answer.StatusCode;
    }
}
