using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Planning.Push;

/// <summary>A system that pushes its planning as it changes, with a key of its own; each test has an organisation of its own.</summary>
public sealed class PushTests(PushScene scene) : PushDesk(scene), IClassFixture<PushScene>
{
    [Fact]
    public async Task What_is_pushed_is_there_at_once_and_pushing_it_again_changes_nothing()
    {
        (await PutAsync("sessions/P1", Slot("24/11/2026"))).ShouldBe("created");
        (await PutAsync("sessions/P1", Slot("24/11/2026"))).ShouldBe("unchanged");
        (await PutAsync("learners/S1", new { nom = "Un", prenom = "Sam" })).ShouldBe("unchanged", "what is not said stays");
        (await PutAsync("learners/S1", new { nom = "Un", prenom = "Samir", telephone = "" })).ShouldBe("updated");

        var session = (await SessionsAsync()).ShouldHaveSingleItem();
        (session.TrainerRef!.Value.Value, session.Group, session.LatePlanning).ShouldBe(("F1", "G1", false));
        var learner = (await Host.Services.GetRequiredService<LearnersTable>().FindAsync(Org, Reference.Parse("S1"), Cancellation))!.Value;
        (learner.FirstName, learner.Email!.ToString(), learner.Phone).ShouldBe(("Samir", "sam@exemple.fr", null));
        var source = (await JsonAsync("sources")).AsArray().ShouldHaveSingleItem()!;
        ((string)source["kind"]!, (string)source["lastState"]!, source["nextRun"]).ShouldBe(("push", "done", null));
        session.Source.ShouldBe($"source:{(string)source["id"]!}");
        using var run = await Host.Operator.PostAsJsonAsync($"{Api}/sources/{source["id"]}/runs", new { }, Cancellation);
        (await AccessHost.CodeAsync(run)).ShouldBe("source-not-fetched");
    }

    [Fact]
    public async Task A_change_of_today_is_taken_at_once_and_flagged()
    {
        await PutAsync("sessions/P1", Slot("23/11/2026", "14:00", "17:00"));

        var changed = await AnswerAsync("sessions/P1", Slot("23/11/2026", "14:30", "17:00"));

        ((string)changed["outcome"]!).ShouldBe("updated");
        changed["remarks"]!.AsArray().ShouldContain(r => (string)r!["code"]! == "late-planning");
        (await SessionsAsync()).ShouldHaveSingleItem().LatePlanning.ShouldBeTrue();
    }

    [Fact]
    public async Task An_older_revision_never_overwrites_a_newer_one()
    {
        (await PutAsync("sessions/P1", Slot("24/11/2026", revision: 7))).ShouldBe("created");
        (await PutAsync("sessions/P1", Slot("25/11/2026", revision: 9))).ShouldBe("updated");
        (await PutAsync("sessions/P1", Slot("26/11/2026", revision: 8))).ShouldBe("revision-older");
        (await PutAsync("sessions/P1", Slot("26/11/2026"))).ShouldBe("revision-older", "nobody knows whether it is newer");
        (await DeleteAsync("sessions/P1?revision=8")).ShouldBe("revision-older");
        (await LiveAsync()).ShouldBe(["2026-11-25 P1"]);

        (await DeleteAsync("sessions/P1?revision=10")).ShouldBe("cancelled");
        (await DeleteAsync("sessions/P1?revision=10")).ShouldBe("unchanged");
        (await PutAsync("sessions/P1", Slot("25/11/2026", revision: 9))).ShouldBe("revision-older", "it came late");
        (await LiveAsync()).ShouldBeEmpty();
        (await PutAsync("sessions/P1", Slot("25/11/2026", revision: 11))).ShouldBe("updated");
        (await LiveAsync()).ShouldBe(["2026-11-25 P1"]);
    }

    [Fact]
    public async Task A_change_may_carry_what_its_sender_knows()
    {
        using var first = await SendAsync(HttpMethod.Put, "sessions/P1", Slot("24/11/2026"));
        using var second = await SendAsync(HttpMethod.Put, "sessions/P1", Slot("25/11/2026"), first.Headers.ETag);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var late = await SendAsync(HttpMethod.Put, "sessions/P1", Slot("26/11/2026"), first.Headers.ETag);

        (await AccessHost.CodeAsync(late)).ShouldBe("push-changed");
        (await LiveAsync()).ShouldBe(["2026-11-25 P1"]);
        using var unknown = await SendAsync(HttpMethod.Put, "sessions/P2", Slot("26/11/2026"), first.Headers.ETag);
        (await AccessHost.CodeAsync(unknown)).ShouldBe("push-changed");
    }

    [Theory]
    [InlineData("sessions/P1", """{"action_ref":"A1","date":"24/11/2026","debut":"25h","fin":"12:00","groupe":"G1"}""", "invalid-time")]
    [InlineData("sessions/P1", """{"action_ref":"A1","date":"24/11/2026","debut":"09:00","fin":"12:00"}""", "missing-value")]
    [InlineData("sessions/P1", """{"action_ref":"A1","date":"24/11/2026","debut":"09:00","fin":"12:00","groupe":"G9"}""", "unknown-group")]
    [InlineData("sessions/P1", """{"action_ref":"A9","date":"24/11/2026","debut":"09:00","fin":"12:00","groupe":"G1"}""", "unknown-action")]
    [InlineData("sessions/P1", """{"ref":"P2","date":"24/11/2026"}""", "body-invalid")]
    [InlineData("sessions/P1", """{"salles":"1"}""", "body-invalid")]
    [InlineData("trainings/A2", """{"intitule":"B","date_debut":"2026-12-01","date_fin":"2026-11-01"}""", "end-before-start")]
    [InlineData(
        "enrolments/I2",
        """{"stagiaire_ref":"S9","action_ref":"A1","groupe":"G1","periodes":[{"financeur":"OPCO","entree":"2026-11-01"}]}""",
        "unknown-learner")]
    [InlineData("enrolments/I2", """{"stagiaire_ref":"S1","action_ref":"A1","groupe":"G1","periodes":[]}""", "missing-value")]
    [InlineData("enrolments/I2", """{"stagiaire_ref":"S1","action_ref":"A1","groupe":"G1","periodes":null}""", "body-invalid")]
    [InlineData("enrolments/I2", """{"stagiaire_ref":"S1","action_ref":"A1","groupe":"G1","periodes":[null]}""", "body-invalid")]
    public async Task What_a_row_of_a_file_is_refused_for_refuses_a_push(string path, string body, string code)
    {
        (await PutAsync(path, JsonNode.Parse(body)!)).ShouldBe(code);
        (await SessionsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_is_taken_thing_by_thing_and_its_refusals_can_be_read_by_people()
    {
        var answer = await BatchAsync(new
        {
            learners = new[] { new { @ref = "S2", nom = "Deux", prenom = "Lou" } },
            enrolments = new[] { Enrolment("I2", "S2", "G2") },
            sessions = new object[]
            {
                Named("P1", "24/11/2026", "09:00", "17:00", "G1, G2"), Named("P2", "25/11/2026", "09:00", "12:00", "G7"),
                Named("P3", "26/11/2026", "09:00", "12:00", "G2"), Named("P3", "27/11/2026", "09:00", "12:00", "G2"),
            },
        });

        answer["items"]!.AsArray()
            .Select(i => (
                Ref: (string)i!["ref"]!, Outcome: (string)i["outcome"]!, Code: (string?)i["remarks"]!.AsArray().LastOrDefault()?["code"]))
            .Where(i => i.Outcome == "rejected" || i.Code is null)
            .Select(i => $"{i.Ref} {i.Outcome} {i.Code}")
            .ShouldBe([
                "S2 created ", "I2 created ", "P1 created ", "P2 rejected unknown-group", "P3 created ", "P3 rejected duplicate-in-file",
            ]);
        (await LiveAsync()).ShouldBe(["2026-11-24 P1-M", "2026-11-24 P1-A", "2026-11-26 P3"]);
        var report = await JsonAsync($"imports/{answer["run"]}");
        report["lines"]!.AsArray().Select(l => (string)l!["code"]!).ShouldContain("unknown-group");
        (await JsonAsync("imports"))["items"]!.AsArray().ShouldContain(r => (string)r!["run"]! == (string)answer["run"]!);
        ((int)(await JsonAsync("sources"))[0]!["rejected"]!).ShouldBe(2);
        using var tooMany = await SendAsync(HttpMethod.Post, "", new
        {
            cancelled = Enumerable.Range(0, 501).Select(i => new { @ref = $"X{i}" }),
        });
        (await AccessHost.CodeAsync(tooMany)).ShouldBe("push-too-many");
    }

    [Fact]
    public async Task Sources_and_files_never_cancel_each_other_s_sessions()
    {
        await PutAsync("sessions/P1?source=gestibase", Slot("24/11/2026"));
        await PutAsync("sessions/Q1?source=axess", Slot("24/11/2026", "13:30", "17:00"));
        await PutAsync("sessions/Q2?source=axess", Slot("25/11/2026", "13:30", "17:00"));
        using var file = new StringContent(
            string.Join("\n", SmallPlanning.Heading, SmallPlanning.Row("U1", "24/11/2026", "18:00", "20:00"),
                SmallPlanning.Row("U2", "25/11/2026", "18:00", "20:00")),
            System.Text.Encoding.UTF8, "text/csv");
        using var uploaded = await Host.Operator.PostAsync($"{Api}/imports", file, Cancellation);
        uploaded.StatusCode.ShouldBe(HttpStatusCode.OK);

        (await DeleteAsync("sessions/Q1?source=gestibase")).ShouldBe("push-unknown", "it never pushed it");
        (await DeleteAsync("sessions/Q1?source=axess")).ShouldBe("cancelled");

        (await LiveAsync()).ShouldBe(["2026-11-24 P1", "2026-11-24 U1", "2026-11-25 Q2", "2026-11-25 U2"]);
        var slots = (await JsonAsync("planning/sessions?source=axess&from=2026-11-23&to=2026-12-05")).AsArray();
        slots.Select(s => (string)s!["ref"]!).ShouldBe(["Q2"]);
        (await PutAsync("sessions/P9?source=Pas%20un%20nom", Slot("24/11/2026"))).ShouldBe("push-source-invalid");
    }

    [Fact]
    public async Task What_a_person_did_stands_above_a_push_and_a_pause_stops_it()
    {
        await PutAsync("sessions/P1", Slot("24/11/2026"));
        var session = (await SessionsAsync()).Single();
        await EditAsync(session, new { room = "Salle 9", reason = "Panne" });

        (await PutAsync("sessions/P1", Slot("24/11/2026", "10:00"))).ShouldBe("edited-by-hand");
        (await DeleteAsync("sessions/P1")).ShouldBe("edited-by-hand");

        (await SessionsAsync()).Single().Room.ShouldBe("Salle 9");
        var source = (await JsonAsync("sources"))[0]!;
        using var read = await Host.Operator.GetAsync($"{Api}/sources/{source["id"]}", Cancellation);
        using var pause = new HttpRequestMessage(HttpMethod.Patch, $"{Api}/sources/{source["id"]}")
        {
            Content = JsonContent.Create(new { paused = true }),
        };
        pause.Headers.IfMatch.Add(read.Headers.ETag!);
        using var paused = await Host.Operator.SendAsync(pause, Cancellation);
        paused.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PutAsync("sessions/P2", Slot("25/11/2026"))).ShouldBe("source-paused");
    }

    [Fact]
    public async Task All_periods_of_an_enrolment_come_together_and_a_key_needs_its_right()
    {
        var periods = new object[]
        {
            new { financeur = "OPCO", entree = "02/11/2026", sortie = "20/11/2026" }, new { financeur = "REGION", entree = "21/11/2026" },
        };
        (await PutAsync("enrolments/I1", new { stagiaire_ref = "S1", action_ref = "A1", groupe = "G1", periodes = periods }))
            .ShouldBe("updated");

        var stored = await Host.Services.GetRequiredService<EnrolmentsTable>().FindAsync(
            Org, Reference.Parse("A1"), "G1", Reference.Parse("S1"), Cancellation);
        stored!.Value.Enrolment.Periods.Select(p => p.Funder).ShouldBe(["OPCO", "REGION"]);
        (stored.Value.LastName, stored.Value.HasEmail).ShouldBe(("Un", true), "the person is not what was pushed");
        using var other = await MachineAsync("imports");
        using var refused = await other.PutAsJsonAsync($"{Api}/planning/sessions/P1", Slot("24/11/2026"), Cancellation);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_null_in_a_list_is_refused_where_it_stands_and_an_enrolment_says_its_periods()
    {
        using var single = await SendAsync(HttpMethod.Put, "enrolments/I2", Enrolled("null"));
        ((string)(await AccessHost.JsonAsync(single))["path"]!).ShouldBe("$.periodes[0]");
        using var batch = await SendAsync(
            HttpMethod.Post, "", new { enrolments = new[] { Enrolled("{}"), Enrolled("{},null") } });
        ((string)(await AccessHost.JsonAsync(batch))["path"]!).ShouldBe("$.enrolments[1].periodes[1]");
        using var item = await SendAsync(HttpMethod.Post, "", new { enrolments = new JsonNode?[] { null } });
        ((string)(await AccessHost.JsonAsync(item))["path"]!).ShouldBe("$.enrolments[0]");

        var answer = await BatchAsync(new { enrolments = new[] { Enrolled("") } });

        var refused = answer["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)refused["outcome"]!, (string)refused["remarks"]![0]!["code"]!).ShouldBe(("rejected", "missing-value"));
        ((string)refused["remarks"]![0]!["text"]!).ShouldContain("« periodes » est vide");

        static JsonNode Enrolled(string periods) => JsonNode.Parse(
            $$"""{"ref":"I2","stagiaire_ref":"S1","action_ref":"A1","groupe":"G1","periodes":[{{periods}}]}""")!;
    }
}
