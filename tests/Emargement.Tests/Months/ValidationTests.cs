using System.Net;
using System.Text.Json.Nodes;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Months;

/// <summary>A month is accepted, validated, sent and taken up again, over HTTP and through its run.</summary>
public sealed class ValidationTests : ValidationScene
{
    [Fact]
    public async Task A_month_is_accepted_validated_sent_and_taken_up_again()
    {
        (await ValidateAsync(await CalculateAsync())).ShouldBe("month-not-over");
        await NextMonthAsync();
        (await ValidateAsync(At(18, 0))).ShouldBe("month-moved", "another calculation");
        var at = await CalculateAsync();
        (await ValidateAsync(at)).ShouldBe("month-blocked");
        (await ValidateAsync(at, "")).ShouldBe("typed-name-invalid");

        (await AcceptAsync(at, "head-count", "ok")).ShouldBe("reason-too-short");
        (await AcceptAsync(at, "unsigned", "Deux visiteurs")).ShouldBe("not-acceptable");
        (await AcceptAsync(at, "head-count", "Deux visiteurs")).ShouldBeNull();
        await Host.WhenIdleAsync();
        (await GetAsync(Month + "/blockers"))["items"]!.AsArray().ShouldBeEmpty();

        at = await CalculateAsync();
        (await ValidateAsync(at)).ShouldBeNull();
        (await ValidateAsync(at)).ShouldBeNull("a double click");
        (await CorrectAsync()).ShouldBe("month-validated");
        (await GetAsync(Month))["state"]!.GetValue<string>().ShouldBe("validated");

        await MinuteAsync();
        var month = await GetAsync(Month);
        month["state"]!.GetValue<string>().ShouldBe("sent");
        var version = month["versions"]!.AsArray().ShouldHaveSingleItem()!;
        version["state"]!.GetValue<string>().ShouldBe("validated");
        using (var file = await Manager.GetAsync(version["files"]![0]!["address"]!.GetValue<string>(), Cancellation))
        {
            file.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await WithdrawAsync("")).ShouldBe("reason-missing");
        (await WithdrawAsync("Une absence était justifiée")).ShouldBeNull();
        (await CorrectAsync()).ShouldBeNull("the month may change again");
        await Host.WhenIdleAsync();
        (await GetAsync(Month))["facts"]!.AsArray().Select(f => f!["event"]!.GetValue<string>())
            .ShouldBe(["accepted", "validated", "sent", "withdrawn"]);
    }

    [Fact]
    public async Task A_month_that_was_frozen_and_never_validated_is_open_again_within_the_hour()
    {
        var organisations = Host.Services.GetRequiredService<OrganisationsTable>();
        var read = (await organisations.FindAsync(Garonne, Cancellation))!;
        (await organisations.TryReplaceAsync(read, read.Value with { FrozenMonths = [new YearMonth(2026, 11)] }, Cancellation))
            .ShouldBeTrue();

        await Host.RunTimerAsync("SummarizeMonths");
        (await organisations.FindAsync(Garonne, Cancellation))!.Value.FrozenMonths.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_validates_and_closes_without_a_script()
    {
        await NextMonthAsync();
        var at = await CalculateAsync();
        (await SendAsync("validate", at, ("name", "Inès Roche"))).ShouldBe(HttpStatusCode.Conflict, "an anomaly blocks");
        (await SendAsync("accept", at, ("code", "head-count"), ("reason", "Deux visiteurs"))).ShouldBe(HttpStatusCode.Redirect);
        await Host.WhenIdleAsync();
        at = await CalculateAsync();
        (await SendAsync("lock", at)).ShouldBe(HttpStatusCode.Conflict, "nothing was sent");
        (await SendAsync("validate", at, ("name", "Inès Roche"))).ShouldBe(HttpStatusCode.Redirect);
        await MinuteAsync();

        (await PageAsync()).ShouldContain("à la disposition de la Région");
        (await SendAsync("lock", at)).ShouldBe(HttpStatusCode.Redirect);
        (await PageAsync()).ShouldContain("Ce mois est clos");
        (await CorrectAsync()).ShouldBe("month-locked");
        (await SendAsync("withdraw", at, ("reason", "Trop tard"))).ShouldBe(HttpStatusCode.Conflict);
    }
}
