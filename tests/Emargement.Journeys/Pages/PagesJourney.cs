using System.Text;
using Emargement.Journeys.Placements;
using Emargement.Journeys.Platform;

namespace Emargement.Journeys.Pages;

/// <summary>Every page that a person opens, opened by that person, with everything that it leads to.</summary>
public sealed class PagesJourney
{
    private const string Unknown = "0123456789012345678901";
    private const string NoAbsence = "0123456789abcdef01234567";

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;
    private readonly Visits _visits = new();

    [Fact]
    public async Task Every_page_is_opened_by_the_person_whose_it_is()
    {
        // Without the page of mails, as on every host but LocalHost.
        var rehearsal = ("Placements:RehearsalDaySeconds", PlacementJourney.DaySeconds);
        await using var server = await Server.StartAsync(showMailbox: false, rehearsal);
        using var world = await World.CreateAsync(server, _cancellation);
        using var anyone = new Client(server);
        using var learner = await world.PhoneOfAsync(CompanyPlacement.Learner, _cancellation);

        await ArriveAsync(world, anyone);
        await ActivateAsync(world);
        await StaffPages.VisitAsync(world, _visits, anyone, _cancellation);
        await HoldHalfDayAsync(world, anyone, learner);
        await VerifyAsync(world, anyone);
        await OfficerPages.VisitAsync(world, _visits, anyone, _cancellation);
        await FollowPlacementAsync(world, anyone, learner);
        await SubmitNothingAsync(world, anyone, learner);

        // A provider's answer alone opens the first, another system's the second, a reminder's link and a closed month's amendment the
        // next: they are opened in tests of their own. The others need an absence, which the half-day's journey files and opens.
        string[] elsewhere =
        [
            "FinishSignInByProvider", "ShowWebhookPage", "ShowStopPage", "ShowPortalAmendmentPage", "ShowAbsencePage",
            "OpenAbsenceDocument",
        ];
        var missing = _visits.Missing(PageRoutes.Read()).Where(m => !elsewhere.Contains(m.Function)).ToList();
        if (server.Mailbox is null)
        {
            TestContext.Current.AddWarning(
                $"The mails of {server.Url} leave for their recipients: of the pages behind their links only the refusals were opened.");
            missing = [.. missing.Where(m => m.Route[0] is not ('l' or 't'))];
        }

        missing.ShouldBeEmpty("nobody has opened these: a page of the app belongs in this journey");
    }

    /// <summary>Pages to change the planning and what is kept, and every form with nothing in it.</summary>
    private async Task SubmitNothingAsync(World world, Client anyone, Client learner)
    {
        var home = $"o/{world.Organisation}";
        string[] pages = [$"sessions/{world.Centre}/edit", "retention", "accounts/manager:M2/erasure", "imports", "new-session"];
        foreach (var page in pages)
        {
            await OpenAsync(world.Manager, $"{home}/{page}");
        }

        foreach (var form in (string[])
                 [
                     home, $"{home}/password", $"{home}/sign", $"{home}/signature", $"l/{Unknown}", $"t/{Unknown}", $"a/{Unknown}",
                     $"m/{Unknown}",
                 ])
        {
            await _visits.SubmitEmptyAsync(anyone, form, _cancellation);
        }

        var months = $"months/{world.Planning.Day:yyyy-MM}";
        foreach (var page in (string[])[
            "months", months, $"{months}/validation", "settle", "statements", "absences", "justify", "reasons", "trainings", "usage",
            $"usage/{world.Planning.Day:yyyy-MM}", "settings", "settings/reminders", "settings/months"])
        {
            await OpenAsync(world.Manager, $"{home}/{page}");
        }

        await OpenAsync(world.Manager, $"{home}/{months}/groups/INCONNUE/G1", 404);
        await OpenAsync(world.Manager, $"{home}/absences/{NoAbsence}", 404);
        await OpenAsync(world.Manager, $"{home}/absences/{NoAbsence}/files/1", 404);
        await OpenAsync(learner, $"{home}/my-absences");
        await OpenAsync(learner, $"{home}/new-absence");
        foreach (var form in (string[])["new-absence", $"my-absences/{NoAbsence}", $"my-absences/{NoAbsence}/files"])
        {
            await _visits.SubmitEmptyAsync(learner, $"{home}/{form}", _cancellation);
        }

        await OpenAsync(world.Manager, $"{home}/trainings/INCONNUE", 404);
        await OpenAsync(world.Manager, $"{home}/trainings/A1");
        await OpenAsync(world.Manager, $"{home}/paper/A1/G1/2026-W48");

        foreach (var form in (string[])
                 [
                     $"{months}/refresh", $"{months}/groups/INCONNUE/G1", $"{months}/validation", "settle",
                     $"sessions/{world.Centre}/edit", $"sessions/{world.Centre}/people", "new-session", "imports", "imports/next",
                     "imports/inconnu", "sources", "account", "settings/managers", "settings/providers",
                     "retention", "second-step", "accounts/manager:M2/erasure", "statements", "people/learners/INCONNU/statements",
                     "conflicts", "justify", $"absences/{NoAbsence}", "reasons", "trainings", "trainings/INCONNUE",
                     "webhooks", "webhooks/00000000",
                     $"sessions/{world.Centre}/confirmation", "settings", "settings/reminders", "account/reminders",
                     "paper/INCONNUE/G1/2026-W48", "paper/INCONNUE/G1/2026-W48/scan",
                 ])
        {
            await _visits.SubmitEmptyAsync(world.Manager, $"{home}/{form}", _cancellation);
        }

        // The form before asked for the month's calculation.
        var group = $"{home}/{months}/groups/A1/G1";
        await world.Server.UntilAsync(
            async () => (await world.Manager.SendAsync(HttpMethod.Get, group, null, _cancellation)).Status == 200 ? group : null,
            "group of the month", _cancellation);
        await OpenAsync(world.Manager, group);

        await _visits.SubmitEmptyAsync(anyone, $"{home}/sign-in/inconnu", _cancellation);
        await _visits.SubmitEmptyAsync(world.Trainer, $"{home}/sessions/{world.Centre}/takeover", _cancellation);
        await _visits.SubmitEmptyAsync(world.Trainer, $"{home}/sessions/{world.Centre}/countersign", _cancellation);
        await _visits.SubmitEmptyAsync(learner, $"{home}/placements/inconnu/week", _cancellation);
    }

    /// <summary>The front door, and what an address that leads nowhere shows.</summary>
    private async Task ArriveAsync(World world, Client anyone)
    {
        await OpenAsync(anyone, "");
        await OpenAsync(anyone, "?organisation=inconnu", 404);
        (await OpenAsync(anyone, $"?organisation={world.Organisation}")).AbsolutePath.ShouldBe($"/o/{world.Organisation}");
        await OpenAsync(anyone, "o/inconnu", 404);
        await OpenAsync(anyone, "o/inconnu/sign", 404);
        await OpenAsync(anyone, $"o/{world.Organisation}/sign");
        foreach (var page in (string[])["a", "l", "t", "m"])
        {
            await OpenAsync(anyone, $"{page}/{Unknown}", 404);
        }

        // What is not theirs sends them to sign in, and they come back to it.
        var session = $"sessions/{world.Centre}";
        foreach (var page in (string[])["today", "placements", "new-placement", session, $"{session}/tablet"])
        {
            var at = await OpenAsync(anyone, $"o/{world.Organisation}/{page}");
            Uri.UnescapeDataString(at.Query).ShouldBe($"?back=/o/{world.Organisation}/{page}");
        }

        await OpenAsync(world.Manager, $"o/{world.Organisation}/sessions/{world.Planning.Day:yyyy-MM-dd}-am-INCONNUE", 404);
        await OpenAsync(world.Manager, $"o/{world.Organisation}/placements/inconnu", 404);
    }

    /// <summary>A second manager, who chooses a password by the link of the mail.</summary>
    private async Task ActivateAsync(World world)
    {
        var address = world.AddressOf("luc");
        const string password = "quatre-hérons-cendrés";
        var given = await world.Operator.PostAsync(
            $"{world.Api}/managers", new { @ref = "M2", lastName = "Vidal", firstName = "Luc", email = address }, 201, _cancellation);
        var link = new Uri(given["activationUrl"]!.GetValue<string>());
        if (world.Server.Mailbox is { } mailbox)
        {
            await world.Manager.PostAsync($"{world.Api}/accounts/manager:M2/activation", new { send = true }, 200, _cancellation);
            link = await world.Server.UntilAsync(
                () => mailbox.LinkAsync(address, 'a', _cancellation), "mail with an activation link", _cancellation);
        }

        using var manager = new Client(world.Server);
        (await manager.SendAsync(HttpMethod.Head, link.AbsoluteUri, null, _cancellation)).Status.ShouldBe(200);
        await OpenAsync(manager, link.AbsoluteUri);
        await manager.PostAsync($"api/activations/{link.Segments[^1]}", new { password }, 200, _cancellation);
        await OpenAsync(manager, link.AbsoluteUri, 410);
        await manager.PostAsync($"{world.Api}/sign-in", new { login = address, password, staySignedIn = false }, 200, _cancellation);
        (await OpenAsync(manager, $"o/{world.Organisation}/today")).AbsolutePath.ShouldBe($"/o/{world.Organisation}/second-step");
        await world.EnrolAsync(manager, _cancellation);
        await FollowKeysAsync(world, manager);
        (await OpenAsync(manager, $"o/{world.Organisation}")).AbsolutePath.ShouldBe($"/o/{world.Organisation}/today");
    }

    /// <summary>A key for another system, made without a script, and what the journal says of it.</summary>
    private async Task FollowKeysAsync(World world, Client manager)
    {
        await OpenAsync(manager, $"o/{world.Organisation}/keys");
        using var form = new FormUrlEncodedContent(
            [KeyValuePair.Create("name", "ERP"), KeyValuePair.Create("rights", "people"), KeyValuePair.Create("days", "30")]);
        await _visits.SubmitAsync(manager, $"o/{world.Organisation}/keys", form, _cancellation);
        await OpenAsync(manager, $"o/{world.Organisation}/journal");
        await FollowWebhooksAsync(world, manager);
    }

    /// <summary>Another system that would be told what happens: the page, and what it says to an address that it never calls.</summary>
    private async Task FollowWebhooksAsync(World world, Client manager)
    {
        var page = $"o/{world.Organisation}/webhooks";
        await OpenAsync(manager, page);
        using var inward = new FormUrlEncodedContent(
            [KeyValuePair.Create("address", "https://10.0.0.1/hook"), KeyValuePair.Create("events", "sheet.sealed")]);
        await _visits.SubmitAsync(manager, page, inward, _cancellation, 400);
        await OpenAsync(manager, page + "/00000000", 404);
    }

    /// <summary>A half-day on every screen: the trainer's, a learner's phone, the link of a mail, the device handed round.</summary>
    private async Task HoldHalfDayAsync(World world, Client anyone, Client learner)
    {
        var session = $"o/{world.Organisation}/sessions/{world.Centre}";
        await OpenAsync(world.Trainer, $"o/{world.Organisation}/today");
        await OpenAsync(world.Trainer, session);
        await OpenAsync(learner, $"s/{world.Organisation}/{world.Centre}/nothing", 409);
        var screen = await world.OpenAsync(world.Centre, _cancellation);
        await OpenAsync(world.Trainer, session);

        await OpenAsync(learner, $"o/{world.Organisation}/sign");
        var code = screen.Qr(await world.Server.NowAsync(_cancellation));
        (await OpenAsync(anyone, $"s/{world.Organisation}/{world.Centre}/{code}")).AbsolutePath.ShouldBe($"/o/{world.Organisation}");
        await OpenAsync(learner, $"s/{world.Organisation}/{world.Centre}/{code}");
        var proof = new { kind = "qr", value = code };
        await world.SignAsync(learner, new { session = world.Centre, proof }, _cancellation, Drawings.Of(1));

        await SignByLinkAsync(world, anyone);
        await world.Trainer.PostAsync($"{world.Api}/sessions/{world.Centre}/tablet", new { }, 204, _cancellation);
        await OpenAsync(world.Trainer, $"{session}/tablet");
        await OpenAsync(world.Trainer, $"{session}/tablet?learner=S6");
        await world.LeaveTabletAsync(_cancellation);

        var live = await world.Trainer.GetAsync($"{world.Api}/sessions/{world.Centre}", _cancellation);
        var headCount = live["signedCount"]!.GetValue<int>();
        await world.Trainer.PostAsync(
            $"{world.Api}/sessions/{world.Centre}/close", new { headCount, drawing = Drawings.Wave }, 200, _cancellation);
        await OpenAsync(world.Trainer, session);
    }

    private async Task SignByLinkAsync(World world, Client anyone)
    {
        await world.Trainer.PostAsync($"{world.Api}/sessions/{world.Centre}/links", new { to = "one", learner = "S4" }, 202, _cancellation);
        if (world.Server.Mailbox is { } mailbox)
        {
            var link = await world.Server.UntilAsync(
                () => mailbox.LinkAsync(world.AddressOf("theo"), 'l', _cancellation), "mail with a signing link", _cancellation);
            await OpenAsync(anyone, link.AbsoluteUri);
            var proof = new { kind = "link", value = link.Segments[^1] };
            await world.SignAsync(anyone, new { session = world.Centre, proof }, _cancellation, Drawings.Of(4));
            await OpenAsync(anyone, link.AbsoluteUri);
        }
    }

    /// <summary>The sealed sheet, by its code and by its file.</summary>
    private async Task VerifyAsync(World world, Client anyone)
    {
        var sheet = await world.Server.UntilAsync(
            () => world.Trainer.DownloadAsync($"{world.Api}/sessions/{world.Centre}/sheet", _cancellation), "sealed sheet", _cancellation);
        await OpenAsync(world.Manager, $"o/{world.Organisation}/today");
        await OpenAsync(world.Manager, $"o/{world.Organisation}/sessions/{world.Centre}");

        var verdict = await anyone.UploadAsync("api/verify", sheet, "application/pdf", _cancellation);
        var code = verdict["sheet"]!["code"]!.GetValue<string>();
        await OpenAsync(anyone, "v");
        (await OpenAsync(anyone, $"v?code={code}")).AbsolutePath.ShouldBe($"/v/{code}");
        await OpenAsync(anyone, "v/0000-0000-0000-0000", 404);
        using var file = new ByteArrayContent(sheet);
        using var form = new MultipartFormDataContent { { file, "file", "feuille.pdf" } };
        await _visits.SubmitAsync(anyone, "v", form, _cancellation);
    }

    /// <summary>Hours in a company, on the screens of the manager, the trainer, the learner and the tutor.</summary>
    private async Task FollowPlacementAsync(World world, Client anyone, Client learner)
    {
        if (await CompanyPlacement.MissingSettingAsync(world, _cancellation) is { } missing)
        {
            Assert.Fail(missing);
        }

        var all = $"o/{world.Organisation}/placements";
        await OpenAsync(world.Manager, all);
        await OpenAsync(world.Manager, $"o/{world.Organisation}/new-placement");
        await OpenAsync(world.Manager, $"o/{world.Organisation}/new-placement?q=zoe");
        await OpenAsync(world.Manager, $"o/{world.Organisation}/new-placement?learner={CompanyPlacement.Learner}");
        var placement = await CompanyPlacement.CreateAsync(world, _cancellation);
        foreach (var week in placement.Weeks)
        {
            await world.Server.UntilAsync(() => placement.DeclareAsync(learner, week), $"last day of {week.Name}", _cancellation);
        }

        foreach (var person in (Client[])[world.Manager, world.Trainer, learner])
        {
            await OpenAsync(person, all);
            await OpenAsync(person, $"{all}/{placement.Id}");
            await OpenAsync(person, $"{all}/{placement.Id}/week?week={placement.Weeks[0].Name}");
        }

        await OpenAsync(learner, $"o/{world.Organisation}/sign");
        if (world.Server.Mailbox is { } mailbox)
        {
            var address = world.AddressOf(CompanyPlacement.Tutor);
            var link = await world.Server.UntilAsync(
                () => mailbox.LinkAsync(address, 't', _cancellation), "mail with the tutor's link", _cancellation);
            await OpenAsync(anyone, link.AbsoluteUri);
        }
    }

    private Task<Uri> OpenAsync(Client who, string address, int status = 200) => _visits.OpenAsync(who, address, _cancellation, status);
}
