using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts;

/// <summary>A learner's phone stays signed in: 90 days from its last day of use, revocable, with a secret that changes every day. A
/// sitting at a browser ends by itself.</summary>
public sealed class DevicesTests : IAsyncLifetime
{
    private const string Org = "greta";
    private const string Me = $"/api/organisations/{Org}/me";

    private static readonly OrganisationId Organisation = OrganisationId.Parse(Org);
    private static readonly AccountId Learner = new(AccountKind.Learner, Reference.Parse("L1"));
    private static readonly HttpRequest SigningIn = new DefaultHttpContext().Request;

    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        await _host.CreateOrganisationAsync(Org);
        await _host.CreateManagerAsync(Org, "M1", "ines.roche@exemple.test");
        await _host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(
            Organisation, [new AccountHolder(Learner, "Diallo", "Awa", null)], Cancellation);
        await _host.SetPasswordAsync(Org, Learner.Key, AccessHost.Password);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_device_stays_signed_in_for_ninety_days_after_its_last_use()
    {
        var phone = await _host.SignedInAsync(Org, "L1", stay: true);
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
        var phone = await _host.SignedInAsync(Org, "L1", stay: true);
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
        var (id, secret) = await devices.AddAsync(Organisation, Learner, DeviceUse.Remembered, SigningIn, Cancellation);
        _host.Time.Advance(TimeSpan.FromDays(1));
        var lost = await devices.CheckAsync(Organisation, Learner, id, secret, afresh: false, Cancellation);
        _host.Time.Advance(TimeSpan.FromHours(2));

        var renewed = await devices.CheckAsync(Organisation, Learner, id, secret, afresh: false, Cancellation);

        lost!.NewSecret.ShouldNotBeNull();
        renewed!.NewSecret.ShouldNotBeNull();
        renewed.NewSecret.ShouldNotBe(lost.NewSecret);
    }

    [Fact]
    public async Task A_copy_of_an_old_cookie_signs_both_out()
    {
        var devices = _host.Services.GetRequiredService<Devices>();
        var (id, stolen) = await devices.AddAsync(Organisation, Learner, DeviceUse.Remembered, SigningIn, Cancellation);
        var secret = stolen;
        for (var day = 0; day < 2; day++)
        {
            _host.Time.Advance(TimeSpan.FromDays(1));
            secret = (await devices.CheckAsync(Organisation, Learner, id, secret, afresh: false, Cancellation))!.NewSecret!;
        }

        (await devices.CheckAsync(Organisation, Learner, id, stolen, afresh: false, Cancellation)).ShouldBeNull();
        (await devices.CheckAsync(Organisation, Learner, id, secret, afresh: false, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Many_calls_at_the_first_of_the_day_keep_the_device_signed_in()
    {
        var devices = _host.Services.GetRequiredService<Devices>();
        var (id, secret) = await devices.AddAsync(Organisation, Learner, DeviceUse.Remembered, SigningIn, Cancellation);
        _host.Time.Advance(TimeSpan.FromDays(1));

        var checks = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => devices.CheckAsync(Organisation, Learner, id, secret, afresh: false, Cancellation)));

        checks.ShouldAllBe(c => c != null);
        var next = checks.Where(c => c!.NewSecret is not null).ShouldHaveSingleItem()!.NewSecret!;
        (await devices.CheckAsync(Organisation, Learner, id, next, afresh: false, Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task V7_5_2_A_person_sees_their_devices_and_takes_one_back()
    {
        var phone = await _host.SignedInAsync(Org, "L1", stay: true);
        var tablet = await _host.SignedInAsync(Org, "L1", stay: true);
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
    public async Task A_manager_sees_where_a_person_is_signed_in()
    {
        var phone = _host.Client();
        phone.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0");
        using var signedIn = await AccessHost.SignInAsync(phone, Org, "L1", stay: true);
        var manager = await _host.SignedInAsync(Org, "M1");

        var listed = (await manager.GetFromJsonAsync<JsonArray>(
            $"/api/organisations/{Org}/accounts/{Learner.Key}/devices", Cancellation))!;

        var device = listed.ShouldHaveSingleItem()!;
        device["use"]!.GetValue<string>().ShouldBe("remembered");
        device["browser"]!.GetValue<string>().ShouldBe("Firefox, Android");
        device["network"]!.GetValue<string>().ShouldNotBeEmpty();
        device["current"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Staff_never_stay_signed_in_whatever_they_tick()
    {
        using var response = await AccessHost.SignInAsync(_host.Client(), Org, "M1", stay: true);

        response.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldNotContain("max-age");
        var manager = new AccountId(AccountKind.Manager, Reference.Parse("M1"));
        (await _host.Services.GetRequiredService<Devices>().ListAsync(Organisation, manager, Cancellation))
            .ShouldHaveSingleItem().Use.ShouldBe(DeviceUse.OneFactor);
    }

    [Fact]
    public async Task V7_3_1_Staff_are_signed_out_after_half_an_hour_without_a_call()
    {
        var manager = await _host.SignedInAsync(Org, "M1");
        for (var i = 0; i < 4; i++)
        {
            _host.Time.Advance(TimeSpan.FromMinutes(24));
            (await StatusAsync(manager)).ShouldBe(HttpStatusCode.OK);
        }

        _host.Time.Advance(TimeSpan.FromMinutes(30));

        (await StatusAsync(manager)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_learner_s_sitting_has_no_idle_limit_and_ends_after_twelve_hours()
    {
        var learner = await _host.SignedInAsync(Org, "L1");
        _host.Time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        (await StatusAsync(learner)).ShouldBe(HttpStatusCode.OK);
        _host.Time.Advance(TimeSpan.FromSeconds(1));

        (await StatusAsync(learner)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_in_clears_away_what_ended_by_itself()
    {
        for (var i = 0; i < 3; i++)
        {
            await _host.SignedInAsync(Org, "L1");
            _host.Time.Advance(TimeSpan.FromHours(13));
        }

        await _host.SignedInAsync(Org, "L1");

        (await _host.Services.GetRequiredService<DevicesTable>().ListAsync(Organisation, Learner, Cancellation)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_remembered_phone_costs_one_read_in_half_a_minute_and_staff_one_note_in_five()
    {
        var calls = new StorageCalls();
        await using var host = await AccessHost.StartAsync(
            services => services.AddSingleton<HttpPipelinePolicy>(calls), ("Storage:Prefix", _host.Prefix));
        using var signedIn = await AccessHost.SignInAsync(_host.Client(), Org, "L1", stay: true);
        var sessions = host.Services.GetRequiredService<AccountSessions>();
        var phone = new DefaultHttpContext();
        phone.Request.Headers.Cookie = signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var known = new DefaultHttpContext();
        known.Request.Headers.Cookie = phone.Request.Headers.Cookie;
        (await sessions.FindAsync(known, Cancellation)).ShouldNotBeNull();
        host.Time.Advance(TimeSpan.FromSeconds(30));
        calls.Reset();

        (await sessions.FindAsync(phone, Cancellation)).ShouldNotBeNull();
        (await sessions.FindAsync(phone, Cancellation)).ShouldNotBeNull();

        calls.Made.Count.ShouldBe(1, string.Join('\n', calls.Made));
        using var staff = await AccessHost.SignInAsync(_host.Client(), Org, "M1");
        await _host.ProveAsync(Org, staff);
        var desk = new DefaultHttpContext();
        desk.Request.Headers.Cookie = staff.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        host.Time.Advance(TimeSpan.FromMinutes(5));
        calls.Reset();

        (await sessions.FindAsync(desk, Cancellation)).ShouldNotBeNull();
        (await sessions.FindAsync(desk, Cancellation)).ShouldNotBeNull();
        (await sessions.FindAsync(desk, Cancellation)).ShouldNotBeNull();

        // Read, noted; read once more, remembered.
        calls.Made.Count.ShouldBe(3, string.Join('\n', calls.Made));
    }

    [Fact]
    public async Task Signing_out_forgets_the_device()
    {
        var phone = await _host.SignedInAsync(Org, "L1", stay: true);

        using var signedOut = await phone.PostAsync($"/api/organisations/{Org}/sign-out", null, Cancellation);

        (await _host.Services.GetRequiredService<Devices>().ListAsync(Organisation, Learner, Cancellation)).ShouldBeEmpty();
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync(Me, Cancellation);
        return response.StatusCode;
    }
}
