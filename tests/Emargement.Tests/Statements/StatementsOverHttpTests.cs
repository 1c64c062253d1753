using System.Net;
using System.Text.Json.Nodes;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Region;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;

namespace Emargement.Tests.Statements;

/// <summary>Certificates and statements from request to verification, through the API.</summary>
public sealed class StatementsOverHttpTests : StatementScene
{
    [Fact]
    public async Task A_statement_is_issued_once_verified_and_replaced_by_a_correction()
    {
        var issued = await IssueAsync("attendance");
        (issued["version"]!.GetValue<int>(), issued["kind"]!.GetValue<string>()).ShouldBe((1, "attendance"));
        var code = issued["code"]!.GetValue<string>();
        (await IssueAsync("attendance"))["code"]!.GetValue<string>().ShouldBe(code, "nothing has changed");

        var pdf = await BytesAsync($"{Api}/statements/{code}");
        var text = TextOf(pdf);
        text.ShouldContain("Attestation d'assiduité");
        text.ShouldContain("PETIT Zoé");
        text.ShouldContain("6 h 30");
        text.ShouldContain("92,8 %");
        text.ShouldContain("2 feuilles scellées");
        text.ShouldNotContain("GRAND", Case.Sensitive, "a statement names its learner alone");
        var evidence = JsonNode.Parse(await Manager.GetStringAsync($"{Api}/statements/{code}/evidence", Cancellation))!;
        evidence["facts"]!.AsArray().Count.ShouldBe(3, "what is printed, and two half-days");

        var found = await VerifyAsync(code);
        (found["verdict"]!.GetValue<string>(), found["document"]!["superseded"]!.GetValue<bool>()).ShouldBe(("intact", false));
        found["document"]!["sheets"]!.AsArray().Count.ShouldBe(2);
        var page = WebUtility.HtmlDecode(await Host.Client().GetStringAsync($"/v/{code}", Cancellation));
        page.ShouldContain("Attestation d’assiduité");
        page.ShouldNotContain("Petit", Case.Insensitive, "the page is open to whoever holds the paper");

        // A correction that leaves the minutes as they are leaves the statement as it is.
        await CorrectAsync("20261123-2-PM", "S2", "absent-justified");
        (await VerifyAsync(code))["document"]!["outdated"]!.GetValue<bool>().ShouldBeFalse();
        await CorrectAsync("20261123-1-AM", "S1", "absent-justified");
        (await VerifyAsync(code))["document"]!["outdated"]!.GetValue<bool>().ShouldBeTrue();
        WebUtility.HtmlDecode(await Host.Client().GetStringAsync($"/v/{code}", Cancellation)).ShouldContain("a été corrigée depuis");

        var second = await IssueAsync("attendance");
        second["version"]!.GetValue<int>().ShouldBe(2);
        var old = (await VerifyAsync(code))["document"]!;
        (old["superseded"]!.GetValue<bool>(), old["latestCode"]!.GetValue<string>()).ShouldBe((true, second["code"]!.GetValue<string>()));
        var listed = await AccessHost.JsonAsync(await Manager.GetAsync(Learner, Cancellation));
        listed["items"]!.AsArray().Select(i => i!["superseded"]!.GetValue<bool>()).Order().ShouldBe([false, true]);
    }

    [Fact]
    public async Task What_may_still_change_is_not_certified_and_can_be_seen_as_a_draft()
    {
        await ExportRig.AddAsync(
            Host.Services.GetRequiredService<AppStorage>(),
            new RegionWorld().Session("OUVERTE", s => Moved(s) with { State = SessionState.Open, ClosedAt = null }).Sessions);

        var refused = await PostAsync("attendance");
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await AccessHost.CodeAsync(refused)).ShouldBe("sessions-open");
        var file = await BytesAsync($"{Learner}/draft?training=A1&kind=individual-sheet&{November}");
        var draft = TextOf(file);
        string.Concat(PdfDocument.Open(file).GetPage(1).Letters.Where(l => l.PointSize > 60).Select(l => l.Value)).ShouldBe("PROVISOIRE");
        draft.ShouldContain("n'est pas scellé");
        draft.ShouldContain("non renseigné");

        (await PostAsync("attendance", training: "A2")).StatusCode.ShouldBe(HttpStatusCode.Conflict, "S1 was never in it");
        (await PostAsync("diplome")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync("attendance", first: "2026-12-24")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Manager.GetAsync($"{Learner}/draft?training=A1&kind=attendance&first=hier&last=demain", Cancellation)).StatusCode
            .ShouldBe(HttpStatusCode.BadRequest);
        (await Manager.GetAsync(Api + "/learners/PERSONNE/statements", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Asked_for_ten_times_at_once_it_is_one_version()
    {
        var issued = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => IssueAsync("attendance")));

        issued.Select(i => i["code"]!.GetValue<string>()).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Another_organisation_has_none_of_it()
    {
        var code = (await IssueAsync("attendance"))["code"]!.GetValue<string>();
        await Host.CreateOrganisationAsync("adour");
        await Host.CreateManagerAsync("adour", "G1", "zoe@example.org");
        var other = await Host.SignedInAsync("adour", "zoe@example.org");

        (await other.GetAsync($"/api/organisations/adour/statements/{code}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync($"/api/organisations/adour/statements/{code}/evidence", Cancellation)).StatusCode
            .ShouldBe(HttpStatusCode.NotFound);
        (await Manager.GetAsync(Api + "/statements/20261123-1-AM", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
