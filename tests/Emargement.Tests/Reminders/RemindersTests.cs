using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Mail.Senders;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using Emargement.Tests.Platform;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Region;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Reminders;

/// <summary>Who is reminded of what, from one week to the next: by the timer, through the mailbox, with time set.</summary>
public sealed partial class RemindersTests : IAsyncDisposable
{
    private const string Api = "/api/organisations/garonne";

    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");

    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Nobody_is_told_twice_nor_after_closing_nor_on_a_Sunday_nor_who_asked_for_silence()
    {
        await StartAsync();
        (await TellAsync(17, 15)).ShouldBeEmpty("its evening has not begun");
        (await TellAsync(17, 30)).ShouldBe(["trainer:F1 1 demi-journée à fermer"]);
        (await TellAsync(17, 45)).ShouldBeEmpty("they were told");

        await CalculateAsync(18, 0);
        (await TellAsync(8, 0, Monday.AddDays(1))).ShouldBe(["manager:G1 Votre journée\u00a0: 3 points à régler"]);
        (await TellAsync(8, 30, Monday.AddDays(1))).ShouldBe(["trainer:F1 1 demi-journée à fermer"]);
        (await TellAsync(8, 45, Monday.AddDays(1))).ShouldBeEmpty();
        (await TellAsync(8, 30, Monday.AddDays(2))).ShouldBeEmpty("nothing of the digest is new, and the third day is tomorrow");
        (await TellAsync(21, 0, Monday.AddDays(3))).ShouldBeEmpty("its hours are over");

        await AddOpenAsync("SAMEDI", Monday.AddDays(5));
        await CalculateAsync(20, 0, Monday.AddDays(5));
        foreach (var hour in new[] { 8, 12, 18 })
        {
            (await TellAsync(hour, 30, Monday.AddDays(6))).ShouldBeEmpty("it is a Sunday");
        }

        await CloseAsync("SAMEDI", Monday.AddDays(5));
        (await TellAsync(9, 0, Monday.AddDays(7))).ShouldHaveSingleItem("it is closed").ShouldStartWith("manager:G1 Votre journée");

        await AddOpenAsync("MARDI", Monday.AddDays(8));
        var mail = (await MailboxAsync()).First(m => m.Subject!.Contains("demi-journée", StringComparison.Ordinal));
        mail.TextBody!.ShouldNotContain("Petit", Case.Insensitive, "no learner is named");
        mail.Headers["List-Unsubscribe-Post"].ShouldBe("List-Unsubscribe=One-Click");
        var stop = Secret().Match(mail.Headers["List-Unsubscribe"]!).Value;
        var anybody = _host.Client();
        (await PageAsync(anybody, stop)).ShouldContain("Ne plus le recevoir");
        (await TellAsync(17, 30, Monday.AddDays(8))).ShouldContain(
            "trainer:F1 2 demi-journées à fermer", "looking at the link changed nothing");
        using (var stopped = await anybody.PostAsync(stop, new StringContent("List-Unsubscribe=One-Click"), Cancellation))
        {
            stopped.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await TellAsync(8, 30, Monday.AddDays(9))).Where(m => m.StartsWith("trainer", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Half_of_the_hour_is_left_to_others_and_what_finds_no_place_is_in_the_next_digest()
    {
        await StartAsync(managers: 3, ("Mail:PerHour", "4"), ("Mail:PerMinute", "4"));
        await CalculateAsync(18, 0);

        (await TellAsync(8, 0, Monday.AddDays(1))).Count.ShouldBe(2, "half of four");
        (await TellAsync(8, 15, Monday.AddDays(1))).ShouldBeEmpty();
        var reserve = _host.Services.GetRequiredService<ReserveMailTurns>();
        (await reserve.RunAsync(2, Cancellation)).ShouldHaveSingleItem().At.ShouldBe(_host.Time.GetUtcNow(), "a tutor's mail goes at once");
        (await TellAsync(9, 0, Monday.AddDays(1))).Count.ShouldBe(2, "the third manager, and the trainer");

        // On Wednesday others take every place of the day until nine in the evening; on Thursday the same is new again.
        await AddOpenAsync("MARDI", Monday.AddDays(1));
        await CalculateAsync(20, 0, Monday.AddDays(1));
        _host.Time.SetUtcNow(At(7, 59, day: Monday.AddDays(2)));
        await reserve.RunAsync(4 * 15, Cancellation);
        for (var hour = 8; hour <= 21; hour++)
        {
            (await TellAsync(hour, 0, Monday.AddDays(2))).ShouldBeEmpty();
        }

        (await TellAsync(8, 0, Monday.AddDays(3))).ShouldAllBe(m => m.Contains("Votre journée", StringComparison.Ordinal));
        (await TellAsync(9, 0, Monday.AddDays(3))).Count.ShouldBe(2, "two an hour, and no more");
    }

    [Fact]
    public async Task A_month_waits_for_its_validation_and_a_learner_s_absence_for_its_reason_when_the_organisation_says_so()
    {
        await StartAsync();
        (await TellAsync(9, 0, Monday.AddDays(1))).Where(m => m.StartsWith("learner", StringComparison.Ordinal))
            .ShouldBeEmpty("it is off unless the organisation wants it");

        await WantAsync(ReminderKind.Validation, ReminderKind.Absence);
        (await TellAsync(9, 15, Monday.AddDays(1))).ShouldBe(["learner:S2 Absence du lundi 23 novembre\u00a0: justifiez-la"]);
        (await TellAsync(12, 0, Monday.AddDays(1))).ShouldBeEmpty();
        (await TellAsync(9, 15, Monday.AddDays(5))).ShouldBe(["learner:S2 Absence du lundi 23 novembre\u00a0: justifiez-la"]);

        await CalculateAsync(23, 0, new DateOnly(2026, 11, 30));
        var first = new DateOnly(2026, 12, 1);
        (await TellAsync(8, 0, first)).ShouldBe(["manager:G1 Novembre 2026 attend votre validation"]);
        (await TellAsync(8, 15, first)).ShouldBeEmpty();
        (await TellAsync(8, 0, first.AddDays(1))).ShouldBeEmpty();

        var manager = await _host.SignedInAsync("garonne", "g1@example.org");
        using (var own = await manager.PatchAsJsonAsync(Api + "/me/reminders", new { muted = new[] { "validation" } }, Cancellation))
        {
            (await AccessHost.JsonAsync(own))["kinds"]!.AsArray().Select(k => k!.GetValue<string>()).ShouldBe(["validation"]);
        }

        (await PageAsync(manager, "/o/garonne/account")).ShouldNotContain("value=\"validation\" checked");
        var form = new Dictionary<string, string> { ["shown"] = "validation", ["wanted"] = "validation" };
        using var sent = await manager.PostAsync("/o/garonne/account/reminders", new FormUrlEncodedContent(form), Cancellation);
        sent.Headers.Location!.OriginalString.ShouldBe("/o/garonne/account?reminders#reminders");
        (await PageAsync(manager, "/o/garonne/account")).ShouldContain("value=\"validation\" checked");
    }

    // One half-day of Monday is left open, another is closed; S2 missed it.
    private async Task StartAsync(int managers = 1, params (string Name, string? Value)[] settings)
    {
        _host = await AccessHost.StartAsync(settings);
        _host.Time.SetUtcNow(At(9, 0));
        var world = new RegionWorld().Enrol("S1", "Petit").Enrol("S2", "Grand", "OPCO")
            .Session("FERMEE", s => s with { Group = "G2" }, Missed("S2"), Closes(0, 0))
            .Session("OUVERTE", s => s with { State = SessionState.Open, ClosedAt = null }, Signs("S1"));
        world.Enrol("S2", "Grand", "OPCO", group: "G2");
        await ExportRig.HoldAsync(_host.Services.GetRequiredService<AppStorage>(), world);
        for (var n = 1; n <= managers; n++)
        {
            await _host.CreateManagerAsync("garonne", $"G{n}", $"g{n}@example.org");
        }

        await _host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(
            Garonne,
            [
                new(new AccountId(AccountKind.Trainer, Ref("F1")), "D'Angelo", "Noël", EmailAddress.Parse("noel@example.org")),
                new(new AccountId(AccountKind.Learner, Ref("S2")), "Grand", "Zoé", EmailAddress.Parse("zoe@example.org")),
            ],
            Cancellation);
    }

    private async Task CalculateAsync(int hour, int minute, DateOnly? day = null)
    {
        _host.Time.SetUtcNow(At(hour, minute, day: day));
        await _host.RunTimerAsync("SummarizeMonths");
    }

    /// <returns>Who was told what just now.</returns>
    private async Task<IReadOnlyList<string>> TellAsync(int hour, int minute, DateOnly? day = null)
    {
        _host.Time.SetUtcNow(At(hour, minute, day: day));
        var before = await MailboxAsync();
        await _host.RunTimerAsync("SendReminders");
        var mails = await _host.Services.GetRequiredService<MailsTable>().ListAsync(Garonne, "reminders", null, Cancellation);
        var sent = mails.Where(m => m.EndedAt == _host.Time.GetUtcNow()).ToList();
        sent.ShouldAllBe(m => m.State == MailState.Sent);
        var fresh = (await MailboxAsync()).Where(m => before.All(b => b.MessageId != m.MessageId)).ToList();
        fresh.Count.ShouldBe(sent.Count);
        return
        [
            .. sent.Select(m => m.Slot.Person + " "
                + fresh.Single(f => f.MessageId!.StartsWith(m.Slot.OperationId.ToString("N"), StringComparison.Ordinal)).Subject!
                    .Replace("Garonne Formation\u00a0: ", "", StringComparison.Ordinal)),
        ];
    }

    private async Task AddOpenAsync(string reference, DateOnly day)
    {
        var world = new RegionWorld().Session(reference, s => s with
        {
            Id = new SessionId(day, HalfDay.Morning, Ref(reference)),
            Start = At(9, 0, day: day),
            End = At(12, 30, day: day),
            State = SessionState.Open,
            ClosedAt = null,
        });
        (await _host.Services.GetRequiredService<SessionsTable>().TryInsertAsync(world.Sessions[0].Session, Cancellation)).ShouldBeTrue();
    }

    private async Task CloseAsync(string reference, DateOnly day)
    {
        var sessions = _host.Services.GetRequiredService<SessionsTable>();
        var read = (await sessions.FindAsync(Garonne, new SessionId(day, HalfDay.Morning, Ref(reference)), Cancellation))!;
        (await sessions.TryReplaceAsync(read, read.Value with { State = SessionState.Closed }, Cancellation)).ShouldBeTrue();
    }

    private async Task WantAsync(params ReminderKind[] kinds)
    {
        var table = _host.Services.GetRequiredService<OrganisationsTable>();
        var read = (await table.FindAsync(Garonne, Cancellation))!;
        (await table.TryReplaceAsync(read, read.Value with { Reminders = kinds }, Cancellation)).ShouldBeTrue();
    }

    private static async Task<string> PageAsync(HttpClient client, string path)
    {
        using var page = await client.GetAsync(path, Cancellation);
        page.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task<List<MimeMessage>> MailboxAsync()
    {
        var container = new BlobContainerClient(AzuriteFixture.ConnectionString, _host.Prefix + MailboxSender.Container);
        var messages = new List<MimeMessage>();
        if (!await container.ExistsAsync(Cancellation))
        {
            return messages;
        }

        await foreach (var blob in container.GetBlobsAsync(cancellationToken: Cancellation))
        {
            var content = await container.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation);
            messages.Add(await MimeMessage.LoadAsync(content.Value.Content.ToStream(), Cancellation));
        }

        return messages;
    }

    [GeneratedRegex("/m/[A-Za-z0-9_-]{22}")]
    private static partial Regex Secret();
}
