using System.Net;
using System.Net.Http.Json;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Gates;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Platform.Guessing;

/// <summary>One password tried on everybody: no login is tried often, the network is.</summary>
public sealed class NetworkTriesTests
{
    private static readonly OrganisationId Org = OrganisationId.Parse("greta");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_school_of_300_who_are_wrong_four_times_within_an_hour_closes_nothing_before_the_last()
    {
        var tries = Enumerable.Range(0, NetworkTries.Most - 1).Aggregate(
            default(NetworkTries), (known, i) => known.Next(AccessHost.Start.AddSeconds(i / 4)));

        tries.ClosedUntil(AccessHost.Start.AddMinutes(10)).ShouldBeNull();
        tries.Next(AccessHost.Start.AddMinutes(10)).ClosedUntil(AccessHost.Start.AddMinutes(10)).ShouldBe(AccessHost.Start.AddHours(1));
        tries.Next(AccessHost.Start.AddHours(1)).Wrong.ShouldBe(1, "an hour later it begins again");
    }

    [Fact]
    public async Task V6_3_1_A_network_that_was_wrong_too_often_is_told_no_more_whomever_it_names()
    {
        await using var host = await AccessHost.StartAsync();
        await host.CreateOrganisationAsync("greta");
        var table = host.Services.GetRequiredService<TriesTable>();
        var network = TryPath.Of(Org, "network", "sign-in", "127.0.0.0/24");
        await table.WriteAsync(
            network, await table.FindAsync(network, Cancellation), new Tries(NetworkTries.Most - 2, AccessHost.Start, false), Cancellation);
        var client = host.Client();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            using var answer = await AccessHost.SignInAsync(client, "greta", $"S{i}", "Printemps 2026 !");
            answers.Add(answer.StatusCode);
        }

        answers.ShouldBe(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests]);
        using var waits = await AccessHost.SignInAsync(client, "greta", "S9", "Printemps 2026 !");
        waits.Headers.RetryAfter!.Delta.ShouldBe(NetworkTries.Window);
        host.Time.Advance(NetworkTries.Window);
        using var later = await AccessHost.SignInAsync(client, "greta", "S9", "Printemps 2026 !");
        later.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_network_that_asks_for_everybody_s_password_mail_waits_in_every_process()
    {
        await using var host = await AccessHost.StartAsync();
        await host.CreateOrganisationAsync("greta");
        await using var other = await AccessHost.StartAsync(("Storage:Prefix", host.Prefix));
        var table = host.Services.GetRequiredService<TriesTable>();
        var network = TryPath.Of(Org, "network", "recovery", "127.0.0.0/24");
        await table.WriteAsync(
            network, await table.FindAsync(network, Cancellation), new Tries(NetworkTries.Most - 1, AccessHost.Start, false), Cancellation);

        (await AskAsync(host, "S1")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        using var there = await AskAsync(other, "S2");
        (there.StatusCode, await AccessHost.CodeAsync(there)).ShouldBe((HttpStatusCode.TooManyRequests, "recovery-asked-often"));
        there.Headers.RetryAfter!.Delta.ShouldBe(NetworkTries.Window);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["act"] = "link", ["login"] = "S3" });
        using var page = await other.Client().PostAsync(new Uri("/o/greta/password", UriKind.Relative), form, Cancellation);
        (page.StatusCode, page.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.TooManyRequests, "text/html"));

        host.Time.Advance(NetworkTries.Window);
        (await AskAsync(host, "S1")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static Task<HttpResponseMessage> AskAsync(AccessHost host, string login) =>
        host.Client().PostAsJsonAsync("/api/organisations/greta/password-links", new { login }, Cancellation);
}
