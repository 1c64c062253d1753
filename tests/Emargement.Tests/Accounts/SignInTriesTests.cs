using System.Net;
using System.Net.Http.Json;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Tests.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts;

/// <summary>Guesses at passwords, and whom they keep out: nobody else.</summary>
public sealed class SignInTriesTests : IAsyncLifetime
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

    [Theory]
    [InlineData("M1")]
    [InlineData("nobody@exemple.test")] // an unknown login locks too, or the lock would tell who exists
    public async Task V6_3_1_Five_failures_lock_the_login_for_a_quarter_of_an_hour(string login)
    {
        var client = _host.Client();
        for (var i = 0; i < Tries.Most; i++)
        {
            using var wrong = await AccessHost.SignInAsync(client, Org, login, "Trois chevaux verts");
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var locked = await AccessHost.SignInAsync(client, Org, login);
        _host.Time.Advance(Tries.LockedFor);
        using var later = await AccessHost.SignInAsync(client, Org, login, "Trois chevaux verts");

        locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await AccessHost.CodeAsync(locked)).ShouldBe("sign-in-locked");
        locked.Headers.RetryAfter!.Delta.ShouldBe(Tries.LockedFor);
        later.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task V6_6_3_Twenty_wrong_tries_at_once_are_counted_one_by_one()
    {
        var client = _host.Client();

        var tries = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var response = await AccessHost.SignInAsync(client, Org, "M1", "Trois chevaux verts");
            return response.StatusCode;
        }));

        tries.Count(s => s == HttpStatusCode.Unauthorized).ShouldBeLessThanOrEqualTo(Tries.Most);
        tries.Count(s => s == HttpStatusCode.TooManyRequests).ShouldBeGreaterThanOrEqualTo(20 - Tries.Most);
    }

    [Fact]
    public async Task A_sign_in_forgets_the_failures_before_it()
    {
        var client = _host.Client();
        for (var i = 0; i < Tries.Most - 1; i++)
        {
            using var wrong = await AccessHost.SignInAsync(client, Org, "M1", "Trois chevaux verts");
        }

        using var right = await AccessHost.SignInAsync(client, Org, "M1");
        _host.Time.Advance(Tries.Settles);
        using var wrongAgain = await AccessHost.SignInAsync(client, Org, "M1", "Trois chevaux verts");
        using var rightAgain = await AccessHost.SignInAsync(client, Org, "M1");

        right.StatusCode.ShouldBe(HttpStatusCode.OK);
        rightAgain.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Wrong_passwords_on_a_handed_round_tablet_lock_the_tablet_and_not_the_trainer()
    {
        var directory = _host.Services.GetRequiredService<IAccountDirectory>();
        var trainer = new AccountId(AccountKind.Trainer, Reference.Parse("F1"));
        await directory.EnsureAsync(OrganisationId.Parse(Org), [new AccountHolder(trainer, "Roux", "Anne", null)], Cancellation);
        await _host.SetPasswordAsync(Org, trainer.Key, AccessHost.Password);
        var (id, secret) = await _host.Services.GetRequiredService<Devices>().AddAsync(
            OrganisationId.Parse(Org), trainer, DeviceUse.Tablet, new DefaultHttpContext().Request, Cancellation);
        var cookie = _host.Services.GetRequiredService<SignInCookieSeal>().Seal(
            new SignInCookieContent(Org, trainer.Key, id, secret, "20261123-1-S1"));
        var device = _host.Client();
        device.DefaultRequestHeaders.Add("Cookie", $"emargement={cookie}");
        const string leave = $"/api/organisations/{Org}/sessions/20261123-1-S1/tablet/leave";
        for (var i = 0; i < Tries.Most; i++)
        {
            using var wrong = await device.PostAsJsonAsync(leave, new { password = "Trois chevaux verts" }, Cancellation);
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var locked = await device.PostAsJsonAsync(leave, new { password = AccessHost.Password }, Cancellation);
        using var elsewhere = await AccessHost.SignInAsync(_host.Client(), Org, "F1");

        (await AccessHost.CodeAsync(locked)).ShouldBe("sign-in-locked");
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Wrong_sign_ins_do_not_keep_who_is_signed_in_from_changing_the_password()
    {
        var here = await _host.SignedInAsync(Org, "M1");
        for (var i = 0; i <= Tries.Most; i++)
        {
            using var wrong = await AccessHost.SignInAsync(_host.Client(), Org, "M1", "Trois chevaux verts");
        }

        using var changed = await here.PostAsJsonAsync(
            $"/api/organisations/{Org}/me/password", new { current = AccessHost.Password, password = "Cinq chevaux bleus" }, Cancellation);

        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Six_hundred_sign_ins_from_one_network_keep_nobody_else_out()
    {
        var client = _host.Client();
        for (var i = 0; i < 12; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(async person =>
            {
                using var wrong = await AccessHost.SignInAsync(client, Org, $"somebody{i}.{person}", "Trois chevaux verts");
            }));
        }

        using var other = await AccessHost.SignInAsync(_host.Client(), Org, "M1");

        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
