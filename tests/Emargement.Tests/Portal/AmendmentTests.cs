using System.Text.Json.Nodes;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months.Amendments;
using Emargement.Functions.Months.Records;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Region.Export;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets;
using Emargement.Functions.Sheets.Records;
using Microsoft.Extensions.DependencyInjection;
using static Emargement.Tests.Portal.PortalScene;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Portal;

/// <summary>A closed month changes by an amendment to which the Région agreed, and by nothing else.</summary>
public sealed class AmendmentTests : IAsyncLifetime
{
    private const string Asked = "/api/organisations/garonne/months/2026-11/amendments";
    private const string Amendments = "/api/region/occitanie/amendments";

    private static readonly OrganisationId Org = OrganisationId.Parse("garonne");
    private static readonly YearMonth November = new(2026, 11);
    private static readonly SessionId Morning = SessionId.Parse("20261123-1-AM");

    private static readonly Caller Officer = Caller.Nobody with { Id = "officer:A1" };

    private PortalScene _scene = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _scene = await PortalScene.StartAsync();
        await _scene.SendAsync();
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_closed_month_is_corrected_once_the_Region_agrees()
    {
        (await AskAsync("S1", 10)).ShouldBe("month-not-closed");
        await CloseByItselfAsync();

        (await AskAsync(OtherRef, 10)).ShouldBe("amendment-not-funded", "a sheet's new version changes what the Région holds");
        (await AskAsync("S1", 10, "Arrivé avec " + OtherName)).ShouldBe("reason-names-other");
        (await AskAsync("S1", 500)).ShouldBe("mark-minutes");
        (await AskAsync("S1", 10)).ShouldBeNull();
        (await AskAsync("S1", 10)).ShouldBeNull("a double click");
        (await AskAsync("S1", 15)).ShouldBe("amendment-pending");
        (await CodeAsync(_scene.Host.Operator, Garonne + "/unlock", new { reason = "Erreur" })).ShouldBe("amendment-pending");

        var list = await GetAsync(_scene.Region, Amendments);
        list["waiting"]!.GetValue<int>().ShouldBe(1);
        var line = (await GetAsync(_scene.Region, Garonne + "/amendments/1"))["lines"]!.AsArray().ShouldHaveSingleItem()!;
        (line["lastName"]!.GetValue<string>(), line["doneBefore"]!.GetValue<int>(), line["doneAfter"]!.GetValue<int>())
            .ShouldBe(("Petit", 210, 200));
        using var other = await _scene.KeyAsync("bretagne");
        (await GetAsync(other, "/api/region/bretagne/amendments"))["amendments"]!.AsArray().ShouldBeEmpty();

        (await DecideAsync(1, new { accept = false })).ShouldBe("reason-missing");
        (await DecideAsync(9, new { accept = true })).ShouldBe("amendment-unknown");
        (await DecideAsync(1, new { accept = false, text = "Joignez la feuille." })).ShouldBeNull();
        (await DecideAsync(1, new { accept = true })).ShouldBe("amendment-decided");
        (await GetAsync(_scene.Manager, Asked))["amendments"]![0]!["answer"]!.GetValue<string>().ShouldBe("Joignez la feuille.");

        (await AskAsync("S1", 20)).ShouldBeNull();
        (await DecideAsync(2, new { accept = true })).ShouldBeNull();
        await _scene.Host.WhenIdleAsync();
        (await DecideAsync(2, new { accept = true })).ShouldBeNull("a double click");

        var month = await MonthAsync();
        var versions = month["versions"]!.AsArray();
        versions.Select(v => v!["state"]!.GetValue<string>()).ShouldBe(["validated", "corrected"]);
        var manifest = await GetAsync(_scene.Manager, "/api/organisations/garonne/months/2026-11/exports/2/manifest.json");
        manifest["previous"]!["sha256"]!.GetValue<string>().ShouldBe(versions[0]!["manifestSha256"]!.GetValue<string>());
        (month["state"]!.GetValue<string>(), month["facts"]!.AsArray()[^1]!["event"]!.GetValue<string>()).ShouldBe(("locked", "amended"));
        var changed = (await GetAsync(_scene.Region, Garonne + "/differences?from=1&to=2"))["rows"]!.AsArray().ShouldHaveSingleItem()!;
        changed["after"]!["statut"]!.GetValue<string>().ShouldBe("retard");
        (await _scene.CorrectAsync()).ShouldBe("month-locked", "nothing else changes");

        await _scene.Host.CreateOfficerAsync("occitanie", "Vidal", "camille@region.example");
        var officer = await _scene.Host.SignedInAsync("region:occitanie", "camille@region.example");
        string[] held =
        [
            (await GetAsync(_scene.Region, Amendments)).ToJsonString(),
            (await GetAsync(_scene.Region, Garonne + "/amendments/2")).ToJsonString(),
            await officer.GetStringAsync("/r/occitanie/amendments", Cancellation),
            await officer.GetStringAsync("/r/occitanie/amendments/2026-11/76310000001/2", Cancellation),
        ];
        held[^1].ShouldContain("Petit");
        held.ShouldAllBe(text => !text.Contains(OtherRef) && !text.Contains(OtherName));
    }

    [Fact]
    public async Task Settings_and_month_agree_and_an_amendment_is_made_once_wherever_it_stopped()
    {
        await CutAsync(life => life.Lock(), MonthEvent.Locked);
        await _scene.Host.RunTimerAsync("SummarizeMonths");
        var settings = await SettingsAsync();
        (settings.LockedMonths.Contains(November), settings.FrozenMonths.Contains(November)).ShouldBe((true, false));

        var services = _scene.Host.Services;
        for (var cut = 0; cut < 4; cut++)
        {
            var number = cut + 1;
            (await AskAsync("S1", 10 + cut)).ShouldBeNull();
            (await services.GetRequiredService<AnswerAmendment>().RunAsync(
                Org, November, number, new AmendmentAnswer(true), Officer, Cancellation)).IsOk.ShouldBeTrue();
            await StopAfterAsync(cut, number);
            await _scene.Host.RunTimerAsync("SummarizeMonths");

            var month = await MonthAsync();
            month["versions"]!.AsArray().Count.ShouldBe(1 + number, $"cut {cut}");
            month["state"]!.GetValue<string>().ShouldBe("locked");
            (await GetAsync(_scene.Region, Amendments))["amendments"]!.AsArray()
                .Count(a => a!["state"]!.GetValue<string>() == "made").ShouldBe(number);
            var facts = await services.GetRequiredService<FactsTable>().OfSessionWithoutDrawingsAsync(Org, Morning, Cancellation);
            facts.OfType<Corrected>().Select(c => c.Amendment)
                .ShouldBe(Enumerable.Range(1, number).Select(n => $"2026-11/{n}"), ignoreOrder: true);
            (await services.GetRequiredService<SheetsTable>().OfSessionAsync(Org, Morning, Cancellation)).Count.ShouldBe(1 + number);
            _scene.Host.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await CutAsync(life => life.Unlock(), MonthEvent.Unlocked);
        await _scene.Host.RunTimerAsync("SummarizeMonths");
        (await SettingsAsync()).LockedMonths.ShouldNotContain(November);
        (await _scene.CorrectAsync()).ShouldBeNull("what was closed may change again");
        await _scene.Host.WhenIdleAsync();
    }

    // A day after the receipt, as the Région set.
    private async Task CloseByItselfAsync()
    {
        var region = RegionCode.Parse("occitanie");
        await _scene.Host.Services.GetRequiredService<RegionsTable>().TryWriteAsync(
            null, new RegionSettings(region, "Occitanie") { LockAfter = 1 }, Cancellation);
        _scene.Host.Time.Advance(TimeSpan.FromMinutes(1));
        (await CodeAsync(_scene.Region, Garonne + "/acknowledgement", new { version = 1 })).ShouldBeNull();
        _scene.Host.Time.Advance(TimeSpan.FromHours(23));
        await _scene.Host.RunTimerAsync("SummarizeMonths");
        (await GetAsync(_scene.Region, Garonne))["summary"]!["state"]!.GetValue<string>().ShouldBe("received");
        _scene.Host.Time.Advance(TimeSpan.FromHours(1));
        await _scene.Host.RunTimerAsync("SummarizeMonths");
        await _scene.Host.RunTimerAsync("SummarizeMonths");
        (await GetAsync(_scene.Region, Garonne))["summary"]!["state"]!.GetValue<string>().ShouldBe("locked");
        _scene.Told.Types.Count(type => type == "month.locked").ShouldBe(1);
        await _scene.SignInAsync();
    }

    // What the run does, as far as the cut.
    private async Task StopAfterAsync(int cut, int number)
    {
        var services = _scene.Host.Services;
        if (cut > 0)
        {
            await services.GetRequiredService<MakeAmendment>().WriteAsync(Org, November, number, Cancellation);
        }

        if (cut > 1)
        {
            await services.GetRequiredService<SealSheet>().RunAsync(Org, Morning, Cancellation);
        }

        if (cut > 2)
        {
            var request = new ExportRequest(
                RegionCode.Parse("occitanie"), November, Org, $"amendment-{number}|garonne", "manager:G1", _scene.Host.Time.GetUtcNow());
            await services.GetRequiredService<ExportOrganisation>().RunAsync(request with { Amended = true }, Cancellation);
        }
    }

    // The month's row alone: whoever moved it stopped before the settings.
    private async Task CutAsync(Func<MonthLife, Result<MonthLife>> move, MonthEvent what)
    {
        var months = _scene.Host.Services.GetRequiredService<MonthsTable>();
        var read = await months.FindAsync(Org, November, Cancellation);
        var moved = move(read.Value).Value!;
        var fact = new MonthFact(moved.Facts, what, "operator", _scene.Host.Time.GetUtcNow());
        (await months.TryMoveAsync(Org, read, moved, fact, [], Cancellation)).ShouldBeTrue();
    }

    private async Task<Organisation> SettingsAsync() =>
        (await _scene.Host.Services.GetRequiredService<OrganisationsTable>().FindAsync(Org, Cancellation))!.Value;

    private Task<JsonObject> MonthAsync() => GetAsync(_scene.Manager, "/api/organisations/garonne/months/2026-11");

    private Task<string?> AskAsync(string learner, int minutes, string reason = "Bus en retard") => CodeAsync(
        _scene.Manager, Asked, new { reason, items = new[] { new { session = Morning.ToString(), learner, mark = "late", minutes } } });

    private Task<string?> DecideAsync(int number, object body) =>
        CodeAsync(_scene.Region, $"{Garonne}/amendments/{number}/decision", body);
}
