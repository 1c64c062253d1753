using System.Net;
using System.Net.Http.Json;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Placements;
using Emargement.Functions.Sessions;
using Emargement.Tests.Sessions;
using UglyToad.PdfPig;

namespace Emargement.Tests.Placements.Weeks;

/// <summary>A learner without a device of their own declares on one of the organisation's, which names whose it was.</summary>
public sealed class HandedWeekTests
{
    private const string Week = "2026-W45";
    private const string Tutor = "ruiz@chez-ruiz.example";

    [Fact]
    public async Task Nobody_of_the_staff_declares_for_a_learner_on_a_device_that_was_not_handed_over()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-03 15:00");
        var manager = await host.SignedInAsync("ines@of.example");
        var id = await CreateAsync(manager);
        await TeachAsync(host);

        foreach (var staff in new[] { manager, await host.SignedInAsync("F1"), await host.SignedInAsync("F2") })
        {
            using var declared = await DeclareAsync(staff, id);
            using var maintained = await staff.PostAsJsonAsync(
                Address(id, "maintained"), new { days = new[] { "2026-11-02" } }, Cancellation);
            (await PlacementHost.CodeAsync(declared)).ShouldBe("not-allowed");
            (await PlacementHost.CodeAsync(maintained)).ShouldBe("not-allowed");
        }

        (await ReadAsync(host, id)).Facts.OfType<WeekFact>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trainer_hands_the_own_device_over_to_learners_of_the_own_groups_only()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-03 15:00");
        var id = await CreateAsync(await host.SignedInAsync("ines@of.example"));
        await TeachAsync(host);

        using var stranger = await HandOverAsync(await host.SignedInAsync("F2"), id);
        using var own = await HandOverAsync(await host.SignedInAsync("F1"), id);

        (await PlacementHost.CodeAsync(stranger)).ShouldBe("not-your-learner");
        own.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_device_handed_over_opens_one_week_and_nothing_else_until_it_is_given_back()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-10 15:00");
        var manager = await host.SignedInAsync("ines@of.example");
        await host.EnrolAsync("S2", null);
        var (id, others) = (await CreateAsync(manager), await CreateAsync(manager, "S2"));
        var device = await host.SignedInAsync("ines@of.example");
        (await HandOverAsync(device, id)).Dispose();

        using var page = await device.GetAsync($"/o/garonne/placements/{id}/week", Cancellation);
        using var list = await device.GetAsync($"{PlacementHost.Api}/placements", Cancellation);
        using var otherWeek = await DeclareAsync(device, id, "2026-W46", "2026-11-09");
        using var otherPerson = await DeclareAsync(device, others);
        using var otherPage = await device.GetAsync($"/o/garonne/placements/{others}/week", Cancellation);
        using var wrong = await LeaveAsync(device, id, "Trois chevaux verts");
        using var back = await LeaveAsync(device, id, PlacementHost.Password);
        using var again = await device.GetAsync($"{PlacementHost.Api}/placements", Cancellation);

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PlacementHost.CodeAsync(list)).ShouldBe("not-allowed");
        (await PlacementHost.CodeAsync(otherWeek)).ShouldBe("not-your-placement");
        (await PlacementHost.CodeAsync(otherPerson)).ShouldBe("not-your-placement");
        otherPage.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        wrong.IsSuccessStatusCode.ShouldBeFalse();
        back.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PlacementHost.CodeAsync(again)).ShouldBe("second-step-missing", "it was in many hands, and a manager has two factors");
    }

    [Fact]
    public async Task Whose_device_it_was_is_printed_and_kept_in_the_evidence()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-03 15:00");
        var manager = await host.SignedInAsync("ines@of.example");
        var id = await CreateAsync(manager);
        await TeachAsync(host);
        var device = await host.SignedInAsync("F1");
        (await HandOverAsync(device, id)).Dispose();
        await PlacementHost.JsonAsync(await DeclareAsync(device, id));

        var draft = await manager.GetByteArrayAsync($"{PlacementHost.Api}/placements/{id}/drafts/all", Cancellation);

        Text(draft).ShouldContain("saisi avec Hélène Cazenave sur l'appareil de Garonne Formation");
        (await ReadAsync(host, id)).Facts.OfType<Declared>().ShouldHaveSingleItem().By.ShouldBe("trainer:F1");
    }

    [Fact]
    public async Task Who_recorded_a_paper_form_is_printed()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-04 10:00");
        var manager = await host.SignedInAsync("ines@of.example");
        var id = await CreateAsync(manager);
        var scan = await PlacementHost.JsonAsync(
            await manager.PostAsync(
                $"{PlacementHost.Api}/placements/{id}/scans", new ByteArrayContent("%PDF-1.7 scan"u8.ToArray()), Cancellation),
            201);
        var days = new[] { new { date = "2026-11-02", minutes = 420 }, new { date = "2026-11-03", minutes = 420 } };
        await PlacementHost.JsonAsync(await manager.PostAsJsonAsync(
            $"{PlacementHost.Api}/placements/{id}/paper",
            new { days, reason = "Tutrice sans internet", scan = scan["scan"]!.GetValue<string>() },
            Cancellation));
        await host.IdleAsync();

        var pdf = await manager.GetByteArrayAsync($"{PlacementHost.Api}/placements/{id}/documents/all", Cancellation);

        Text(pdf).ShouldContain("Formulaire papier signé, enregistré par Inès Roche");
    }

    private static CancellationToken Cancellation => PlacementHost.Cancellation;

    private static string Text(byte[] pdf) =>
        string.Join(' ', PdfDocument.Open(pdf).GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));

    private static string Address(string id, string what, string week = Week) =>
        $"{PlacementHost.Api}/placements/{id}/weeks/{week}/{what}";

    private static Task<HttpResponseMessage> HandOverAsync(HttpClient staff, string id) =>
        staff.PostAsync(Address(id, "device"), null, Cancellation);

    private static Task<HttpResponseMessage> LeaveAsync(HttpClient device, string id, string password) =>
        device.PostAsJsonAsync(Address(id, "device/leave"), new { password }, Cancellation);

    private static Task<HttpResponseMessage> DeclareAsync(HttpClient client, string id, string week = Week, string day = "2026-11-02") =>
        client.PostAsJsonAsync(
            Address(id, "declaration", week),
            new { days = new[] { new { date = day, minutes = 420 } }, typedName = "Zoë Lefèbvre" },
            Cancellation);

    private static async Task<PlacementState> ReadAsync(PlacementHost host, string id)
    {
        PlacementId.TryParse(id, out var placement).ShouldBeTrue();
        return (await host.Get<PlacementFiles>().ReadAsync(PlacementScene.Organisation, placement, Cancellation)).Value!.State;
    }

    // F1 teaches the learner's group; F2 does not.
    private static async Task TeachAsync(PlacementHost host) =>
        (await host.Get<SessionsTable>().TryInsertAsync(
            Example.Morning with { Organisation = PlacementScene.Organisation, TrainingRef = Reference.Parse("A1") }, Cancellation))
        .ShouldBeTrue();

    private static async Task<string> CreateAsync(HttpClient manager, string learner = "S1")
    {
        var body = new
        {
            learner,
            training = "A1",
            group = "G1",
            company = "Chez Ruiz",
            tutors = new[] { new { name = "Mme Ruiz", email = Tutor } },
            firstDay = "2026-11-02",
            lastDay = learner == "S1" ? "2026-11-03" : "2026-11-09",
            minutesADay = 420,
        };
        var created = await PlacementHost.JsonAsync(
            await manager.PostAsJsonAsync($"{PlacementHost.Api}/placements", body, Cancellation), 201);
        return created["id"]!.GetValue<string>();
    }
}
