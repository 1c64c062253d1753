using System.Net.Http.Json;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Passkeys;
using Emargement.Tests.Accounts.Factors;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;
using static Emargement.Tests.Accounts.Factors.SecondStepScene;

namespace Emargement.Tests.Accounts.Passkeys;

/// <summary>Passkeys: added by whoever owns the account, and a whole sign-in alone; whatever is wrong with one is refused.</summary>
public sealed class PasskeyTests(SecondStepScene scene) : IClassFixture<SecondStepScene>
{
    private const string Mine = $"{Api}/me/passkeys";
    private const string Door = $"{Api}/passkey-sign-in";

    private string Origin => scene.Host.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task V6_3_3_A_passkey_that_was_unlocked_signs_in_alone_again_and_again()
    {
        var (owner, passkey) = await OwnerAsync();
        using (passkey)
        {
            for (var i = 0; i < 2; i++)
            {
                passkey.Counter++;
                var (client, outcome) = await SignInAsync(passkey);

                outcome.ShouldBe("ok");
                (await DoorAsync(client)).ShouldBe("ok", "it is both factors");
            }

            var listed = await owner.Client.GetFromJsonAsync<List<PasskeyLine>>(Mine, Cancellation);
            listed.ShouldNotBeNull().ShouldHaveSingleItem().Nickname.ShouldBe("Mon ordinateur");
        }
    }

    [Theory]
    [InlineData("origin")]
    [InlineData("rp")]
    [InlineData("locked")]
    [InlineData("counter-same")]
    [InlineData("counter-back")]
    [InlineData("counter-none")]
    public async Task What_is_not_as_it_was_asked_signs_nobody_in(string wrong)
    {
        var (_, passkey) = await OwnerAsync(counter: 7);
        using (passkey)
        {
            passkey.Counter = wrong switch
            {
                "counter-same" => 7,
                "counter-back" => 3,
                "counter-none" => 0,
                _ => 8,
            };
            passkey.Unlocked = wrong != "locked";
            passkey.Origin = wrong == "origin" ? "https://emargement.example.evil" : passkey.Origin;
            passkey.Rp = wrong == "rp" ? "evil.example" : passkey.Rp;

            var (client, outcome) = await SignInAsync(passkey);

            outcome.ShouldBe("passkey-refused");
            (await DoorAsync(client)).ShouldBe("not-signed-in");
        }
    }

    [Fact]
    public async Task V6_5_1_An_answer_counts_once_in_parallel_too()
    {
        // A passkey that does not count: the challenge alone tells a replay.
        var (_, passkey) = await OwnerAsync(counter: 0);
        using (passkey)
        {
            var client = scene.Host.Client();
            var options = await OfferAsync(client, $"{Door}/offer", null);
            var credential = passkey.Get(options);

            var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
                await OutcomeAsync(await client.PostAsJsonAsync(Door, new { credential }, Cancellation))));

            outcomes.Count(o => o == "ok").ShouldBe(1);
            outcomes.Count(o => o == "passkey-refused").ShouldBe(3);
        }
    }

    [Fact]
    public async Task V6_6_2_A_challenge_is_this_browser_s_and_lives_five_minutes()
    {
        var (_, passkey) = await OwnerAsync();
        using (passkey)
        {
            passkey.Counter++;
            var asking = scene.Host.Client();
            var options = await OfferAsync(asking, $"{Door}/offer", null);
            var elsewhere = await OutcomeAsync(
                await scene.Host.Client().PostAsJsonAsync(Door, new { credential = passkey.Get(options) }, Cancellation));
            scene.Host.Time.Advance(TimeSpan.FromMinutes(5));
            var late = await OutcomeAsync(await asking.PostAsJsonAsync(Door, new { credential = passkey.Get(options) }, Cancellation));

            (elsewhere, late).ShouldBe(("passkey-refused", "passkey-refused"));
        }
    }

    [Theory]
    [InlineData("Trois chevaux verts", null, "sign-in-wrong")]
    [InlineData(AccessHost.Password, "000000", "second-step-wrong")]
    public async Task V7_5_1_Adding_one_asks_for_the_password_and_a_code(string password, string? code, string outcome)
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());

        (await OutcomeAsync(await owner.Client.PostAsJsonAsync(
            $"{Mine}/offer", new { password, code = code ?? scene.CodeOf(owner.Secret) }, Cancellation))).ShouldBe(outcome);
    }

    [Fact]
    public async Task One_that_was_removed_or_whose_account_is_suspended_opens_nothing()
    {
        var (owner, passkey) = await OwnerAsync();
        var (other, kept) = await OwnerAsync();
        using (passkey)
        using (kept)
        {
            var listed = (await owner.Client.GetFromJsonAsync<List<PasskeyLine>>(Mine, Cancellation))!.ShouldHaveSingleItem();
            var body = new { password = AccessHost.Password, code = owner.Codes[0] };
            (await OutcomeAsync(await owner.Client.PostAsJsonAsync($"{Mine}/{listed.Id}/removal", body, Cancellation))).ShouldBe("ok");
            (await scene.Host.Operator.PostAsync($"{Api}/accounts/manager:{other.Login}/suspension", null, Cancellation)).Dispose();
            (passkey.Counter, kept.Counter) = (9, 9);

            (await SignInAsync(passkey)).Outcome.ShouldBe("passkey-refused");
            (await SignInAsync(kept)).Outcome.ShouldBe("passkey-refused");
        }
    }

    [Fact]
    public async Task A_lost_second_step_that_is_replaced_takes_the_passkeys_with_it()
    {
        var (owner, passkey) = await OwnerAsync();
        using (passkey)
        {
            (await scene.Host.Operator.DeleteAsync($"{Api}/accounts/manager:{owner.Login}/second-step", Cancellation))
                .EnsureSuccessStatusCode();
            passkey.Counter++;

            (await SignInAsync(passkey)).Outcome.ShouldBe("passkey-refused");
            var id = new AccountId(AccountKind.Manager, Reference.Parse(owner.Login));
            (await scene.Host.Services.GetRequiredService<PasskeysTable>()
                .ListAsync(OrganisationId.Parse(SecondStepScene.Organisation), id, Cancellation)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task One_that_was_asked_for_before_a_factor_changed_is_not_taken()
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        using var passkey = new SoftPasskey(scene.Host.Address.Host, Origin);
        var options = await OfferAsync(
            owner.Client, $"{Mine}/offer", new { password = AccessHost.Password, code = scene.CodeOf(owner.Secret) });
        var (organisation, id) = (
            OrganisationId.Parse(SecondStepScene.Organisation), new AccountId(AccountKind.Manager, Reference.Parse(owner.Login)));
        var here = (await scene.Host.Services.GetRequiredService<Devices>().ListAsync(organisation, id, Cancellation)).Single().Id;
        (await scene.Host.Services.GetRequiredService<EndSignIns>().RunAsync(organisation, id, here, Cancellation)).IsOk.ShouldBeTrue();

        var outcome = await OutcomeAsync(await owner.Client.PostAsJsonAsync(
            Mine, new { nickname = "Trop tard", credential = passkey.Create(options) }, Cancellation));

        outcome.ShouldBe("passkey-refused");
        (await scene.Host.Services.GetRequiredService<PasskeysTable>().ListAsync(organisation, id, Cancellation)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}")]
    [InlineData("{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\"AA\"}}")]
    public async Task What_no_browser_sends_is_refused(string credential)
    {
        var client = scene.Host.Client();
        await OfferAsync(client, $"{Door}/offer", null);

        (await OutcomeAsync(await client.PostAsJsonAsync(Door, new { credential }, Cancellation))).ShouldBe("passkey-refused");
    }

    private async Task<(Owner Owner, SoftPasskey Passkey)> OwnerAsync(uint counter = 1)
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        var passkey = new SoftPasskey(scene.Host.Address.Host, Origin) { Counter = counter };
        var options = await OfferAsync(
            owner.Client, $"{Mine}/offer", new { password = AccessHost.Password, code = scene.CodeOf(owner.Secret) });
        (await OutcomeAsync(await owner.Client.PostAsJsonAsync(
            Mine, new { nickname = " Mon ordinateur ", credential = passkey.Create(options) }, Cancellation))).ShouldBe("ok");
        return (owner, passkey);
    }

    private async Task<(HttpClient Client, string Outcome)> SignInAsync(SoftPasskey passkey)
    {
        var client = scene.Host.Client();
        var credential = passkey.Get(await OfferAsync(client, $"{Door}/offer", null));
        return (client, await OutcomeAsync(await client.PostAsJsonAsync(Door, new { credential }, Cancellation)));
    }

    private static async Task<string> OfferAsync(HttpClient client, string address, object? body)
    {
        using var offered = await client.PostAsJsonAsync(address, body ?? new { }, Cancellation);
        offered.EnsureSuccessStatusCode();
        return (await AccessHost.JsonAsync(offered))["options"]!.GetValue<string>();
    }

    private sealed record PasskeyLine(string Id, string Nickname);
}
