using System.Text;
using System.Text.Json.Nodes;
using Emargement.Journeys.Platform;

namespace Emargement.Journeys.Placements;

/// <summary>Hours in a company, whole: from the placement to the Région's export, over HTTP alone, with days of a few seconds.</summary>
public sealed class PlacementJourney
{
    // Between two reminders there must be time to declare, on a busy machine too.
    internal const string DaySeconds = "5";

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_placement_goes_from_its_creation_to_the_Region()
    {
        await using var server = await Server.StartAsync(showMailbox: true, ("Placements:RehearsalDaySeconds", DaySeconds));
        await TravelAsync(server);
    }

    [Fact]
    [Trait("Server", "own")]
    public async Task A_placement_goes_from_its_creation_to_the_Region_on_the_clock_of_a_server_of_its_own()
    {
        await using var server = new ChildServer(("Placements__RehearsalDaySeconds", DaySeconds));
        await server.StartAsync(_cancellation);
        await TravelAsync(server);
    }

    [Fact]
    [Trait("Server", "own")]
    public async Task A_server_whose_days_are_real_is_told_which_setting_it_lacks()
    {
        await using var server = new ChildServer();
        await server.StartAsync(_cancellation);
        using var world = await World.CreateAsync(server, _cancellation);

        (await CompanyPlacement.MissingSettingAsync(world, _cancellation)).ShouldNotBeNull()
            .ShouldContain("Placements__RehearsalDaySeconds");
    }

    private async Task TravelAsync(IServer server)
    {
        using var world = await World.CreateAsync(server, _cancellation);
        if (await CompanyPlacement.MissingSettingAsync(world, _cancellation) is { } missing)
        {
            Assert.Fail(missing);
        }

        var placement = await CompanyPlacement.CreateAsync(world, _cancellation);
        using var learner = await world.PhoneOfAsync(CompanyPlacement.Learner, _cancellation);

        await DeclareAsync(server, world, placement, learner);
        var validated = await ValidateAsync(server, world, placement, learner);
        await CheckDocumentAsync(server, world, placement);
        await ExportAsync(world, placement, validated);
    }

    /// <summary>
    /// Nothing is declared: the learner is reminded, declares, and is not reminded of that week again, though the days of the further
    /// reminders pass.
    /// </summary>
    private async Task DeclareAsync(IServer server, World world, CompanyPlacement placement, Client learner)
    {
        var (first, second) = (placement.Weeks[0], placement.Weeks[1]);
        await server.UntilAsync(() => placement.FirstMailAsync("declare-week"), "reminder to declare", _cancellation);
        (await placement.DeclareAsync(learner, first)).ShouldNotBeNull();

        // Its last day comes after the last reminder of the first week.
        await server.UntilAsync(() => placement.DeclareAsync(learner, second), "last day of the placement", _cancellation);

        var view = await placement.ViewAsync();
        view["progress"]!["weeksDeclared"]!.GetValue<int>().ShouldBe(2, view.ToJsonString());
        var mails = await placement.MailsAsync("declare-week");
        mails.ShouldHaveSingleItem()["about"]!.GetValue<string>().ShouldStartWith(first.Name);
        if (server.Mailbox is { } mailbox)
        {
            (await mailbox.CountAsync(world.AddressOf("zoe"), _cancellation)).ShouldBe(2, "that a password was chosen, and one reminder");
        }
    }

    /// <returns>Minutes validated in the second week.</returns>
    private async Task<int> ValidateAsync(IServer server, World world, CompanyPlacement placement, Client learner)
    {
        var asked = await server.UntilAsync(() => placement.FirstMailAsync("validate-hours"), "mail to the tutor", _cancellation);
        asked["to"]!.GetValue<string>().ShouldBe(world.AddressOf(CompanyPlacement.Tutor));
        var declared = placement.Weeks[1].Days.Count * CompanyPlacement.MinutesADay;
        if (server.Mailbox is not { } mailbox)
        {
            // Mails that leave for their recipients cannot be read from here, so nobody holds the tutor's link:
            // the days are settled on paper, as for a tutor who does not answer.
            await placement.RecordPaperAsync("La tutrice n’a pas répondu");
            return declared;
        }

        using var tutor = new Client(server);
        var old = await SecretAsync(server, mailbox, world.AddressOf(CompanyPlacement.Tutor));
        (await tutor.SendAsync(HttpMethod.Get, $"t/{old}", null, _cancellation)).Status.ShouldBe(200);

        // The address was wrong: the link sent there opens nothing any more, and a new one goes to the right address.
        var email = world.AddressOf("paul");
        var right = new { version = 0, email, name = "M. Paul", reason = "Adresse fausse" };
        await world.Manager.PostAsync($"{placement.Api}/tutors/t1/address", right, 200, _cancellation);
        var (status, text) = await tutor.SendAsync(HttpMethod.Get, $"api/tutor/{old}", null, _cancellation);
        status.ShouldBe(410, text);
        JsonNode.Parse(text)!["code"]!.GetValue<string>().ShouldBe("link-revoked");
        (await tutor.SendAsync(HttpMethod.Get, $"t/{old}", null, _cancellation)).Status.ShouldBe(410);
        var link = $"api/tutor/{await SecretAsync(server, mailbox, email)}";

        await DisagreeAsync(server, tutor, link, placement, learner);
        var view = await tutor.GetAsync(link, _cancellation);
        var decided = new[] { new { date = placement.Weeks[1].Days[^1], minutes = 210 } };
        view = await tutor.PostAsync(
            $"{link}/validation", new { seen = CompanyPlacement.Seen(view), decided, drawing = Drawings.Wave }, 200, _cancellation);
        view["toValidate"]!.GetValue<int>().ShouldBe(0);
        var pdf = await server.UntilAsync(
            () => tutor.DownloadAsync($"{link}/documents/all", _cancellation), "sealed document", _cancellation);
        pdf.ShouldBe(
            await world.Manager.DownloadAsync($"{placement.Api}/documents/all", _cancellation),
            "the tutor and the manager hold the same file");
        return declared - CompanyPlacement.MinutesADay + 210;
    }

    private async Task DisagreeAsync(IServer server, Client tutor, string link, CompanyPlacement placement, Client learner)
    {
        var (week, date) = (placement.Weeks[1].Name, placement.Weeks[1].Days[^1]);
        var view = await tutor.GetAsync(link, _cancellation);
        (await tutor.GetAsync(link, _cancellation)).ToJsonString().ShouldBe(view.ToJsonString(), "a GET changes nothing");
        view["toValidate"]!.GetValue<int>().ShouldBe(placement.Weeks.Sum(w => w.Days.Count));

        await tutor.PostAsync(
            $"{link}/disagreements",
            new { seen = CompanyPlacement.Seen(view), days = new[] { new { date, minutes = 210, reason = "Partie à midi" } } }, 200,
            _cancellation);
        await server.UntilAsync(() => placement.FirstMailAsync("answer-disagreement"), "mail to the learner", _cancellation);
        await learner.PostAsync(
            $"{placement.Api}/weeks/{week}/maintained", new { days = new[] { date }, comment = "J’ai fini le soir" }, 200, _cancellation);
    }

    /// <summary>
    /// The document is the same for all, holds when checked by its code and by its bytes, and the list says that all is sealed.
    /// </summary>
    private async Task CheckDocumentAsync(IServer server, World world, CompanyPlacement placement)
    {
        var pdf = await server.UntilAsync(
            () => world.Manager.DownloadAsync($"{placement.Api}/documents/all", _cancellation), "sealed document", _cancellation);
        Encoding.ASCII.GetString(pdf, 0, 5).ShouldBe("%PDF-");
        var document = (await placement.ViewAsync())["documents"]!.AsArray().ShouldHaveSingleItem()!;
        var code = document["code"]!.GetValue<string>();

        using var anyone = new Client(server);
        var byFile = await anyone.UploadAsync("api/verify", pdf, "application/pdf", _cancellation);
        byFile["verdict"]!.GetValue<string>().ShouldBe("intact", byFile.ToJsonString());
        byFile["document"]!["code"]!.GetValue<string>().Replace("-", "", StringComparison.Ordinal)
            .ShouldBe(code, "printed in groups of four");
        (await anyone.GetAsync($"api/verify/{code}", _cancellation)).ToJsonString().ShouldBe(byFile.ToJsonString());
        (await anyone.SendAsync(HttpMethod.Get, $"v/{code}", null, _cancellation)).Status.ShouldBe(200);

        // The list is brought up to date by the workflow's next look, a moment after the sealing.
        await server.UntilAsync(
            async () => await placement.ListedStateAsync() is "sealed" ? placement : null, "list that says sealed", _cancellation);
    }

    private async Task ExportAsync(World world, CompanyPlacement placement, int validated)
    {
        var code = (await placement.ViewAsync())["documents"]![0]!["code"]!.GetValue<string>();
        var at = await world.ExportMonthAsync(_cancellation);
        var weeks = Encoding.UTF8.GetString((await world.RegionSystem!.DownloadAsync($"{at}/semaines_entreprise.csv", _cancellation))!);
        var first = placement.Weeks[0].Days.Count * CompanyPlacement.MinutesADay;
        foreach (var (week, minutes) in new[] { (placement.Weeks[0], first), (placement.Weeks[1], validated) })
        {
            var line = weeks.Split("\r\n").Single(l => l.Contains($"{week.Name};{CompanyPlacement.Company};", StringComparison.Ordinal));
            line.ShouldContain($";{week.Days.Count * CompanyPlacement.MinutesADay};{minutes};validee;");
            line.ShouldContain($";{code};");
        }

        weeks.ShouldNotContain("Essai", customMessage: "a cancelled placement in which nobody worked is nobody's");
    }

    private async Task<string> SecretAsync(IServer server, Mailbox mailbox, string address)
    {
        var link = await server.UntilAsync(
            () => mailbox.LinkAsync(address, 't', _cancellation), "mail with the tutor's link", _cancellation);
        return link.Segments[^1];
    }
}
