using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Mail.Senders;
using Emargement.Tests.Platform;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Emargement.Tests.Accounts;

/// <summary>A person's first password: chosen behind a link that a manager hands over or sends.</summary>
public sealed partial class ActivationTests : IAsyncLifetime
{
    private const string Org = "greta";

    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        await _host.CreateOrganisationAsync(Org);
        await _host.CreateManagerAsync(Org, "M1", "ines.roche@exemple.test");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task V6_4_1_A_password_is_chosen_once_behind_the_link()
    {
        var secret = await SecretAsync();

        using var chosen = await ChooseAsync(secret, "Cinq chevaux bleus");
        using var again = await ChooseAsync(secret, "Six chevaux jaunes");

        chosen.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AccessHost.JsonAsync(chosen))["signInUrl"]!.GetValue<string>().ShouldBe($"/o/{Org}");
        again.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await AccessHost.CodeAsync(again)).ShouldBe("link-used");
        using var signedIn = await AccessHost.SignInAsync(_host.Client(), Org, "M1", "Cinq chevaux bleus");
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_two_choices_at_once_one_stands()
    {
        var secret = await SecretAsync();

        var statuses = await Task.WhenAll(new[] { "Cinq chevaux bleus", "Six chevaux jaunes" }.Select(async password =>
        {
            using var response = await ChooseAsync(secret, password);
            return response.StatusCode;
        }));

        statuses.Count(s => s == HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_choices_at_once_one_is_accepted_and_made_up_links_learn_nothing()
    {
        var secret = await SecretAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            using var response = await ChooseAsync(i % 2 == 0 ? secret : $"AAAAAAAAAAAAAAAAAAAA{i:00}", $"Cinq chevaux bleus {i}");
            return (Right: i % 2 == 0, response.StatusCode);
        }));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Where(a => !a.Right).ShouldAllBe(a => a.StatusCode == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_link_is_good_for_seven_days()
    {
        var secret = await SecretAsync();
        _host.Time.Advance(TimeSpan.FromDays(7));

        using var late = await ChooseAsync(secret, "Cinq chevaux bleus");

        (await AccessHost.CodeAsync(late)).ShouldBe("link-expired");
    }

    [Fact]
    public async Task A_password_set_since_makes_an_older_link_void()
    {
        var secret = await SecretAsync();
        await _host.SetPasswordAsync(Org, "manager:M1", "Six chevaux jaunes");

        using var late = await ChooseAsync(secret, "Cinq chevaux bleus");

        (await AccessHost.CodeAsync(late)).ShouldBe("link-revoked");
    }

    [Fact]
    public async Task A_refused_password_leaves_the_link_good()
    {
        var secret = await SecretAsync();

        using var refused = await ChooseAsync(secret, "Inès Roche 2026");
        using var chosen = await ChooseAsync(secret, "Cinq chevaux bleus");

        (await AccessHost.CodeAsync(refused)).ShouldBe("password-too-personal");
        chosen.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("x")]
    public async Task A_made_up_link_opens_nothing(string secret)
    {
        using var response = await ChooseAsync(secret, "Cinq chevaux bleus");

        (await AccessHost.CodeAsync(response)).ShouldBe("link-unknown");
    }

    [Fact]
    public async Task A_link_that_is_sent_arrives_once_and_works()
    {
        var manager = await _host.SignedInAsync(Org, "M1");
        for (var i = 0; i < 2; i++)
        {
            using var asked = await manager.PostAsJsonAsync(Activation, new { send = true }, Cancellation);
            asked.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await _host.WhenIdleAsync();

        var message = (await MailboxAsync()).ShouldHaveSingleItem();
        message.To.ToString().ShouldBe("ines.roche@exemple.test");
        message.Subject!.ShouldContain("Organisme greta");
        using var chosen = await ChooseAsync(Secret().Match(message.TextBody!).Groups[1].Value, "Cinq chevaux bleus");
        chosen.StatusCode.ShouldBe(HttpStatusCode.OK);
        var mails = _host.Services.GetRequiredService<MailsTable>();
        var stored = (await mails.ListAsync(OrganisationId.Parse(Org), "accounts", null, Cancellation))
            .Where(m => m.Template == ActivationMail.Template).ShouldHaveSingleItem();
        stored.State.ShouldBe(MailState.Sent);
    }

    private const string Activation = $"/api/organisations/{Org}/accounts/manager:M1/activation";

    private async Task<string> SecretAsync()
    {
        using var minted = await _host.Operator.PostAsJsonAsync(Activation, new { send = false }, Cancellation);
        minted.StatusCode.ShouldBe(HttpStatusCode.OK);
        return Secret().Match((await AccessHost.JsonAsync(minted))["activationUrl"]!.GetValue<string>()).Groups[1].Value;
    }

    private Task<HttpResponseMessage> ChooseAsync(string secret, string password) =>
        _host.Client().PostAsJsonAsync($"/api/activations/{secret}", new { password }, Cancellation);

    private async Task<List<MimeMessage>> MailboxAsync()
    {
        var container = new BlobContainerClient(AzuriteFixture.ConnectionString, _host.Prefix + MailboxSender.Container);
        var messages = new List<MimeMessage>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: Cancellation))
        {
            var content = await container.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation);
            messages.Add(await MimeMessage.LoadAsync(content.Value.Content.ToStream(), Cancellation));
        }

        return messages;
    }

    [GeneratedRegex("/a/([A-Za-z0-9_-]{22})")]
    private static partial Regex Secret();
}
