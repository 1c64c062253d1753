using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts;

/// <summary>A phone that stays signed in: 90 days from its last day of use, revocable, with a secret that changes every day.</summary>
public sealed class DevicesTests : IAsyncLifetime
{
    private const string Org = "greta";
    private const string Me = $"/api/organisations/{Org}/me";

    private static readonly OrganisationId Organisation = OrganisationId.Parse(Org);
    private static readonly AccountId Manager = new(AccountKind.Manager, Reference.Parse("M1"));

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
    public async Task A_device_stays_signed_in_for_ninety_days_after_its_last_use()
    {
        var phone = await _host.SignedInAsync(Org, "M1", stay: true);
        _host.Time.Advance(TimeSpan.FromDays(89));
        (await StatusAsync(phone)).ShouldBe(HttpStatusCode.OK);
        _host.Time.Advance(TimeSpan.FromDays(89));
        (await StatusAsync(phone)).ShouldBe(HttpStatusCode.OK);
        _host.Time.Advance(TimeSpan.FromDays(90));

        (await StatusAsync(phone)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_secret_changes_once_a_day()
    {
        var phone = await _host.SignedInAsync(Org, "M1", stay: true);
        using var sameDay = await phone.GetAsync(Me, Cancellation);
        _host.Time.Advance(TimeSpan.FromDays(1));

        using var nextDay = await phone.GetAsync(Me, Cancellation);
        using var again = await phone.GetAsync(Me, Cancellation);

        sameDay.Headers.Contains("Set-Cookie").ShouldBeFalse();
        nextDay.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldContain("max-age=7776000");
        again.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task An_answer_that_never_arrived_does_not_sign_the_device_out()
    {
        var devices = _host.Services.GetRequiredService<Devices>();
        var (id, secret) = await devices.AddAsync(Organisation, Manager, Cancellation);
        _host.Time.Advance(TimeSpan.FromDays(1));
        var lost = await devices.CheckAsync(Organisation, Manager, id, secret, Cancellation);
        _host.Time.Advance(TimeSpan.FromHours(2));

        var renewed = await devices.CheckAsync(Organisation, Manager, id, secret, Cancellation);

        lost!.NewSecret.ShouldNotBeNull();
        renewed!.NewSecret.ShouldNotBeNull();
        renewed.NewSecret.ShouldNotBe(lost.NewSecret);
    }

    [Fact]
    public async Task A_copy_of_an_old_cookie_signs_both_out()
    {
        var devices = _host.Services.GetRequiredService<Devices>();
        var (id, stolen) = await devices.AddAsync(Organisation, Manager, Cancellation);
        var secret = stolen;
        for (var day = 0; day < 2; day++)
        {
            _host.Time.Advance(TimeSpan.FromDays(1));
            secret = (await devices.CheckAsync(Organisation, Manager, id, secret, Cancellation))!.NewSecret!;
        }

        (await devices.CheckAsync(Organisation, Manager, id, stolen, Cancellation)).ShouldBeNull();
        (await devices.CheckAsync(Organisation, Manager, id, secret, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Many_calls_at_the_first_of_the_day_keep_the_device_signed_in()
    {
        var devices = _host.Services.GetRequiredService<Devices>();
        var (id, secret) = await devices.AddAsync(Organisation, Manager, Cancellation);
        _host.Time.Advance(TimeSpan.FromDays(1));

        var checks = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => devices.CheckAsync(Organisation, Manager, id, secret, Cancellation)));

        checks.ShouldAllBe(c => c != null);
        var next = checks.Where(c => c!.NewSecret is not null).ShouldHaveSingleItem()!.NewSecret!;
        (await devices.CheckAsync(Organisation, Manager, id, next, Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_person_sees_their_devices_and_takes_one_back()
    {
        var phone = await _host.SignedInAsync(Org, "M1", stay: true);
        var tablet = await _host.SignedInAsync(Org, "M1", stay: true);
        var listed = (await phone.GetFromJsonAsync<JsonArray>($"{Me}/devices", Cancellation))!;
        var other = listed.Single(d => !d!["current"]!.GetValue<bool>())!["id"]!.GetValue<string>();

        using var revoked = await phone.DeleteAsync($"{Me}/devices/{other}", Cancellation);
        using var twice = await phone.DeleteAsync($"{Me}/devices/{other}", Cancellation);

        revoked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        twice.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(tablet)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(phone)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_manager_signs_every_device_of_a_person_out()
    {
        var directory = _host.Services.GetRequiredService<IAccountDirectory>();
        await directory.EnsureAsync(
            Organisation,
            [new AccountHolder(new AccountId(AccountKind.Learner, Reference.Parse("L 1")), "Diallo", "Awa", null)],
            Cancellation);
        await _host.SetPasswordAsync(Org, "learner:L~201", AccessHost.Password);
        var lost = await _host.SignedInAsync(Org, "L 1", stay: true);
        var manager = await _host.SignedInAsync(Org, "M1");

        using var revoked = await manager.DeleteAsync($"/api/organisations/{Org}/accounts/learner:L~201/devices", Cancellation);

        revoked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StatusAsync(lost)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_out_forgets_the_device()
    {
        var phone = await _host.SignedInAsync(Org, "M1", stay: true);

        using var signedOut = await phone.PostAsync($"/api/organisations/{Org}/sign-out", null, Cancellation);

        (await _host.Services.GetRequiredService<Devices>().ListAsync(Organisation, Manager, Cancellation)).ShouldBeEmpty();
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync(Me, Cancellation);
        return response.StatusCode;
    }
}
