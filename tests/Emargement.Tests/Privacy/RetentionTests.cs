using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.People;
using Emargement.Tests.House;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Sessions;
using Emargement.Tests.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Privacy;

/// <summary>Proofs are kept as long as the funder who asks the most, and somebody can see how long that is.</summary>
public sealed partial class RetentionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-06-30", "REGION", RetentionRule.Usual, "2032-06-30")]
    [InlineData("2026-06-30", "OPCO|FRANCE TRAVAIL", RetentionRule.Usual, "2032-06-30")]
    [InlineData("2026-06-30", "", RetentionRule.Usual, "2032-06-30")] // nobody enrolled
    [InlineData("2026-06-30", "REGION|FSE+", RetentionRule.CoFinanced, "2036-06-30")] // a mixed group: the longest
    [InlineData("2026-06-30", "REGION (FSE)", RetentionRule.CoFinanced, "2036-06-30")]
    [InlineData("2026-06-30", "UNIFORMATION", RetentionRule.Usual, "2032-06-30")] // a word that only begins alike
    [InlineData("2028-02-29", "REGION", RetentionRule.Usual, "2034-02-28")]
    public void The_longest_term_that_applies_counts(string lastDay, string funders, RetentionRule rule, string until)
    {
        var term = Retention.Of(Day(lastDay), funders.Split('|', StringSplitOptions.RemoveEmptyEntries));

        term.ShouldBe(new RetentionTerm(rule, Day(until)));
        term.IsOver(Day(until)).ShouldBeFalse();
        term.IsOver(Day(until).AddDays(1)).ShouldBeTrue();
    }

    [Fact]
    public void The_store_refuses_to_forget_for_as_long_as_the_longest_term()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "infra", "prod.bicepparam"));
        var days = int.Parse(ImmutabilityDays().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);

        var longest = Enumerable.Range(2026, 8).Select(y => new DateOnly(y, 1, 1)).Max(
            d => d.AddYears(Retention.LongestYears).DayNumber - d.DayNumber);
        days.ShouldBe(longest);
    }

    [Fact]
    public async Task A_manager_sees_until_when_each_training_is_kept_and_by_which_rule()
    {
        await using var host = await SigningHttpTests.StartAsync();
        await host.CreateManagerAsync("garonne", "M1", "m1@example.fr");
        var manager = await host.SignedInAsync("garonne", "M1");
        var trainer = await host.SignedInAsync("garonne", "F1");
        const string list = "/api/organisations/garonne/retention";
        var before = (await manager.GetFromJsonAsync<JsonArray>(list, Cancellation)).ShouldNotBeNull().ShouldHaveSingleItem()!;
        var late = new Enrolment
        {
            LearnerRef = Reference.Parse("L9"),
            TrainingRef = Example.Morning.TrainingRef,
            Group = "G2",
            Periods = [new EnrolmentPeriod("FSE+", null, null, new DateOnly(2026, 9, 1), new DateOnly(2027, 7, 31))],
        };
        await host.Services.GetRequiredService<EnrolmentsTable>().TryWriteAsync(
            OrganisationId.Parse("garonne"), [new EnrolledLearner(late, "Nom009", "Ada", HasEmail: false)], [], Cancellation);

        var after = (await manager.GetFromJsonAsync<JsonArray>(list, Cancellation)).ShouldNotBeNull().ShouldHaveSingleItem()!;
        using var page = await manager.GetAsync("/o/garonne/retention", Cancellation);
        using var refused = await trainer.GetAsync(list, Cancellation);

        (before["rule"]!.GetValue<string>(), before["until"]!.GetValue<string>()).ShouldBe(("usual", "2033-06-30"));
        (after["rule"]!.GetValue<string>(), after["until"]!.GetValue<string>()).ShouldBe(("co-financed", "2037-07-31"));
        after["learners"]!.GetValue<int>().ShouldBe(before["learners"]!.GetValue<int>() + 1);
        after["over"]!.GetValue<bool>().ShouldBeFalse();
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync(Cancellation)).ShouldContain("2037");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"param immutabilityDays = (\d+)")]
    private static partial Regex ImmutabilityDays();
}
