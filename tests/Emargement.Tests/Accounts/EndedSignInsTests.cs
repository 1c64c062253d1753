using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts;

/// <summary>A sign-in that has ended opens nothing, whoever kept a copy of its cookie and whichever process is asked (ASVS 7.4).</summary>
public sealed class EndedSignInsTests : IAsyncLifetime
{
    private const string Org = "greta";
    private const string Me = $"/api/organisations/{Org}/me";
    private const string NewPassword = "Cinq chevaux bleus";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        await _host.CreateOrganisationAsync(Org);
        await _host.CreateManagerAsync(Org, "M1", "ines.roche@exemple.test");
        await EnsureAsync(AccountKind.Learner, "L1");
        await EnsureAsync(AccountKind.Trainer, "T1");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<string> Ways() =>
        ["sign-out", "everywhere", "password", "password-by-manager", "one-device", "all-devices", "suspended"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task V7_4_1_A_copied_cookie_opens_nothing_here_at_once_and_within_thirty_seconds_elsewhere(string way)
    {
        await using var elsewhere = await AccessHost.StartAsync(("Storage:Prefix", _host.Prefix));
        var login = way is "all-devices" or "suspended" ? "L1" : "T1";
        var (client, copy) = await CopiedAsync(login, stay: login == "L1");
        (await StatusAsync(elsewhere, copy)).ShouldBe(HttpStatusCode.OK, "the other process remembers it now");

        await EndAsync(way, client);

        (await StatusAsync(_host, copy)).ShouldBe(HttpStatusCode.Unauthorized);
        elsewhere.Time.Advance(Bound);
        (await StatusAsync(elsewhere, copy)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_process_remembers_a_row_for_thirty_seconds_however_often_it_is_asked()
    {
        await using var elsewhere = await AccessHost.StartAsync(("Storage:Prefix", _host.Prefix));
        var (client, copy) = await CopiedAsync("T1");
        await StatusAsync(elsewhere, copy);
        await EndAsync("sign-out", client);

        elsewhere.Time.Advance(Bound - TimeSpan.FromSeconds(1));
        var before = await StatusAsync(elsewhere, copy);
        elsewhere.Time.Advance(TimeSpan.FromSeconds(1));
        var after = await StatusAsync(elsewhere, copy);

        (before, after).ShouldBe((HttpStatusCode.OK, HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task What_would_outlive_a_sign_in_is_done_by_none_that_ended_not_even_where_it_is_remembered()
    {
        await _host.CreateManagerAsync(Org, "M2", "paul.ferry@exemple.test");
        await using var elsewhere = await AccessHost.StartAsync(("Storage:Prefix", _host.Prefix));
        var (_, copy) = await CopiedAsync("M2");
        (await StatusAsync(elsewhere, copy)).ShouldBe(HttpStatusCode.OK, "the other process remembers it now");
        var manager = await _host.SignedInAsync(Org, "M1");
        (await manager.PostAsync($"/api/organisations/{Org}/accounts/manager:M2/suspension", null, Cancellation)).EnsureSuccessStatusCode();

        var body = new { name = "Porte de derrière", rights = new[] { "people" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/organisations/{Org}/api-keys");
        request.Content = JsonContent.Create(body);
        request.Headers.Add("Cookie", copy);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = elsewhere.Address };
        using var minted = await client.SendAsync(request, Cancellation);

        minted.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task No_sign_in_with_the_old_password_outlives_the_new_one_whatever_comes_first()
    {
        var before = Enumerable.Range(0, 12).Select(async _ =>
        {
            var client = _host.Client();
            using var answer = await AccessHost.SignInAsync(client, Org, "T1");
            return client;
        }).ToList();
        await _host.SetPasswordAsync(Org, "trainer:T1", NewPassword);

        foreach (var client in await Task.WhenAll(before))
        {
            using var me = await client.GetAsync(Me, Cancellation);
            me.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_second_sign_in_on_a_browser_ends_the_first()
    {
        var (client, copy) = await CopiedAsync("T1");

        using var again = await AccessHost.SignInAsync(client, Org, "M1");

        (await StatusAsync(_host, copy)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(client)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task V7_4_2_A_suspended_account_signs_nobody_in_and_comes_back_with_its_password()
    {
        var manager = await _host.SignedInAsync(Org, "M1");
        var suspension = $"/api/organisations/{Org}/accounts/trainer:T1/suspension";
        using var suspended = await manager.PostAsync(suspension, null, Cancellation);

        using var refused = await AccessHost.SignInAsync(_host.Client(), Org, "T1");
        using var link = await manager.PostAsJsonAsync(
            $"/api/organisations/{Org}/accounts/trainer:T1/activation", new { send = false }, Cancellation);
        using var restored = await manager.DeleteAsync(suspension, Cancellation);
        using var signedIn = await AccessHost.SignInAsync(_host.Client(), Org, "T1");

        (await AccessHost.CodeAsync(refused)).ShouldBe("sign-in-wrong");
        (await AccessHost.CodeAsync(link)).ShouldBe("account-suspended");
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_manager_does_not_suspend_themselves()
    {
        var manager = await _host.SignedInAsync(Org, "M1");

        using var refused = await manager.PostAsync($"/api/organisations/{Org}/accounts/manager:M1/suspension", null, Cancellation);

        (await AccessHost.CodeAsync(refused)).ShouldBe("own-account");
        (await StatusAsync(manager)).ShouldBe(HttpStatusCode.OK);
    }

    private async Task EndAsync(string way, HttpClient client)
    {
        var manager = await _host.SignedInAsync(Org, "M1");
        const string accounts = $"/api/organisations/{Org}/accounts";
        switch (way)
        {
            case "sign-out":
                (await client.PostAsync($"/api/organisations/{Org}/sign-out", null, Cancellation)).EnsureSuccessStatusCode();
                break;
            case "everywhere":
                (await client.DeleteAsync($"{Me}/devices", Cancellation)).EnsureSuccessStatusCode();
                break;
            case "password":
                // Changed on another device: the one on which it is changed stays.
                var other = await _host.SignedInAsync(Org, "T1");
                var body = new { current = AccessHost.Password, password = NewPassword };
                (await other.PostAsJsonAsync($"{Me}/password", body, Cancellation)).EnsureSuccessStatusCode();
                (await StatusAsync(other)).ShouldBe(HttpStatusCode.OK);
                break;
            case "password-by-manager":
                (await manager.PostAsJsonAsync($"{accounts}/trainer:T1/password", new { password = NewPassword }, Cancellation))
                    .EnsureSuccessStatusCode();
                break;
            case "one-device":
                var listed = (await manager.GetFromJsonAsync<JsonArray>($"{accounts}/trainer:T1/devices", Cancellation))!;
                var id = listed.ShouldHaveSingleItem()!["id"]!.GetValue<string>();
                (await manager.DeleteAsync($"{accounts}/trainer:T1/devices/{id}", Cancellation)).EnsureSuccessStatusCode();
                break;
            case "all-devices":
                (await manager.DeleteAsync($"{accounts}/learner:L1/devices", Cancellation)).EnsureSuccessStatusCode();
                break;
            default:
                (await manager.PostAsync($"{accounts}/learner:L1/suspension", null, Cancellation)).EnsureSuccessStatusCode();
                break;
        }
    }

    private async Task EnsureAsync(AccountKind kind, string reference)
    {
        var id = new AccountId(kind, Reference.Parse(reference));
        await _host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(
            OrganisationId.Parse(Org), [new AccountHolder(id, "Diallo", "Awa", null)], Cancellation);
        await _host.SetPasswordAsync(Org, id.Key, AccessHost.Password);
    }

    private async Task<(HttpClient Client, string Copy)> CopiedAsync(string login, bool stay = false)
    {
        var client = _host.Client();
        using var response = await AccessHost.SignInAsync(client, Org, login, stay: stay);
        return (client, response.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
    }

    private static async Task<HttpStatusCode> StatusAsync(AccessHost host, string cookie)
    {
        using var plain = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, Me));
        request.Headers.Add("Cookie", cookie);
        using var me = await plain.SendAsync(request, Cancellation);
        return me.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync(Me, Cancellation);
        return response.StatusCode;
    }
}
