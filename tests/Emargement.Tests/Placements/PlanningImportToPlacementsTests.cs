using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Emargement.Tests.Placements;

/// <summary>Planning files make placements: sent to the running app, whose workflows follow.</summary>
public sealed class PlanningImportToPlacementsTests
{
    private const string Learners =
        "stagiaire_ref;nom;prenom;email;action_ref;groupe;financeur;entree;sortie;entreprise;tuteur_nom;tuteur_email";
    private const string Planning = "seance_ref;action_ref;date;debut;fin;groupe;modalite";
    private const string Trainings = "action_ref;intitule;date_debut;date_fin";

    [Fact]
    public async Task A_learner_whose_planning_names_a_company_is_reminded_and_the_tutor_asked()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 07:00");
        var manager = await host.SignedInAsync("ines@of.example");

        var report = await ImportAsync(manager, [Learner()], Days("2026-11-02", 5));
        Placements(report).ShouldBe((1, 1, 0, 0, 0));
        await host.UntilAsync("2026-11-06 16:30");

        host.Mails.To("zoe@of.example").ShouldHaveSingleItem().Subject.ShouldBe("Déclarez vos heures chez Chez Ruiz");
        var item = (await ListAsync(manager)).ShouldHaveSingleItem()!;
        (item["company"]!.GetValue<string>(), item["firstDay"]!.GetValue<string>(), item["lastDay"]!.GetValue<string>())
            .ShouldBe(("Chez Ruiz", "2026-11-02", "2026-11-06"));
        await DeclareAsync(host, item["id"]!.GetValue<string>());
        await host.UntilAsync("2026-11-06 18:00");
        host.Mails.To("ruiz@chez-ruiz.example").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_same_files_again_change_nothing_and_read_one_list()
    {
        await using var host = await PlacementHost.StartAsync("2026-10-30 20:00");
        var manager = await host.SignedInAsync("ines@of.example");
        await ImportAsync(manager, [Learner(), Learner("S2")], Days("2026-11-02", 5));
        await host.IdleAsync();

        var before = host.Calls.Of("PlacementFacts");
        Placements(await ImportAsync(manager, [Learner(), Learner("S2")], Days("2026-11-02", 5))).ShouldBe((2, 0, 0, 0, 2));

        host.Calls.Of("PlacementFacts").ShouldBe(before, "nothing of a placement is read when its file says the same");
    }

    [Fact]
    public async Task A_longer_planning_extends_a_shorter_one_shortens_and_none_cancels()
    {
        await using var host = await PlacementHost.StartAsync("2026-10-30 20:00");
        var manager = await host.SignedInAsync("ines@of.example");
        await ImportAsync(manager, [Learner()], Days("2026-11-02", 5));
        await host.IdleAsync();

        Placements(await ImportAsync(manager, [Learner()], [.. Days("2026-11-02", 5), .. Days("2026-11-09", 5)])).ShouldBe((1, 0, 1, 0, 0));
        await host.IdleAsync();
        (await ListAsync(manager))[0]!["lastDay"]!.GetValue<string>().ShouldBe("2026-11-13");

        Placements(await ImportAsync(manager, [Learner(exit: "10/11/2026")], [.. Days("2026-11-02", 5), .. Days("2026-11-09", 5)]))
            .ShouldBe((1, 0, 1, 0, 0));
        await host.IdleAsync();
        (await ListAsync(manager))[0]!["lastDay"]!.GetValue<string>().ShouldBe("2026-11-10", "the learner leaves that day");

        var withdrawn = await ImportAsync(manager, [Learner(company: "")], [.. Days("2026-11-02", 5), .. Days("2026-11-09", 5)]);
        Placements(withdrawn).ShouldBe((0, 0, 0, 1, 0));
        Codes(withdrawn).ShouldBe(["placement-without-tutor"]);
        await host.IdleAsync();
        (await ListAsync(manager))[0]!["progress"]!["state"]!.GetValue<string>().ShouldBe("cancelled");

        Placements(await ImportAsync(manager, [Learner()], Days("2026-11-02", 5))).ShouldBe((1, 0, 1, 0, 0));
        await host.IdleAsync();
        (await ListAsync(manager))
            .ShouldHaveSingleItem()!["progress"]!["state"]!.GetValue<string>()
            .ShouldBe("to-come", "the same placement, back");
    }

    [Fact]
    public async Task A_file_of_learners_alone_meets_the_planning_that_is_stored()
    {
        await using var host = await PlacementHost.StartAsync("2026-10-30 20:00");
        var manager = await host.SignedInAsync("ines@of.example");
        Placements(await ImportAsync(manager, [Learner(company: "", tutor: "")], Days("2026-11-02", 5))).ShouldBe((0, 0, 0, 0, 0));

        Placements(await SendAsync(manager, ("stagiaires.csv", [Learners, Learner()]))).ShouldBe((1, 1, 0, 0, 0));
    }

    [Fact]
    public async Task What_a_person_changed_or_a_learner_declared_stays_and_the_report_says_so()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 07:00");
        var manager = await host.SignedInAsync("ines@of.example");
        await ImportAsync(manager, [Learner()], Days("2026-11-02", 5));
        await host.UntilAsync("2026-11-06 17:00");
        var id = (await ListAsync(manager))[0]!["id"]!.GetValue<string>();
        await DeclareAsync(host, id);

        var declared = await ImportAsync(manager, [Learner(company: "")], Days("2026-11-02", 5));
        Codes(declared).ShouldBe(["placement-kept", "placement-without-tutor"]);
        await PlacementHost.JsonAsync(await manager.PostAsJsonAsync(
            $"{PlacementHost.Api}/placements/{id}/changes",
            new { version = 0, company = "Ruiz et filles", reason = "Nouveau nom" },
            PlacementHost.Cancellation));
        var edited = await ImportAsync(manager, [Learner()], [.. Days("2026-11-02", 5), .. Days("2026-11-09", 2)]);

        Codes(edited).ShouldBe(["placement-kept"]);
        edited["lines"]![0]!["text"]!.GetValue<string>().ShouldContain("modifiée à la main");
        edited["placements"]!["rejected"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_makes_nothing()
    {
        await using var host = await PlacementHost.StartAsync("2026-10-30 20:00");
        var manager = await host.SignedInAsync("ines@of.example");

        Placements(await ImportAsync(manager, [Learner()], Days("2026-11-02", 5), "?dryRun=true")).ShouldBe((1, 1, 0, 0, 0));

        (await ListAsync(manager)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_day_in_a_company_is_no_half_day_to_sign()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:50");
        var manager = await host.SignedInAsync("ines@of.example");
        await ImportAsync(manager, [Learner()], Days("2026-11-02", 1));
        var learner = await host.SignedInAsync("zoe@of.example");

        foreach (var person in new[] { manager, learner })
        {
            var day = await PlacementHost.JsonAsync(
                await person.GetAsync($"{PlacementHost.Api}/sessions?date=2026-11-02", PlacementHost.Cancellation));
            day["sessions"]!.AsArray().ShouldBeEmpty();
        }

        using var opened = await manager.PostAsync(
            $"{PlacementHost.Api}/sessions/20261102-1-E-2026-11-02-M/open", null, PlacementHost.Cancellation);
        (await PlacementHost.CodeAsync(opened)).ShouldBe("session-in-company");
    }

    private static string Learner(string reference = "S1", string company = "Chez Ruiz", string tutor = "Mme Ruiz", string exit = "") =>
        $"{reference};Lefèbvre;Zoë;{(reference == "S1" ? "zoe@of.example" : "")};A1;G1;REGION;"
            + $"01/09/2026;{exit};{company};{tutor};ruiz@chez-ruiz.example";

    private static string[] Days(string first, int count) =>
        [
            .. Enumerable.Range(0, count)
                .Select(i => DateOnly.Parse(first).AddDays(i))
                .Select(d => $"E-{d:yyyy-MM-dd};A1;{d:yyyy-MM-dd};09:00;17:00;G1;E"),
        ];

    private static Task<JsonObject> ImportAsync(HttpClient manager, string[] learners, string[] planning, string query = "") => SendAsync(
        manager,
        query,
        ("actions.csv", [Trainings, "A1;Cuisine;01/09/2026;30/06/2027"]),
        ("stagiaires.csv", [Learners, .. learners]),
        ("planning.csv", [Planning, .. planning]));

    private static Task<JsonObject> SendAsync(HttpClient manager, params (string Name, string[] Lines)[] files) =>
        SendAsync(manager, "", files);

    private static async Task<JsonObject> SendAsync(HttpClient manager, string query, params (string Name, string[] Lines)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, lines) in files)
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n"));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            form.Add(content, "files", name);
        }

        return await PlacementHost.JsonAsync(
            await manager.PostAsync($"{PlacementHost.Api}/imports{query}", form, PlacementHost.Cancellation));
    }

    private static (int Read, int Created, int Updated, int Cancelled, int Unchanged) Placements(JsonObject report)
    {
        int Count(string name) => report["placements"]![name]!.GetValue<int>();
        return (Count("read"), Count("created"), Count("updated"), Count("cancelled"), Count("unchanged"));
    }

    private static List<string> Codes(JsonObject report) =>
        [
            .. report["lines"]!.AsArray()
                .Select(l => l!["code"]!.GetValue<string>())
                .Where(c => c.StartsWith("placement", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    private static async Task<JsonArray> ListAsync(HttpClient manager) =>
        (await PlacementHost.JsonAsync(
            await manager.GetAsync($"{PlacementHost.Api}/placements", PlacementHost.Cancellation)))["items"]!.AsArray();

    private static async Task DeclareAsync(PlacementHost host, string id)
    {
        var learner = await host.SignedInAsync("zoe@of.example");
        var days = Enumerable.Range(2, 5).Select(d => new { date = $"2026-11-{d:D2}", start = "09:00", end = "17:00", breakMinutes = 60 });
        await PlacementHost.JsonAsync(await learner.PostAsJsonAsync(
            $"{PlacementHost.Api}/placements/{id}/weeks/2026-W45/declaration",
            new { days, typedName = "Zoë Lefèbvre" },
            PlacementHost.Cancellation));
    }
}
