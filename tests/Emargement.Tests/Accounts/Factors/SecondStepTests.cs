using System.Net;
using System.Net.Http.Json;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.Platform.Access;
using Emargement.Tests.Platform.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using static Emargement.Tests.Accounts.Factors.SecondStepScene;

namespace Emargement.Tests.Accounts.Factors;

/// <summary>The second factor of staff: setting it up, giving it, and what guards it (OWASP ASVS 5.0, 6.3 to 6.6).</summary>
public sealed class SecondStepTests(SecondStepScene scene) : IClassFixture<SecondStepScene>
{
    private const string Wrong = "000000";

    [Fact]
    public async Task V6_3_3_A_manager_sets_the_second_step_up_at_the_first_sign_in_and_only_then_is_let_in()
    {
        var (client, next) = await scene.HalfwayAsync(await scene.NewManagerAsync());
        next.ShouldBe("enrol");
        (await DoorAsync(client)).ShouldBe("second-step-missing");
        var offer = await OfferAsync(client);
        var secret = OtpNet.Base32Encoding.ToBytes(offer["secret"]!.GetValue<string>());
        var sealedOffer = offer["offer"]!.GetValue<string>();

        var wrong = await OutcomeAsync(
            await client.PostAsJsonAsync(Step, new { offer = sealedOffer, code = scene.CodeOf(secret, 5) }, Cancellation));
        (await DoorAsync(client)).ShouldBe("second-step-missing");
        using var set = await client.PostAsJsonAsync(
            Step, new { offer = sealedOffer, code = scene.CodeOf(secret) }, Cancellation);
        var codes = (await AccessHost.JsonAsync(set))["codes"]!.AsArray().Select(c => c!.GetValue<string>()).ToList();

        wrong.ShouldBe("second-step-wrong");
        offer["otpauth"]!.GetValue<string>().ShouldContain("issuer=Organisme%20greta");
        codes.Count.ShouldBe(10);
        codes.ShouldAllBe(c => SpareCode.Of(c) != null && c.Length == 19);
        codes.Select(c => c[..2]).ShouldBeUnique();
        (await DoorAsync(client)).ShouldBe("ok");
        using var journal = await client.GetAsync($"{Api}/audit", Cancellation);
        (await AccessHost.JsonAsync(journal))["items"]!.AsArray()
            .Where(e => e!["act"]!.GetValue<string>() == "SetUpSecondStep" && e["outcome"]!.GetValue<string>() == "done")
            .Select(e => e!["kind"]!.GetValue<string>()).ShouldContain("factor");
    }

    [Fact]
    public async Task V6_3_3_Each_later_sign_in_asks_for_the_code_that_the_app_shows()
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        var (client, next) = await scene.HalfwayAsync(owner.Login);

        next.ShouldBe("second-step");
        (await OutcomeAsync(await TakeAsync(client, Wrong))).ShouldBe("second-step-wrong");
        (await DoorAsync(client)).ShouldBe("second-step-missing");
        var code = scene.CodeOf(owner.Secret);
        (await OutcomeAsync(await TakeAsync(client, $" {code[..3]} {code[3..]} "))).ShouldBe("ok");
        (await DoorAsync(client)).ShouldBe("ok");
    }

    [Theory]
    [InlineData(-1, "ok")] // a clock half a minute behind
    [InlineData(1, "ok")]
    [InlineData(-2, "second-step-wrong")]
    [InlineData(2, "second-step-wrong")]
    public async Task V6_5_5_A_code_lives_for_its_half_minute_and_one_on_either_side(int stepsOff, string outcome)
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        scene.Host.Time.Advance(TimeSpan.FromMinutes(2));
        var (client, _) = await scene.HalfwayAsync(owner.Login);

        (await OutcomeAsync(await TakeAsync(client, scene.CodeOf(owner.Secret, stepsOff)))).ShouldBe(outcome);
    }

    [Theory]
    [InlineData("app")]
    [InlineData("recovery")]
    public async Task V6_5_1_A_code_counts_once_in_parallel_too(string kind)
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        var code = kind == "app" ? scene.CodeOf(owner.Secret) : owner.Codes[3];
        var browsers = new List<HttpClient>();
        for (var i = 0; i < 4; i++)
        {
            browsers.Add((await scene.HalfwayAsync(owner.Login)).Client);
        }

        var outcomes = await Task.WhenAll(browsers.Select(async b => await OutcomeAsync(await TakeAsync(b, code))));

        outcomes.Count(o => o == "ok").ShouldBe(1);
        outcomes.Where(o => o != "ok").ShouldAllBe(o => o == (kind == "app" ? "second-step-used" : "second-step-wrong"));
        (await Task.WhenAll(browsers.Select(DoorAsync))).Count(d => d == "ok").ShouldBe(1);
    }

    [Fact]
    public async Task V6_5_1_The_code_that_set_it_up_and_those_before_open_nothing()
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        var (client, _) = await scene.HalfwayAsync(owner.Login);

        (await OutcomeAsync(await TakeAsync(client, scene.CodeOf(owner.Secret, -1)))).ShouldBe("second-step-used");
    }

    [Fact]
    public async Task V6_5_2_Recovery_codes_are_kept_as_slow_hashes_behind_two_characters()
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        var id = new AccountId(AccountKind.Manager, Reference.Parse(owner.Login));
        var kept = (await scene.Host.Services.GetRequiredService<FactorsTable>()
            .FindAsync(OrganisationId.Parse(Organisation), id, Cancellation)).ShouldNotBeNull().Value.Codes;

        kept.Count.ShouldBe(10);
        foreach (var (code, stored) in owner.Codes.Select(c => SpareCode.Of(c)!).Zip(kept))
        {
            stored[..2].ShouldBe(code[..2]);
            stored.ShouldNotContain(code[2..]);
            new PasswordHasher<Account>().VerifyHashedPassword(null!, stored[2..], code).ShouldNotBe(PasswordVerificationResult.Failed);
        }
    }

    [Fact]
    public async Task V6_6_3_Five_tries_are_told_however_many_are_sent_at_once()
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        var (client, _) = await scene.HalfwayAsync(owner.Login);

        var told = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => await OutcomeAsync(await TakeAsync(client, Wrong))));

        told.Count(o => o == "second-step-wrong").ShouldBe(Tries.Most);
        told.Count(o => o == "second-step-locked").ShouldBe(20 - Tries.Most);
        (await OutcomeAsync(await TakeAsync(client, scene.CodeOf(owner.Secret)))).ShouldBe("second-step-locked");
        (await OutcomeAsync(await TakeAsync(client, owner.Codes[0]))).ShouldBe("second-step-locked");
        scene.Host.Time.Advance(Tries.LockedFor);
        (await OutcomeAsync(await TakeAsync(client, scene.CodeOf(owner.Secret)))).ShouldBe("ok");
    }

    [Fact]
    public async Task V6_6_3_What_a_stranger_with_the_password_tries_locks_nobody_who_is_signed_in()
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        var (stranger, _) = await scene.HalfwayAsync(owner.Login);
        for (var i = 0; i <= Tries.Most; i++)
        {
            (await TakeAsync(stranger, Wrong)).Dispose();
        }

        var renewed = await owner.Client.PostAsJsonAsync(
            $"{Step}/spare-codes", new { password = AccessHost.Password, code = scene.CodeOf(owner.Secret) }, Cancellation);

        (await OutcomeAsync(renewed)).ShouldBe("ok");
    }

    [Fact]
    public async Task V6_6_2_An_offer_opens_only_the_account_that_asked_and_for_half_an_hour()
    {
        var (mine, _) = await scene.HalfwayAsync(await scene.NewManagerAsync());
        var (yours, _) = await scene.HalfwayAsync(await scene.NewManagerAsync());
        var offer = await OfferAsync(mine);
        var secret = OtpNet.Base32Encoding.ToBytes(offer["secret"]!.GetValue<string>());
        object Body() => new { offer = offer["offer"]!.GetValue<string>(), code = scene.CodeOf(secret) };

        var stolen = await OutcomeAsync(await yours.PostAsJsonAsync(Step, Body(), Cancellation));
        scene.Host.Time.Advance(TimeSpan.FromMinutes(29.9));
        var late = await scene.HalfwayAsync(await scene.NewManagerAsync());
        var inTime = await OutcomeAsync(await mine.PostAsJsonAsync(Step, Body(), Cancellation));

        stolen.ShouldBe("second-step-offer");
        inTime.ShouldBe("ok");
        (await OutcomeAsync(await late.Client.PostAsJsonAsync(Step, Body(), Cancellation))).ShouldBe("second-step-offer");
    }

    [Fact]
    public async Task V6_4_3_A_password_recovered_by_mail_does_not_pass_the_second_step()
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        var id = new AccountId(AccountKind.Manager, Reference.Parse(owner.Login));
        var link = await scene.Host.Services.GetRequiredService<Activations>()
            .RecoverAsync(OrganisationId.Parse(Organisation), id, Cancellation);
        const string password = "Cinq chevaux bleus";
        using var chosen = await scene.Host.Client().PostAsJsonAsync(
            $"/api/activations/{link.Value!.Secret}", new { password }, Cancellation);
        chosen.StatusCode.ShouldBe(HttpStatusCode.OK);

        var (client, next) = await scene.HalfwayAsync(owner.Login, password);

        next.ShouldBe("second-step");
        (await DoorAsync(client)).ShouldBe("second-step-missing");
        (await DoorAsync(owner.Client)).ShouldBe("not-signed-in");
    }

    [Theory]
    [InlineData("password")]
    [InlineData("suspended")]
    public async Task What_changed_since_the_password_was_given_ends_the_sign_in(string change)
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        await using var elsewhere = await AccessHost.StartAsync(("Storage:Prefix", scene.Host.Prefix));
        elsewhere.Time.Advance(scene.Host.Time.GetUtcNow() - elsewhere.Time.GetUtcNow());
        var cookie = await CopiedAsync(owner.Login);
        using var there = elsewhere.Client();
        there.DefaultRequestHeaders.Add("Cookie", cookie);
        using var known = await there.GetAsync($"{Api}/me", Cancellation);
        known.StatusCode.ShouldBe(HttpStatusCode.OK, "the other process remembers it now");

        if (change == "password")
        {
            await scene.Host.SetPasswordAsync(Organisation, $"manager:{owner.Login}", "Cinq chevaux bleus");
        }
        else
        {
            (await scene.Host.Operator.PostAsync($"{Api}/accounts/manager:{owner.Login}/suspension", null, Cancellation)).Dispose();
        }

        (await OutcomeAsync(await TakeAsync(there, scene.CodeOf(owner.Secret))))
            .ShouldBe("not-signed-in", "what the audit records asks afresh");
    }

    [Fact]
    public async Task Trainers_take_the_second_step_where_the_organisation_asks_or_they_chose_to()
    {
        const string other = "gers";
        await using var host = await AccessHost.StartAsync(("Storage:Prefix", scene.Host.Prefix));
        await host.CreateOrganisationAsync(other);
        var (free, before) = await scene.HalfwayAsync(await scene.NewTrainerAsync());
        before.ShouldBeNull();

        var offer = await OfferAsync(free);
        var secret = OtpNet.Base32Encoding.ToBytes(offer["secret"]!.GetValue<string>());
        object Body(string? password) => new { offer = offer["offer"]!.GetValue<string>(), code = scene.CodeOf(secret), password };
        (await OutcomeAsync(await free.PostAsJsonAsync(Step, Body(null), Cancellation))).ShouldBe("sign-in-wrong");
        (await OutcomeAsync(await free.PostAsJsonAsync(Step, Body(AccessHost.Password), Cancellation))).ShouldBe("ok");

        var id = new AccountId(AccountKind.Trainer, Reference.Parse("F1"));
        await host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(
            OrganisationId.Parse(other), [new AccountHolder(id, "Cazenave", "Hélène", null)], Cancellation);
        await host.SetPasswordAsync(other, id.Key, AccessHost.Password);
        using var open = await host.SignedInAsync(other, "F1");
        using var settings = await host.Operator.GetAsync($"/api/organisations/{other}", Cancellation);
        using var asked = new HttpRequestMessage(HttpMethod.Patch, $"/api/organisations/{other}")
        {
            Content = JsonContent.Create(new { trainersTakeSecondStep = true }),
        };
        asked.Headers.IfMatch.Add(settings.Headers.ETag!);
        (await host.Operator.SendAsync(asked, Cancellation)).EnsureSuccessStatusCode();
        using var ended = await open.GetAsync($"/api/organisations/{other}/me", Cancellation);
        ended.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "what one factor had opened");
        using var signedIn = await AccessHost.SignInAsync(host.Client(), other, "F1");
        (await AccessHost.JsonAsync(signedIn))["next"]!.GetValue<string>().ShouldBe("enrol");
    }

    private async Task<string> CopiedAsync(string login)
    {
        using var answer = await AccessHost.SignInAsync(scene.Host.Client(), Organisation, login);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }
}
