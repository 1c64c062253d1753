using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.People;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Absences;

/// <summary>Absences by the API, decided, told and decided anew.</summary>
public sealed class AbsenceDecisionsTests : AbsenceScene
{
    private const string All = "/api/organisations/garonne/absences";

    [Fact]
    public async Task A_system_files_lists_and_decides_the_learner_withdraws_and_only_managers_open_documents()
    {
        using var erp = await MachineAsync("absences");
        var announced = await FiledAsync(Learner, new { first = Point(7), last = Point(7), code = "FAM" });
        (announced["state"]!.GetValue<string>(), announced["halfDays"]![0]!.GetValue<string>()).ShouldBe(("announced", ToCome.ToString()));
        using (var sent = await SentAsync(Learner, $"{All}/{announced["id"]}/files"))
        {
            sent.StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        using (var opened = await erp.GetAsync($"{All}/{announced["id"]}/files/1", Cancellation))
        {
            opened.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await Manager.GetByteArrayAsync($"{All}/{announced["id"]}/files/1", Cancellation)).ShouldBe(Picture);
        using (var taken = await Other.DeleteAsync($"{All}/{announced["id"]}", Cancellation))
        {
            taken.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        using (var taken = await Learner.DeleteAsync($"{All}/{announced["id"]}", Cancellation))
        {
            taken.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        var filed = await FiledAsync(erp, new { learner = "S2", first = Point(1), last = Point(2), code = "AUT" });
        (await IdsAsync(erp, "?state=waiting")).ShouldBe([filed["id"]!.GetValue<string>()]);
        (await IdsAsync(Learner, "")).ShouldBe([announced["id"]!.GetValue<string>()], "a learner's own");
        using (var decided = await erp.PostAsJsonAsync(
            $"{All}/{filed["id"]}/decision", new { accept = true, halfDays = new[] { Week.ElementAt(2).ToString() } }, Cancellation))
        {
            decided.StatusCode.ShouldBe(HttpStatusCode.Accepted, await decided.Content.ReadAsStringAsync(Cancellation));
        }

        await Host.WhenIdleAsync();
        (await IdsAsync(erp, "?state=partly&learner=S2")).ShouldBe([filed["id"]!.GetValue<string>()]);
        (await FactsAsync(Week.ElementAt(2))).Select(f => f.Fact).OfType<Corrected>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            c => c.By.ShouldStartWith("machine:"), c => c.Code.ShouldBe("AUT"));
    }

    [Fact]
    public async Task A_decision_is_undone_by_another_half_days_follow_and_each_is_told_in_one_mail_without_its_reason()
    {
        var learners = Get<LearnersTable>();
        var person = (await learners.FindAsync(Garonne, Ref("S1"), Cancellation))!;
        var reached = person.Value with { Email = EmailAddress.Parse("zoe@example.org"), Language = "de" };
        (await learners.TryReplaceAsync(Garonne, person, reached, Cancellation)).ShouldBeTrue();
        var id = await FileAsync(Learner, 1, 7, document: Picture);
        await AcceptAsync(id, Week.Append(ToCome));
        await AcceptAsync(id, Week.Append(ToCome));
        var mail = Mails.To("zoe@example.org").ShouldHaveSingleItem("asked twice, decided once");
        mail.Text.ShouldContain("Entschuldigte Halbtage: 9");
        mail.Text.ShouldNotContain("Maladie");

        Host.Time.Advance(TimeSpan.FromMinutes(5));
        using (var silent = await FormAsync(Manager, $"absences/{id}", ("act", "refuse"), ("text", "Faux")))
        {
            silent.StatusCode.ShouldBe(HttpStatusCode.Conflict, "not without a reason");
        }

        var kept = Week.ElementAt(3);
        using (var anew = await AcceptAsync(id, [kept], ("reason", "Erreur de dates"), ("text", "Un jour seulement")))
        {
            anew.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        var absence = await AbsenceAsync(id);
        (absence.Outcome, absence.Decision!.HalfDays, absence.Earlier.Single().HalfDays.Count).ShouldSatisfyAllConditions(
            a => a.Outcome.ShouldBe(AbsenceState.Partly), a => a.HalfDays.ShouldBe([kept]), a => a.Count.ShouldBe(9));
        foreach (var session in Week.Skip(2))
        {
            var facts = (await FactsAsync(session)).Select(f => f.Fact).Where(f => f.About == Ref("S1")).ToList();
            facts.OfType<Corrected>().Count().ShouldBe(session == kept ? 1 : 2);
            Attendance.Of(210, facts).Status.ShouldBe(
                session == kept ? AttendanceStatus.AbsentJustified : AttendanceStatus.AbsentUnjustified);
        }

        (await Get<AbsencesTable>().JustifiedAsync(Garonne, Monday, ToCome.Date, Cancellation)).ShouldHaveSingleItem("none to come")
            .At.ShouldBe(AbsencePoint.Of(kept));
        Mails.To("zoe@example.org").Count.ShouldBe(2);
        (await PageAsync(Manager, $"absences/{id}")).ShouldContain("Erreur de dates");
        (await PageAsync(Manager, "absences?tab=decided")).ShouldContain("Petit");
    }

    private static async Task<JsonObject> FiledAsync(HttpClient who, object body)
    {
        using var filed = await who.PostAsJsonAsync(All, body, Cancellation);
        filed.StatusCode.ShouldBe(HttpStatusCode.Created, await filed.Content.ReadAsStringAsync(Cancellation));
        return (await filed.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
    }

    private static async Task<IEnumerable<string>> IdsAsync(HttpClient who, string query) =>
        (await who.GetFromJsonAsync<JsonObject>(All + query, Cancellation))!["items"]!.AsArray().Select(i => i!["id"]!.GetValue<string>());

    private static async Task<HttpResponseMessage> SentAsync(HttpClient who, string address)
    {
        using var document = new ByteArrayContent(Picture);
        return await who.PostAsync(address, document, Cancellation);
    }

    private static object Point(int day) => new { date = Day(day), halfDay = "morning" };
}
