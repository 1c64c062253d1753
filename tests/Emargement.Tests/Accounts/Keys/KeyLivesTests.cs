using System.Net;
using System.Net.Http.Json;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Keys;
using Emargement.Tests.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts.Keys;

/// <summary>How long a key opens: until it expires, some days beside the one that replaces it, half a minute when taken back.</summary>
public sealed class KeyLivesTests : IAsyncLifetime
{
    private const string Org = "greta";
    private const string Keys = $"/api/organisations/{Org}/api-keys";

    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        await _host.CreateOrganisationAsync(Org);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_key_opens_until_it_expires()
    {
        var (_, key) = await MintAsync(days: 30);

        _host.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        (await CallAsync(key)).ShouldBe(HttpStatusCode.OK);
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        (await CallAsync(key)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_that_is_replaced_opens_for_seven_days_beside_the_new_one()
    {
        var (id, key) = await MintAsync(days: 90);
        using var rotated = await _host.Operator.PostAsync($"{Keys}/{id}/rotation", null, Cancellation);
        rotated.StatusCode.ShouldBe(HttpStatusCode.Created);
        var next = (await AccessHost.JsonAsync(rotated))["key"]!.GetValue<string>();

        next.ShouldNotBe(key);
        (await CallAsync(key)).ShouldBe(HttpStatusCode.OK);
        (await CallAsync(next)).ShouldBe(HttpStatusCode.OK);
        _host.Time.Advance(KeyTimes.Overlap);
        (await CallAsync(key)).ShouldBe(HttpStatusCode.Unauthorized);
        (await CallAsync(next)).ShouldBe(HttpStatusCode.OK);
        using var again = await _host.Operator.PostAsync($"{Keys}/{id}/rotation", null, Cancellation);
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound, "an expired key is replaced by nothing");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(731)]
    public async Task A_key_without_an_end_is_not_made(int days)
    {
        using var refused = await _host.Operator.PostAsJsonAsync(
            Keys, new { name = "ERP", rights = new[] { "people" }, days }, Cancellation);

        (await AccessHost.CodeAsync(refused)).ShouldBe("key-days-invalid");
    }

    [Fact]
    public async Task V8_3_2_A_key_taken_back_in_one_process_opens_nothing_in_another_within_thirty_seconds()
    {
        var (id, key) = await MintAsync(days: 30);
        var other = new ApiKeys(_host.Services.GetRequiredService<ApiKeysTable>(), _host.Time);
        (await KnowsAsync(other, key)).ShouldBeTrue();
        (await KnowsAsync(other, key)).ShouldBeTrue();

        using var revoked = await _host.Operator.DeleteAsync($"{Keys}/{id}", Cancellation);
        (await CallAsync(key)).ShouldBe(HttpStatusCode.Unauthorized);
        _host.Time.Advance(TimeSpan.FromSeconds(30));

        (await KnowsAsync(other, key)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_manager_makes_replaces_and_takes_back_keys_on_a_page_without_a_script()
    {
        await _host.CreateManagerAsync(Org, "M1", "ines.roche@exemple.test");
        using var manager = await _host.SignedInAsync(Org, "M1");

        var made = await SubmitAsync(manager, ("name", "ERP de nuit"), ("rights", "imports"), ("rights", "people"), ("days", "90"));
        made.ShouldContain($"em_o_{Org}_");
        var shown = await manager.GetStringAsync($"/o/{Org}/keys", Cancellation);
        shown.ShouldContain("ERP de nuit");
        shown.ShouldNotContain($"em_o_{Org}_", Case.Sensitive, "it is shown once");

        var key = (await _host.Services.GetRequiredService<ApiKeys>()
            .ListAsync(new KeyOwner(OrganisationId.Parse(Org), null), Cancellation)).ShouldHaveSingleItem();
        key.Rights.ShouldBe(["imports", "people"], ignoreOrder: true);
        (await SubmitAsync(manager, ("rotate", key.Id))).ShouldContain($"em_o_{Org}_");
        (await SubmitAsync(manager, ("revoke", key.Id))).ShouldNotContain($"em_o_{Org}_");
        (await SubmitAsync(manager, ("name", "ERP"), ("rights", "imports"), ("days", "9999"))).ShouldContain("730");
    }

    private static async Task<string> SubmitAsync(HttpClient manager, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await manager.PostAsync($"/o/{Org}/keys", form, Cancellation);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private async Task<(string Id, string Key)> MintAsync(int days)
    {
        using var minted = await _host.Operator.PostAsJsonAsync(
            Keys, new { name = "ERP", rights = new[] { "people" }, days }, Cancellation);
        var key = await AccessHost.JsonAsync(minted);
        return (key["keyId"]!.GetValue<string>(), key["key"]!.GetValue<string>());
    }

    private async Task<HttpStatusCode> CallAsync(string key)
    {
        using var client = new HttpClient { BaseAddress = _host.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var answer = await client.GetAsync($"/api/organisations/{Org}/trainings", Cancellation);
        return answer.StatusCode;
    }

    private static async Task<bool> KnowsAsync(ApiKeys keys, string key)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = $"Bearer {key}";
        return (await keys.FindAsync(http, Cancellation))?.IsKnown == true;
    }
}
