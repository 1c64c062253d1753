using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Placements;
using Emargement.Functions.Placements;
using Emargement.Functions.Placements.Tutors;
using UglyToad.PdfPig;

namespace Emargement.Tests.Placements;

/// <summary>The workflow as people meet it, over HTTP, with the clock set.</summary>
public sealed class PlacementOverHttpTests
{
    private const string Tutor = "ruiz@chez-ruiz.example";

    [Fact]
    public async Task From_the_placement_to_the_sealed_document()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var manager = await host.SignedInAsync("ines@of.example");
        var id = await CreateAsync(manager);
        (await CreateAsync(manager)).ShouldBe(id, "creating it again gives the first one");

        // Nothing is declared: the learner is reminded on Friday at 16:00, and declares.
        await host.UntilAsync("2026-11-06 16:30");
        host.Mails.To("zoe@of.example").ShouldHaveSingleItem().Subject.ShouldBe("Déclarez vos heures chez Chez Ruiz");
        var learner = await host.SignedInAsync("zoe@of.example");
        using var tooLong = await DeclareAsync(learner, id, "2026-W45", [new { date = "2026-11-06", minutes = 601 }]);
        (await PlacementHost.CodeAsync(tooLong)).ShouldBe("declaration-day-too-long");
        await PlacementHost.JsonAsync(await DeclareAsync(learner, id, "2026-W45", [.. Days("2026-11-02", 5)]));
        await host.UntilAsync("2026-11-13 15:00");
        await PlacementHost.JsonAsync(await DeclareAsync(
            learner,
            id,
            "2026-W46",
            [.. Days("2026-11-09", 2), .. Days("2026-11-12", 1), new { date = "2026-11-13", absence = "Rendez-vous médical" }]));

        // The tutor is asked at the end, disagrees with one day, and validates the others.
        await host.UntilAsync("2026-11-13 17:30");
        var secret = host.SecretTo(Tutor);
        var anyone = host.Client();
        var seen = await ViewAsync(anyone, secret);
        seen["toValidate"]!.GetValue<int>().ShouldBe(9);
        (await ViewAsync(anyone, secret)).ToJsonString().ShouldBe(seen.ToJsonString(), "a GET changes nothing");
        await PlacementHost.JsonAsync(await anyone.PostAsJsonAsync(
            $"/api/tutor/{secret}/disagreements",
            new { seen = Seen(seen), days = new[] { new { date = "2026-11-12", minutes = 210, reason = "Partie à midi" } } },
            PlacementHost.Cancellation));
        await host.IdleAsync();
        host.Mails.To("zoe@of.example")[^1].Subject.ShouldBe("Votre tuteur n’est pas d’accord avec un jour déclaré");
        var after = await ValidateAsync(anyone, secret);
        after["toValidate"]!.GetValue<int>().ShouldBe(0);

        // The learner maintains; the tutor decides; the document is sealed.
        await PlacementHost.JsonAsync(await learner.PostAsJsonAsync(
            $"{PlacementHost.Api}/placements/{id}/weeks/2026-W46/maintained",
            new { days = new[] { "2026-11-12" }, comment = "J'ai fini le soir" },
            PlacementHost.Cancellation));
        await host.IdleAsync();
        host.Mails.To(Tutor).Count.ShouldBe(2, "the answer is the tutor's to decide");
        await ValidateAsync(anyone, host.SecretTo(Tutor), new { date = "2026-11-12", minutes = 210 });
        await host.IdleAsync();

        var pdf = await manager.GetByteArrayAsync($"{PlacementHost.Api}/placements/{id}/documents/all", PlacementHost.Cancellation);
        var text = string.Join(' ', PdfDocument.Open(pdf).GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
        text.ShouldContain("LEFÈBVRE Zoë");
        text.ShouldContain("Partie à midi");
        text.ShouldContain("J'ai fini le soir");
        text.ShouldContain("Rendez-vous médical");
        (await host.Client().GetByteArrayAsync($"/api/tutor/{host.SecretTo(Tutor)}/documents/all", PlacementHost.Cancellation))
            .ShouldBe(pdf);
        var list = await PlacementHost.JsonAsync(await manager.GetAsync($"{PlacementHost.Api}/placements", PlacementHost.Cancellation));
        list["items"]![0]!["progress"]!["state"]!.GetValue<string>().ShouldBe("sealed");
        list["items"]![0]!["learnerName"]!.GetValue<string>().ShouldBe("Zoë Lefèbvre");
    }

    [Fact]
    public async Task A_changed_address_kills_the_old_link_and_mails_a_new_one()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var manager = await host.SignedInAsync("ines@of.example");
        var id = await CreateAsync(manager, "2026-11-02", "2026-11-03");
        await host.UntilAsync("2026-11-03 15:00");
        var learner = await host.SignedInAsync("zoe@of.example");
        await PlacementHost.JsonAsync(await DeclareAsync(learner, id, "2026-W45", [.. Days("2026-11-02", 2)]));
        await host.UntilAsync("2026-11-03 17:30");
        var old = host.SecretTo(Tutor);

        await PlacementHost.JsonAsync(await manager.PostAsJsonAsync(
            $"{PlacementHost.Api}/placements/{id}/tutors/t1/address",
            new { version = 0, email = "paul@chez-ruiz.example", name = "M. Paul", reason = "Adresse fausse" },
            PlacementHost.Cancellation));
        await host.IdleAsync();

        using var refused = await host.Client().GetAsync($"/api/tutor/{old}", PlacementHost.Cancellation);
        refused.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await PlacementHost.CodeAsync(refused)).ShouldBe("link-revoked");
        (await ViewAsync(host.Client(), host.SecretTo("paul@chez-ruiz.example")))["tutor"]!.GetValue<string>().ShouldBe("M. Paul");
    }

    [Fact]
    public async Task Of_many_validations_at_once_one_stands_and_made_up_links_learn_nothing()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var manager = await host.SignedInAsync("ines@of.example");
        var id = await CreateAsync(manager, "2026-11-02", "2026-11-03");
        await host.UntilAsync("2026-11-03 15:00");
        var learner = await host.SignedInAsync("zoe@of.example");
        await PlacementHost.JsonAsync(await DeclareAsync(learner, id, "2026-W45", [.. Days("2026-11-02", 2)]));
        await host.UntilAsync("2026-11-03 17:30");
        var secret = host.SecretTo(Tutor);
        var anyone = host.Client();
        var seen = Seen(await ViewAsync(anyone, secret));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            using var response = await anyone.PostAsJsonAsync(
                $"/api/tutor/{(i % 2 == 0 ? secret : $"AAAAAAAAAAAAAAAAAAAA{i:00}")}/validation",
                new { seen, typedName = "Mme Ruiz" },
                PlacementHost.Cancellation);
            return (Right: i % 2 == 0, response.StatusCode);
        }));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Where(a => !a.Right).ShouldAllBe(a => a.StatusCode == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_expired_link_is_renewed_to_the_same_address_only()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var manager = await host.SignedInAsync("ines@of.example");
        var id = await CreateAsync(manager, "2026-11-02", "2026-11-03");
        await host.UntilAsync("2026-11-03 15:00");
        var learner = await host.SignedInAsync("zoe@of.example");
        await PlacementHost.JsonAsync(await DeclareAsync(learner, id, "2026-W45", [.. Days("2026-11-02", 2)]));
        await host.UntilAsync("2026-11-03 17:30");
        var secret = host.SecretTo(Tutor);
        host.Clock.Advance(TimeSpan.FromDays(60));
        await host.IdleAsync();
        var mailed = host.Mails.To(Tutor).Count;
        var anyone = host.Client();
        using var expired = await anyone.GetAsync($"/api/tutor/{secret}", PlacementHost.Cancellation);
        (await PlacementHost.CodeAsync(expired)).ShouldBe("link-expired");
        using var cannot = await anyone.PostAsJsonAsync(
            $"/api/tutor/{secret}/validation", new { seen = new { }, typedName = "Mme Ruiz" }, PlacementHost.Cancellation);
        (await PlacementHost.CodeAsync(cannot)).ShouldBe("link-expired");

        host.Clock.Advance(TimeSpan.FromMinutes(11));
        using var renewed = await anyone.PostAsync($"/api/tutor/{secret}/renewal", null, PlacementHost.Cancellation);

        renewed.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await host.IdleAsync();
        host.Mails.To(Tutor).Count.ShouldBe(mailed + 1);
        (await ViewAsync(anyone, host.SecretTo(Tutor)))["toValidate"]!.GetValue<int>().ShouldBe(2);
        using var again = await anyone.PostAsync($"/api/tutor/{secret}/renewal", null, PlacementHost.Cancellation);
        again.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_paper_form_with_its_scan_settles_the_days_and_seals()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var manager = await host.SignedInAsync("ines@of.example");
        var id = await CreateAsync(manager, "2026-11-02", "2026-11-03");
        await host.UntilAsync("2026-11-04 10:00");
        using var notAScan = await manager.PostAsync(
            $"{PlacementHost.Api}/placements/{id}/scans", new ByteArrayContent([1, 2, 3]), PlacementHost.Cancellation);
        (await PlacementHost.CodeAsync(notAScan)).ShouldBe("scan-invalid");
        var scan = await PlacementHost.JsonAsync(
            await manager.PostAsync(
                $"{PlacementHost.Api}/placements/{id}/scans",
                new ByteArrayContent("%PDF-1.7 scan"u8.ToArray()),
                PlacementHost.Cancellation),
            201);

        var body = new
        {
            days = new[] { new { date = "2026-11-02", minutes = 420 }, new { date = "2026-11-03", minutes = 300 } },
            reason = "Tutrice sans accès à internet",
            scan = scan["scan"]!.GetValue<string>(),
        };
        await PlacementHost.JsonAsync(
            await manager.PostAsJsonAsync($"{PlacementHost.Api}/placements/{id}/paper", body, PlacementHost.Cancellation));
        await host.IdleAsync();

        var view = await PlacementHost.JsonAsync(
            await manager.GetAsync($"{PlacementHost.Api}/placements/{id}", PlacementHost.Cancellation));
        view["progress"]!["state"]!.GetValue<string>().ShouldBe("sealed");
        view["weeks"]![0]!["days"]![1]!["validatedMinutes"]!.GetValue<int>().ShouldBe(300);
        var list = await PlacementHost.JsonAsync(await manager.GetAsync($"{PlacementHost.Api}/placements", PlacementHost.Cancellation));
        list["items"]![0]!["progress"]!["state"]!.GetValue<string>()
            .ShouldBe("sealed", "the list too, though the placement was over before it was settled");
    }

    [Fact]
    public async Task A_tutor_reads_the_documents_of_the_periods_that_are_theirs_and_no_others()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var manager = await host.SignedInAsync("ines@of.example");
        var id = await CreateAsync(manager, "2026-11-02", "2026-12-18");
        async Task PostAsync(string path, object body) =>
            await PlacementHost.JsonAsync(
                await manager.PostAsJsonAsync($"{PlacementHost.Api}/placements/{id}/{path}", body, PlacementHost.Cancellation));
        await PostAsync("changes", new { version = 0, validation = "monthly", reason = "Mois complet" });
        await PostAsync(
            "tutors", new { version = 1, name = "M. Paul", email = "paul@chez-ruiz.example", from = "2026-12-01", reason = "Départ" });
        PlacementId.TryParse(id, out var placement).ShouldBeTrue();
        var file = (await host.Get<PlacementFiles>().ReadAsync(PlacementScene.Organisation, placement, PlacementHost.Cancellation)).Value!;
        var secret = await host.Get<TutorAccess>().MintAsync(file, file.State.Placement.Terms.Tutors[0], PlacementHost.Cancellation);

        using var own = await host.Client().GetAsync($"/api/tutor/{secret}/drafts/2026-11", PlacementHost.Cancellation);
        using var others = await host.Client().GetAsync($"/api/tutor/{secret}/drafts/2026-12", PlacementHost.Cancellation);
        using var sealedOne = await host.Client().GetAsync($"/api/tutor/{secret}/documents/2026-12", PlacementHost.Cancellation);

        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PlacementHost.CodeAsync(others)).ShouldBe("document-unknown");
        (await PlacementHost.CodeAsync(sealedOne)).ShouldBe("document-unknown");
    }

    [Fact]
    public async Task A_learner_sees_and_declares_only_their_own_placement()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var manager = await host.SignedInAsync("ines@of.example");
        await host.EnrolAsync("S2", null);
        var others = await CreateAsync(manager, learner: "S2");
        var learner = await host.SignedInAsync("zoe@of.example");

        using var seen = await learner.GetAsync($"{PlacementHost.Api}/placements/{others}", PlacementHost.Cancellation);
        using var declared = await DeclareAsync(learner, others, "2026-W45", [.. Days("2026-11-02", 1)]);
        var own = await PlacementHost.JsonAsync(await learner.GetAsync($"{PlacementHost.Api}/placements", PlacementHost.Cancellation));

        seen.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        declared.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        own["items"]!.AsArray().ShouldBeEmpty();
    }

    private static async Task<string> CreateAsync(
        HttpClient manager, string first = "2026-11-02", string last = "2026-11-13", string learner = "S1")
    {
        var body = new
        {
            learner,
            training = "A1",
            group = "G1",
            company = "Chez Ruiz",
            tutors = new[] { new { name = "Mme Ruiz", email = Tutor } },
            firstDay = first,
            lastDay = last,
            minutesADay = 420,
        };
        using var response = await manager.PostAsJsonAsync($"{PlacementHost.Api}/placements", body, PlacementHost.Cancellation);
        return (await PlacementHost.JsonAsync(response, 201))["id"]!.GetValue<string>();
    }

    private static Task<HttpResponseMessage> DeclareAsync(HttpClient client, string id, string week, object[] days) =>
        client.PostAsJsonAsync(
            $"{PlacementHost.Api}/placements/{id}/weeks/{week}/declaration",
            new { days, typedName = "Zoë Lefèbvre" },
            PlacementHost.Cancellation);

    private static IEnumerable<object> Days(string first, int count) => Enumerable.Range(0, count).Select(i => new
    {
        date = DateOnly.Parse(first).AddDays(i).ToString("yyyy-MM-dd"),
        start = "09:00",
        end = "17:00",
        breakMinutes = 60,
    });

    private static async Task<JsonObject> ViewAsync(HttpClient client, string secret) =>
        await PlacementHost.JsonAsync(await client.GetAsync($"/api/tutor/{secret}", PlacementHost.Cancellation));

    private static Dictionary<string, int> Seen(JsonObject view) =>
        view["weeks"]!.AsArray().ToDictionary(w => w!["week"]!.GetValue<string>(), w => w!["seen"]!.GetValue<int>());

    private static async Task<JsonObject> ValidateAsync(HttpClient client, string secret, params object[] decided) =>
        await PlacementHost.JsonAsync(await client.PostAsJsonAsync(
            $"/api/tutor/{secret}/validation",
            new { seen = Seen(await ViewAsync(client, secret)), decided, drawing = "M10 10 C20 30 40 10 60 35 L80 12" },
            PlacementHost.Cancellation));
}
