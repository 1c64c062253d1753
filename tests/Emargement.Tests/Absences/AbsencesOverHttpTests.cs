using System.Net;
using System.Net.Http.Json;
using System.Text;
using Emargement.Domain.Absences;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Months.Records;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Privacy.Disposal;
using Emargement.Functions.Region.Export;
using Emargement.Functions.Sessions;
using UglyToad.PdfPig;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Absences;

public sealed class AbsencesOverHttpTests : AbsenceScene
{
    private static readonly Caller Inès = new(Callers.Manager, Garonne, Ref("G1"), "manager:G1");

    [Fact]
    public async Task Accepting_5_days_with_1_signed_half_day_corrects_9_leaves_1_makes_9_versions_twice_asked_still_9()
    {
        var id = await FileAsync(Learner, document: Picture, text: "grippe");
        (await PageAsync(Manager, "absences")).ShouldContain("Petit");
        var page = await PageAsync(Manager, $"absences/{id}");
        page.ShouldContain("a signé");
        page.ShouldContain("grippe");

        foreach (var turn in Enumerable.Range(0, 2))
        {
            using var accepted = await AcceptAsync(id, Week);
            accepted.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        (await AbsenceAsync(id)).Decision!.ShouldSatisfyAllConditions(d => d.HalfDays.Count.ShouldBe(9), d => d.Left.ShouldBe(1));
        foreach (var (n, session) in Week.Index())
        {
            var corrections = (await FactsAsync(session)).Select(f => f.Fact).OfType<Corrected>().ToList();
            corrections.Count.ShouldBe(n == 0 ? 0 : 1);
            corrections.ShouldAllBe(
                c => c.By == "manager:G1" && c.Claim == id && c.Mark == AttendanceMark.AbsentJustified && c.DocumentSeen == true);
            (await SheetsAsync(session)).ShouldBe(n == 0 ? 0 : 1, "nothing had sealed them before");
        }

        (await PageAsync(Learner, "my-absences")).ShouldContain("9 demi-journées justifiées");
        using var refused = await FormAsync(Manager, $"absences/{id}", ("act", "refuse"), ("text", "Trop tard"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_accepted_absence_to_come_is_justified_at_closing_if_the_learner_signs_the_signature_stands()
    {
        var announced = await FileAsync(Learner, 7, 7, document: Picture);
        (await PageAsync(Manager, "absences?tab=announced")).ShouldContain("Petit");
        var others = await FileAsync(Other, 7, 7, "FAM", Picture);
        await AcceptAsync(announced, [ToCome]);
        await AcceptAsync(others, [ToCome]);
        (await FactsAsync(ToCome)).ShouldBeEmpty();

        Host.Time.SetUtcNow(At(9, 0, day: ToCome.Date));
        (await Get<OpenSession>().RunAsync(Garonne, ToCome, Inès, Cancellation)).IsOk.ShouldBeTrue();
        var signature = Signs("S2", At(9, 1, day: ToCome.Date));
        (await Get<FactsTable>().AddWhileOpenAsync(Garonne, ToCome, new NewFact(signature), Cancellation)).ShouldBe(Addition.Added);
        Host.Time.SetUtcNow(At(12, 30, day: ToCome.Date));
        var closing = new CloseRequest(1, TypedName: "Inès Roche");
        (await Get<CloseSession>().RunAsync(Garonne, ToCome, closing, "n", Inès, Cancellation)).IsOk.ShouldBeTrue();

        var facts = (await FactsAsync(ToCome)).Select(f => f.Fact).ToList();
        Of(facts, "S1").Status.ShouldBe(AttendanceStatus.AbsentJustified);
        facts.OfType<Marked>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            m => m.By.ShouldBe("manager:G1"), m => m.Code.ShouldBeNull("health"),
            m => m.DocumentSha256.ShouldBe(Justifications.Sha256Of(Picture)));
        Of(facts, "S1").HasDocument.ShouldBeTrue("its closing said so");
        Of(facts, "S2").Status.ShouldBe(AttendanceStatus.Present);

        static Attendance Of(IEnumerable<Fact> all, string learner) => Attendance.Of(210, all.Where(f => f.About == Ref(learner)));
    }

    [Fact]
    public async Task No_file_of_another_learner_opens_by_any_address_a_health_document_is_gone_30_days_after_the_lock_and_its_hash_is_not()
    {
        var id = await FileAsync(Learner, document: Picture);
        var file = $"absences/{id}/files/1";
        using (var opened = await Manager.GetAsync($"/o/garonne/{file}", Cancellation))
        {
            (await opened.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBe(Picture);
            opened.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        }

        (await PageAsync(Manager, "journal")).ShouldContain("Document ou fichier téléchargé");
        foreach (var who in (HttpClient[])[Learner, Other, Host.Client()])
        {
            using var refused = await who.GetAsync($"/o/garonne/{file}", Cancellation);
            refused.StatusCode.ShouldBeOneOf(HttpStatusCode.Redirect, HttpStatusCode.Forbidden);
        }

        foreach (var address in (string[])[$"my-absences/{id}", $"my-absences/{id}/files"])
        {
            using var tried = await SendToAsync(Other, address);
            tried.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await PageAsync(Other, "my-absences")).ShouldNotContain(id);
        using (var invalid = await SendAsync(Learner, id, "MZ"u8.ToArray()))
        {
            invalid.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        await AcceptAsync(id, Week);
        (await Get<AbsencesTable>().DueAsync(Garonne, Monday.AddDays(30), Cancellation)).ShouldBeEmpty("nothing to look at for weeks");
        await LockAsync();
        var seen = Justifications.Sha256Of(Picture);
        foreach (var (days, there) in new[] { (29, true), (31, false) })
        {
            Host.Time.SetUtcNow(At(10, 0, day: new DateOnly(2026, 12, 5).AddDays(days)));
            await Host.RunTimerAsync("ForgetDue");
            (await Get<Justifications>().ReadAsync(Garonne, new AbsenceId(id), seen, Cancellation) is not null).ShouldBe(there);
        }

        var kept = await AbsenceAsync(id);
        (kept.Code, kept.Files[0].Gone, kept.Files[0].Sha256).ShouldBe(("JUS", true, seen));

        // Whoever is erased later has nothing left to forget.
        await Get<ForgetJustifications>().OfPersonAsync(Garonne, Ref("S1"), Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    [Fact]
    public async Task Documents_that_come_at_once_are_all_kept_each_as_it_came()
    {
        var id = await FileAsync(Learner);
        byte[][] pictures = [[.. Picture, 1], [.. Picture, 2], [.. Picture, 3], [.. Picture, 4]];

        var answers = await Task.WhenAll(pictures.Select(picture => SendAsync(Learner, id, picture)));

        answers.Count(a => a.StatusCode == HttpStatusCode.Redirect).ShouldBe(Absence.MostFiles);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(1);
        foreach (var file in (await AbsenceAsync(id)).Files)
        {
            var bytes = await Manager.GetByteArrayAsync($"/o/garonne/absences/{id}/files/{file.Number}", Cancellation);
            Justifications.Sha256Of(bytes).ShouldBe(file.Sha256);
        }

        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task No_health_label_or_code_in_facts_evidence_sheets_mails_logs_and_the_month_waits_for_the_decision()
    {
        var id = await FileAsync(Learner, 1, 1, document: Picture, text: "grippe");
        await Get<Functions.Months.SummarizeMonth>().RunAsync(Garonne, Month, Cancellation);
        var waiting = (await Get<PendingTable>().ListAsync(Garonne, Month, Cancellation)).Where(p => p.Kind == PendingKind.AbsenceWaiting);
        waiting.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            p => p.Blocks.ShouldBe(Blocking.Settled), p => p.Absence.ShouldBe(id), p => p.Learner.ShouldBe(Ref("S1")));
        (await PageAsync(Manager, "settle")).ShouldContain($"/o/garonne/absences/{id}");

        await AcceptAsync(id, Week);

        (await Get<PendingTable>().ListAsync(Garonne, Month, Cancellation)).ShouldNotContain(p => p.Kind == PendingKind.AbsenceWaiting);
        var session = Week.ElementAt(2);
        var evidence = await Manager.GetStringAsync($"/api/organisations/garonne/sessions/{session}/evidence", Cancellation);
        var pdf = await Manager.GetByteArrayAsync($"/api/organisations/garonne/sessions/{session}/sheet", Cancellation);
        var sheet = string.Join(' ', PdfDocument.Open(pdf).GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
        var facts = string.Concat((await FactsAsync(session)).Select(f => Encoding.UTF8.GetString(f.Json)));
        facts.ShouldContain("Absence justifiée, document vu");
        sheet.ShouldContain("justifiée");
        foreach (var text in (string[])[evidence, sheet, facts])
        {
            text.ShouldNotContain("Maladie");
            text.ShouldNotContain("\"MAL\"");
            text.ShouldNotContain("grippe");
        }
    }

    [Fact]
    public async Task Reasons_are_the_organisation_s_until_the_Region_has_some_and_what_was_decided_keeps_its_own()
    {
        const string Reasons = "/api/organisations/garonne/absence-reasons";
        var permit = new { code = "PERMIS", label = "Permis", learnerMayFile = true, countsAsPresence = true, funderCode = "PER" };
        using (var added = await Manager.PostAsJsonAsync(Reasons, permit, Cancellation))
        {
            added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync(Cancellation));
        }

        (await PageAsync(Learner, "new-absence")).ShouldContain("Permis");
        var id = await FileAsync(Learner, 1, 1, "PERMIS");
        using (var changed = await FormAsync(Manager, "reasons", await SavedAsync("PERMIS", ("label", "Code de la route"))))
        {
            changed.StatusCode.ShouldBe(HttpStatusCode.Redirect, await changed.Content.ReadAsStringAsync(Cancellation));
        }

        await AcceptAsync(id, Week);
        using (var changed = await FormAsync(Manager, "reasons", await SavedAsync("PERMIS", ("label", "Permis de conduire"))))
        {
            changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        var said = (await FactsAsync(Week.ElementAt(2))).Select(f => f.Fact).OfType<Corrected>().ShouldHaveSingleItem();
        (said.Reason, said.Code, said.CountsAsPresence, said.FunderCode, said.DocumentSeen).ShouldBe(
            ("Code de la route", "PERMIS", true, "PER", null));

        using (var late = await Manager.PostAsJsonAsync(
            $"/api/organisations/garonne/sessions/{Week.First()}/corrections",
            new { learner = "S1", mark = "late", minutes = 20, code = "MAL" }, Cancellation))
        {
            late.StatusCode.ShouldBe(HttpStatusCode.Created, "a late arrival needs no document");
        }

        (await FactsAsync(Week.First())).Select(f => f.Fact).OfType<Corrected>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            c => c.Reason.ShouldBe("Absence justifiée"), c => c.Code.ShouldBeNull());

        using (var published = await (await RegionAsync()).PostAsJsonAsync(
            "/api/region/occitanie/absence-reasons",
            new { code = "R1", label = "Arrêt", learnerMayFile = true, health = true, funderCode = "ARR" }, Cancellation))
        {
            published.StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        Host.Time.Advance(TimeSpan.FromSeconds(31));
        (await PageAsync(Learner, "new-absence")).ShouldNotContain("Permis");
        await AcceptAsync(await FileAsync(Learner, 2, 2, "R1"), Week);
        (await Get<IHealthCodes>().HealthCodesAsync(Garonne, Month, Cancellation)).Values.ShouldBe(["ARR"]);
    }

    private static Task<HttpResponseMessage> SendToAsync(HttpClient who, string address) =>
        address.EndsWith("files", StringComparison.Ordinal) ? SendAsync(who, address.Split('/')[1], Picture)
        : FormAsync(who, address, ("act", "withdraw"));

    private async Task LockAsync()
    {
        Host.Time.SetUtcNow(At(10, 0, day: new DateOnly(2026, 12, 5)));
        var organisations = Get<OrganisationsTable>();
        var stored = (await organisations.FindAsync(Garonne, Cancellation))!;
        (await organisations.TryReplaceAsync(stored, stored.Value with { LockedMonths = [Month] }, Cancellation)).ShouldBeTrue();
        var months = Get<MonthsTable>();
        var read = await months.FindAsync(Garonne, Month, Cancellation);
        (await months.TryMoveAsync(
            Garonne, read, read.Value with { State = MonthState.Locked, Facts = 1 },
            new MonthFact(1, MonthEvent.Locked, "manager:G1", Host.Time.GetUtcNow()), [], Cancellation)).ShouldBeTrue();
    }
}
