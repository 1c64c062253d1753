using System.Text.Json.Nodes;
using Azure;
using Emargement.Domain.Accounts;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Domain.Sessions;
using Emargement.Domain.Verification;
using Emargement.Functions.Accounts;
using Emargement.Functions.Months;
using Emargement.Functions.Months.Records;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Functions.Privacy.Disposal;
using Emargement.Functions.Privacy.Holds;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;
using Emargement.Functions.Sessions.Paper;
using Emargement.Functions.Sheets.Records;
using Emargement.Functions.Verification;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Sessions;
using Emargement.Tests.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Privacy;

/// <summary>What is past its term is reported, then goes: drawings, documents, addresses, names. Hours, references, hashes stay.</summary>
public sealed class ForgettingTests : IAsyncLifetime
{
    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");
    private static readonly Reference Training = Example.Morning.TrainingRef;
    private static readonly Reference Learner = Reference.Parse("L1");

    private AccessHost _host = null!;
    private SheetRecord _sheet = null!;
    private byte[] _copy = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await SigningHttpTests.StartAsync();
        var trainer = await _host.SignedInAsync("garonne", "F1");
        var opened = await SigningHttpTests.PostAsync(trainer, $"{SigningHttpTests.Session}/open", null);
        await SignAsync("L1", opened, new { drawing = HalfDayWorld.Drawing });
        await SignAsync("L2", opened, new { typedName = "Ada Nom002" });
        await SigningHttpTests.PostAsync(trainer, $"{SigningHttpTests.Session}/close", new { headCount = 2, typedName = "Anne Roux" });
        await _host.WhenIdleAsync();
        _sheet = (await Get<SheetsTable>().OfSessionAsync(Garonne, Example.Morning.Id, Cancellation)).ShouldHaveSingleItem().Value;
        _copy = (await PdfAsync()).ShouldNotBeNull();
        var stored = await SessionAsync();
        var unknown = UnknownPerson.Of("Petit", "Noé", _host.Time.GetUtcNow(), "trainer:F1").Value.ShouldNotBeNull();
        (await Get<SessionsTable>().TryReplaceAsync(stored, stored.Value with { Unknown = [unknown] }, Cancellation)).ShouldBeTrue();

        // The day after the term: six years after the end of the training.
        _host.Time.Advance(new DateTimeOffset(2033, 7, 1, 8, 0, 0, TimeSpan.Zero) - _host.Time.GetUtcNow());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_was_calculated_of_a_month_names_nobody_afterwards()
    {
        var (month, group) = (Example.Morning.Id.Month, new GroupKey(Training, Example.Morning.Group));
        (await Get<SummarizeMonth>().RunAsync(Garonne, month, Cancellation)).IsOk.ShouldBeTrue();
        (await NamesAsync()).ShouldContain("Nom001");
        var validated = new MonthFact(1, MonthEvent.Validated, "manager:G1", Example.At("12:00:00"), "Inès Roche");
        var life = await Get<MonthsTable>().FindAsync(Garonne, month, Cancellation);
        (await Get<MonthsTable>().TryMoveAsync(Garonne, life, life.Value with { Facts = 1 }, validated, [], Cancellation)).ShouldBeTrue();

        await _host.RunTimerAsync(Pulse.Forgetting);
        _host.Time.Advance(TimeSpan.FromDays(31));
        await _host.RunTimerAsync(Pulse.Forgetting);
        await _host.RunTimerAsync(Pulse.MonthSummaries);
        await _host.WhenIdleAsync();

        (await NamesAsync()).ShouldBe(["L0", "L1", "L2"]);
        (await Get<MonthsTable>().FactsAsync(Garonne, month, Cancellation)).ShouldHaveSingleItem().Reason
            .ShouldBeNull("a typed name goes with the audit of its month");

        async Task<IEnumerable<string>> NamesAsync() =>
            (await Get<LearnerMonthsTable>().OfGroupAsync(Garonne, month, group, Cancellation)).Select(l => l.LastName).Order();
    }

    [Fact]
    public async Task What_is_past_its_term_is_reported_a_month_before_it_goes_and_a_copy_verifies_after()
    {
        var (papers, month) = (Get<SheetScans>(), Example.Morning.Id.Month);
        var scan = (await papers.StoreAsync(Garonne, Training, [month], "%PDF-1.7 names"u8.ToArray(), Cancellation)).Value!;
        await _host.RunTimerAsync(Pulse.Forgetting);
        var report = await ForgettingAsync();
        report.ShouldBe(new Forgetting(Training, new DateOnly(2033, 7, 1), ForgettingStep.Announced, null, Sessions: 1, People: 3));
        await _host.RunTimerAsync(Pulse.Forgetting);
        (await PdfAsync()).ShouldNotBeNull("a report deletes nothing");
        (await papers.TypeAsync(Garonne, Training, month, scan, Cancellation)).ShouldBe("application/pdf");
        (await SessionAsync()).Value.Unknown.ShouldHaveSingleItem("and no name");
        (await Get<AccountsTable>().FindAsync(Garonne, new AccountId(AccountKind.Learner, Learner), Cancellation)).ShouldNotBeNull();

        _host.Time.Advance(TimeSpan.FromDays(31));
        await _host.RunTimerAsync(Pulse.Forgetting);

        var done = await ForgettingAsync();
        (done!.Step, done.KeptByStore, done.IsDone).ShouldBe((ForgettingStep.Names, 0, true));
        done.Documents.ShouldBeGreaterThanOrEqualTo(2);
        (await PdfAsync()).ShouldBeNull();
        (await papers.TypeAsync(Garonne, Training, month, scan, Cancellation)).ShouldBeNull("a scan shows names and signatures");
        (await SessionAsync()).Value.Unknown.ShouldBeEmpty("somebody on no list has a name too");
        (await Get<SheetBlobs>().ReadEvidenceAsync(Garonne, _sheet, Cancellation)).ShouldBeNull();
        (await Get<SheetsTable>().FindAsync(Garonne, Example.Morning.Id, 1, Cancellation))!.Value.ShouldBe(_sheet);

        var facts = await Get<FactsTable>().OfSessionAsync(Garonne, Example.Morning.Id, Cancellation);
        facts.Count.ShouldBeGreaterThanOrEqualTo(4);
        facts.ShouldAllBe(f => f.Drawing == null);
        var written = string.Concat(facts.Select(f => System.Text.Encoding.UTF8.GetString(f.Json)));
        written.ShouldContain("drawingSha256");
        // The whole names as they were typed: the ids of devices are random letters, which may spell a short one.
        written.ShouldNotContain("Ada Nom002");
        written.ShouldNotContain("Anne Roux");

        (await Get<AccountsTable>().FindAsync(Garonne, new AccountId(AccountKind.Learner, Learner), Cancellation)).ShouldBeNull();
        (await Get<LearnersTable>().FindAsync(Garonne, Learner, Cancellation))!.Value.LastName.ShouldBe("L1");
        (await Get<EnrolmentsTable>().OfTrainingAsync(Garonne, Training, Cancellation).ToListAsync(Cancellation))
            .ShouldAllBe(e => e.Value.LastName == e.Value.Enrolment.LearnerRef.Value && e.Value.FirstName.Length == 0);
        (await Get<AuditTable>().OldestMonthAsync("garonne", Cancellation)).ShouldNotBe(new YearMonth(2026, 11));

        var checking = Get<SheetChecking>();
        var copy = (await checking.FileAsync(_copy, Cancellation)).Value.ShouldNotBeNull();
        (copy.Verdict, copy.Sheet!.Sha256).ShouldBe((SheetVerdict.Intact, _sheet.Sha256));
        (await checking.CodeAsync(_sheet.Code.ToString(), Cancellation)).Refusal!.Code.ShouldBe("sheet-erased");
    }

    [Fact]
    public async Task Who_looked_after_a_learner_goes_with_the_name_and_the_months_are_calculated_again()
    {
        var enrolments = Get<EnrolmentsTable>();
        var stored = await enrolments.OfTrainingAsync(Garonne, Training, Cancellation)
            .FirstAsync(e => e.Value.Enrolment.LearnerRef == Learner, Cancellation);
        var told = stored.Value.Enrolment with
        {
            Periods = [.. stored.Value.Enrolment.Periods.Select(p => p with
            {
                TutorName = "Mme Ruiz",
                TutorEmail = EmailAddress.Parse("ruiz@chez-ruiz.example"),
            })],
        };
        (await enrolments.TryWriteAsync(
            Garonne, [], [new Replacement<EnrolledLearner>(stored, stored.Value with { Enrolment = told })], Cancellation)).ShouldBeTrue();
        var marks = Get<MonthMarksTable>();
        await marks.TakeAsync(Garonne, Example.Morning.Id.Month, ETag.All, Cancellation);

        await _host.RunTimerAsync(Pulse.Forgetting);
        _host.Time.Advance(TimeSpan.FromDays(31));
        await _host.RunTimerAsync(Pulse.Forgetting);

        (await ForgettingAsync())!.IsDone.ShouldBeTrue();
        (await enrolments.OfTrainingAsync(Garonne, Training, Cancellation).ToListAsync(Cancellation))
            .SelectMany(e => e.Value.Enrolment.Periods).ShouldAllBe(p => p.TutorName == null && p.TutorEmail == null);
        (await marks.FindAsync(Garonne, Example.Morning.Id.Month, Cancellation)).ShouldNotBeNull("its summary holds names");
    }

    [Fact]
    public async Task A_hold_stops_it_until_two_lift_it_and_two_runs_at_once_end_as_one()
    {
        var organisation = (await Get<OrganisationSettings>().GetAsync(Garonne, Cancellation)).Value!;
        var forget = Get<ForgetOrganisation>();
        await forget.RunAsync(organisation, Cancellation);
        var body = new PlaceHoldBody(HoldScope.Learner, "Litige", Learner);
        (await Get<PlaceHold>().RunAsync(organisation, body, Manager("M1"), Cancellation)).IsOk.ShouldBeTrue();
        _host.Time.Advance(TimeSpan.FromDays(31));

        (await forget.RunAsync(organisation, Cancellation)).ShouldBe(0);
        (await PdfAsync()).ShouldNotBeNull("one learner holds the whole room's sheet");
        HoldId.TryParse("learner:L1", out var hold).ShouldBeTrue();
        await _host.CreateManagerAsync("garonne", "M1", "m1@example.fr");
        await _host.CreateManagerAsync("garonne", "M2", "m2@example.fr");
        await Get<LiftHold>().RunAsync(new Route<HoldId>(Garonne, hold), Manager("M1"), Cancellation);
        await Get<LiftHold>().RunAsync(new Route<HoldId>(Garonne, hold), Manager("M2"), Cancellation);

        await Task.WhenAll(forget.RunAsync(organisation, Cancellation), forget.RunAsync(organisation, Cancellation));

        // Whichever was slower stopped; what it left, the next look ends.
        await forget.RunAsync(organisation, Cancellation);
        (await ForgettingAsync())!.IsDone.ShouldBeTrue();
        (await forget.RunAsync(organisation, Cancellation)).ShouldBe(0);
        (await PdfAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_run_that_was_cut_short_goes_on_after_the_last_month_that_it_noted()
    {
        var organisation = (await Get<OrganisationSettings>().GetAsync(Garonne, Cancellation)).Value!;
        var table = Get<ForgettingsTable>();
        var cut = new Forgetting(Training, new DateOnly(2033, 6, 1), ForgettingStep.Announced, new YearMonth(2027, 6), 1, 3, 2);
        await table.TryWriteAsync(Garonne, null, cut, Cancellation);

        await Get<ForgetOrganisation>().RunAsync(organisation, Cancellation);

        (await ForgettingAsync())!.ShouldBe(cut with { Step = ForgettingStep.Names });
        (await PdfAsync()).ShouldNotBeNull("its month was noted as done: it is not asked again");
    }

    private static Caller Manager(string reference) =>
        new(Callers.Manager, Garonne, Reference.Parse(reference), $"manager:{reference}");

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    private async Task<Forgetting?> ForgettingAsync() => (await Get<ForgettingsTable>().FindAsync(Garonne, Training, Cancellation))?.Value;

    private async Task<Stored<Session>> SessionAsync() =>
        (await Get<SessionsTable>().FindAsync(Garonne, Example.Morning.Id, Cancellation)).ShouldNotBeNull();

    private Task<byte[]?> PdfAsync() => Get<SheetBlobs>().ReadPdfAsync(Garonne, Example.Morning.Id, 1, Cancellation);

    private async Task SignAsync(string learner, JsonObject opened, object mark)
    {
        var client = await _host.SignedInAsync("garonne", learner);
        var presence = await SigningHttpTests.PostAsync(
            client,
            "/api/organisations/garonne/presence",
            new { session = "20261123-1-S1", proof = new { kind = "qr", value = SigningHttpTests.Qr(_host, opened) } });
        var body = System.Text.Json.JsonSerializer.SerializeToNode(mark)!.AsObject();
        body["ticket"] = presence["ticket"]!.GetValue<string>();
        await SigningHttpTests.PostAsync(client, "/api/organisations/garonne/signatures", body);
    }
}
