using System.Net.Http.Json;
using Azure.Storage.Blobs;
using Emargement.Functions.Platform.Mail.Senders;
using Emargement.Tests.Platform;
using Emargement.Tests.Platform.Access;
using MimeKit;
using static Emargement.Tests.Accounts.Factors.SecondStepScene;

namespace Emargement.Tests.Accounts.Factors;

/// <summary>A second factor that is lost, changed or taken away (OWASP ASVS 5.0, 6.4.4 and 7.5.1).</summary>
public sealed class LostFactorTests(SecondStepScene scene) : IClassFixture<SecondStepScene>
{
    [Fact]
    public async Task A_recovery_code_opens_once_and_leaves_nine()
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        var (client, _) = await scene.HalfwayAsync(owner.Login);

        (await OutcomeAsync(await TakeAsync(client, owner.Codes[0].ToLowerInvariant().Replace('-', ' ')))).ShouldBe("ok");

        (await DoorAsync(client)).ShouldBe("ok");
        var (again, _) = await scene.HalfwayAsync(owner.Login);
        (await OutcomeAsync(await TakeAsync(again, owner.Codes[0]))).ShouldBe("second-step-wrong");
        (await OutcomeAsync(await TakeAsync(again, owner.Codes[9]))).ShouldBe("ok");
    }

    [Theory]
    [InlineData("Trois chevaux verts", null, "sign-in-wrong")]
    [InlineData(AccessHost.Password, "000000", "second-step-wrong")]
    [InlineData(AccessHost.Password, null, "ok")]
    public async Task V7_5_1_Removing_it_asks_for_the_password_and_a_code(string password, string? code, string outcome)
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        var body = new { password, code = code ?? scene.CodeOf(owner.Secret) };

        (await OutcomeAsync(await owner.Client.PostAsJsonAsync($"{Step}/removal", body, Cancellation))).ShouldBe(outcome);

        (await DoorAsync(owner.Client)).ShouldBe(outcome == "ok" ? "not-signed-in" : "ok");
        (await scene.HalfwayAsync(owner.Login)).Next.ShouldBe(outcome == "ok" ? "enrol" : "second-step");
    }

    [Fact]
    public async Task V7_5_1_Other_recovery_codes_ask_for_both_and_end_those_before()
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        using var renewed = await owner.Client.PostAsJsonAsync(
            $"{Step}/spare-codes", new { password = AccessHost.Password, code = owner.Codes[1] }, Cancellation);
        var codes = (await AccessHost.JsonAsync(renewed))["codes"]!.AsArray().Select(c => c!.GetValue<string>()).ToList();
        var (client, _) = await scene.HalfwayAsync(owner.Login);

        codes.Intersect(owner.Codes).ShouldBeEmpty();
        (await OutcomeAsync(await TakeAsync(client, owner.Codes[2]))).ShouldBe("second-step-wrong");
        (await OutcomeAsync(await TakeAsync(client, codes[2]))).ShouldBe("ok");
    }

    [Fact]
    public async Task V6_4_4_A_lost_factor_is_replaced_by_the_manager_who_invited_and_nobody_else()
    {
        var inviter = await scene.EnrolAsync(await scene.NewManagerAsync());
        var other = await scene.EnrolAsync(await scene.NewManagerAsync());
        var lost = await scene.EnrolAsync(await scene.NewManagerAsync(inviter.Client));
        var address = $"{Api}/accounts/manager:{lost.Login}/second-step";

        var byOther = await OutcomeAsync(await other.Client.DeleteAsync(address, Cancellation));
        var byOperator = await OutcomeAsync(await scene.Host.Operator.DeleteAsync(address, Cancellation));
        var byThemselves = await OutcomeAsync(await lost.Client.DeleteAsync(address, Cancellation));
        (await DoorAsync(lost.Client)).ShouldBe("ok");
        var byInviter = await OutcomeAsync(await inviter.Client.DeleteAsync(address, Cancellation));

        (byOther, byOperator, byThemselves, byInviter).ShouldBe(("second-step-inviter", "second-step-inviter", "second-step-own", "ok"));
        (await DoorAsync(lost.Client)).ShouldBe("not-signed-in");
        (await scene.HalfwayAsync(lost.Login)).Next.ShouldBe("enrol");
        (await OutcomeAsync(await inviter.Client.DeleteAsync(address, Cancellation))).ShouldBe("second-step-not-set");
    }

    [Fact]
    public async Task V6_4_4_Where_who_invited_is_gone_another_manager_or_the_operator_replaces_it()
    {
        var inviter = await scene.EnrolAsync(await scene.NewManagerAsync());
        var other = await scene.EnrolAsync(await scene.NewManagerAsync());
        var lost = await scene.EnrolAsync(await scene.NewManagerAsync(inviter.Client));
        (await scene.Host.Operator.PostAsync($"{Api}/accounts/manager:{inviter.Login}/suspension", null, Cancellation)).Dispose();

        Task<HttpResponseMessage> ResetAsync(HttpClient by, Owner of) =>
            by.DeleteAsync($"{Api}/accounts/manager:{of.Login}/second-step", Cancellation);

        (await OutcomeAsync(await ResetAsync(other.Client, lost))).ShouldBe("ok");
        (await OutcomeAsync(await ResetAsync(scene.Host.Operator, other))).ShouldBe("ok", "the operator invited them");
    }

    [Fact]
    public async Task Each_change_is_told_by_mail_without_anything_that_opens()
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        object Body() => new { password = AccessHost.Password, code = scene.CodeOf(owner.Secret) };
        (await owner.Client.PostAsJsonAsync($"{Step}/spare-codes", Body(), Cancellation)).EnsureSuccessStatusCode();
        scene.Host.Time.Advance(TimeSpan.FromSeconds(30));
        (await owner.Client.PostAsJsonAsync($"{Step}/removal", Body(), Cancellation)).EnsureSuccessStatusCode();
        await scene.Host.WhenIdleAsync();

        var mails = (await MailsAsync()).Where(m => m.To.ToString().StartsWith(owner.Login, StringComparison.OrdinalIgnoreCase)).ToList();

        mails.Select(m => m.Subject).ShouldBe(
            [
                "Organisme greta\u00a0: seconde étape mise en place",
                "Organisme greta\u00a0: nouveaux codes de secours",
                "Organisme greta\u00a0: seconde étape retirée",
            ],
            ignoreOrder: true);
        mails.ShouldAllBe(m => m.TextBody!.Contains($"/o/{Organisation}") && !owner.Codes.Any(m.TextBody!.Contains));
    }

    private async Task<List<MimeMessage>> MailsAsync()
    {
        var container = new BlobContainerClient(AzuriteFixture.ConnectionString, scene.Host.Prefix + MailboxSender.Container);
        var mails = new List<MimeMessage>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: Cancellation))
        {
            await using var stream = await container.GetBlobClient(blob.Name).OpenReadAsync(cancellationToken: Cancellation);
            mails.Add(await MimeMessage.LoadAsync(stream, Cancellation));
        }

        return mails;
    }
}
