using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Tests.Placements;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Platform.Telemetry;

/// <summary>
/// No e-mail, name, password, code, secret or reference of a person is in what leaves
/// for telemetry: spans, tags of metrics, log records.
/// </summary>
public sealed partial class NoPersonalDataTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task V14_2_1_A_whole_half_day_leaves_no_trace_of_a_person()
    {
        using var recorded = new Recorded();
        IReadOnlySet<string> personal;
        await using (var day = await HalfDayScene.StartAsync(recorded))
        {
            recorded.Listen(day.Host.Services.GetRequiredService<Instruments>());
            await day.LiveThroughAsync();
            personal = day.Personal;
        }

        ShouldHoldNone(recorded, personal);
        string[] http = ["GET /l/{secret}", "GET /a/{secret}", "GET /v/{code}", "POST /api/organisations/{org}/presence"];
        foreach (var route in http.Concat(["activity SendMailLot", "activity StoreSealedSheet", "timer WatchPulses"]))
        {
            recorded.Spans.ShouldContain(s => s.DisplayName == route, route);
        }

        recorded.Records.ShouldContain(r => r.Contains("Five failed proofs lock a path of ", StringComparison.Ordinal));
        recorded.Of("emargement.signatures").Count.ShouldBe(3);
        recorded.Of("emargement.refusals", "locked").ShouldNotBeEmpty();
        recorded.Of("emargement.mails", "Sent").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_tutor_s_link_leaves_no_trace_of_a_person()
    {
        using var recorded = new Recorded();
        HashSet<string> personal =
        [
            "ruiz@chez-ruiz.example", "Chez Ruiz", "Mme Ruiz",
            "zoe@of.example", "ines@of.example", "Lefèbvre", "Zoë", "Roche", "Inès", "Partie à midi",
        ];
        await using (var host = await PlacementHost.StartAsync("2026-11-02 08:00", recorded.AddTo))
        {
            recorded.Listen(host.Services.GetRequiredService<Instruments>());
            personal.Add(await WithTutorAsync(host));
        }

        ShouldHoldNone(recorded, personal);
        recorded.Spans.ShouldContain(s => s.DisplayName == "GET /t/{secret}");
        recorded.Spans.ShouldContain(s => s.DisplayName == "GET /api/tutor/{secret}");
        recorded.Spans.ShouldContain(s => s.DisplayName == "POST /api/tutor/{secret}/disagreements");
        recorded.Everything.ShouldAllBe(text => !LearnerReference().IsMatch(text));
    }

    private static async Task<string> WithTutorAsync(PlacementHost host)
    {
        var manager = await host.SignedInAsync("ines@of.example");
        var placement = new
        {
            learner = "S1",
            training = "A1",
            group = "G1",
            company = "Chez Ruiz",
            tutors = new[] { new { name = "Mme Ruiz", email = "ruiz@chez-ruiz.example" } },
            firstDay = "2026-11-02",
            lastDay = "2026-11-03",
            minutesADay = 420,
        };
        var created = await manager.PostAsJsonAsync($"{PlacementHost.Api}/placements", placement, Cancellation);
        var id = (await PlacementHost.JsonAsync(created, 201))["id"]!.GetValue<string>();
        await host.UntilAsync("2026-11-03 15:00");
        var days = new[] { "2026-11-02", "2026-11-03" }.Select(date => new { date, start = "09:00", end = "17:00", breakMinutes = 60 });
        var learner = await host.SignedInAsync("zoe@of.example");
        await PlacementHost.JsonAsync(await learner.PostAsJsonAsync(
            $"{PlacementHost.Api}/placements/{id}/weeks/2026-W45/declaration", new { days, typedName = "Zoë Lefèbvre" }, Cancellation));
        await host.UntilAsync("2026-11-03 17:30");

        var secret = host.SecretTo("ruiz@chez-ruiz.example");
        var tutor = host.Client();
        using var page = await tutor.GetAsync($"/t/{secret}", Cancellation);
        page.EnsureSuccessStatusCode();
        var view = await PlacementHost.JsonAsync(await tutor.GetAsync($"/api/tutor/{secret}", Cancellation));
        var seen = view["weeks"]!.AsArray().ToDictionary(w => w!["week"]!.GetValue<string>(), w => w!["seen"]!.GetValue<int>());
        await PlacementHost.JsonAsync(await tutor.PostAsJsonAsync(
            $"/api/tutor/{secret}/disagreements", new
            {
                seen,
                days = new[] { new { date = "2026-11-03", minutes = 210, reason = "Partie à midi" } },
            }, Cancellation));
        using var refused = await tutor.PostAsJsonAsync(
            $"/api/tutor/{secret}/validation", new { seen, typedName = "Mme Ruiz", more = "ruiz@chez-ruiz.example" }, Cancellation);
        ((int)refused.StatusCode).ShouldBe(400);
        await host.IdleAsync();
        return secret;
    }

    private static void ShouldHoldNone(Recorded recorded, IEnumerable<string> personal)
    {
        recorded.Spans.ShouldNotBeEmpty();
        var everything = recorded.Everything.ToList();
        foreach (var secret in personal)
        {
            everything.Where(text => text.Contains(secret, StringComparison.OrdinalIgnoreCase)
                || text.Contains(Uri.EscapeDataString(secret), StringComparison.OrdinalIgnoreCase))
                .ShouldBeEmpty(secret);
        }

        recorded.Spans.ShouldAllBe(s => s.TagObjects.All(t => t.Key != "url.full" && t.Key != "url.path" && t.Key != "url.query"));
    }

    [GeneratedRegex(@"\bS1\b")]
    private static partial Regex LearnerReference();
}
