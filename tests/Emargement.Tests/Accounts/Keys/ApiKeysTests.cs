using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Emargement.Tests.Platform;
using Emargement.Tests.Platform.Access;

namespace Emargement.Tests.Accounts.Keys;

public sealed class ApiKeysTests : IAsyncLifetime
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
    public async Task A_key_is_shown_once_and_rests_only_as_a_hash()
    {
        var (id, key) = await MintAsync("people");
        var list = await _host.Operator.GetStringAsync(Keys, Cancellation);

        var row = await new TableClient(
            AzuriteFixture.ConnectionString,
            _host.Prefix + "ApiKeys").GetEntityAsync<TableEntity>($"org:{Org}", id, cancellationToken: Cancellation);

        key.ShouldStartWith($"em_o_{Org}_{id}_");
        var secret = key.Split('_')[^1];
        list.ShouldNotContain(secret);
        row.Value.Select(property => property.Value).OfType<string>().ShouldAllBe(v => !v.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_s_use_is_known_to_the_day()
    {
        var (_, key) = await MintAsync("people");
        (await CallAsync(key)).ShouldNotBe(HttpStatusCode.Unauthorized);

        var listed = (await _host.Operator.GetFromJsonAsync<JsonArray>(Keys, Cancellation))!.ShouldHaveSingleItem()!;

        listed["lastUsedOn"]!.GetValue<string>().ShouldBe("2026-11-23");
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_any_more()
    {
        var (id, key) = await MintAsync("people");
        (await CallAsync(key)).ShouldNotBe(HttpStatusCode.Unauthorized);

        using var revoked = await _host.Operator.DeleteAsync($"{Keys}/{id}", Cancellation);

        revoked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await CallAsync(key)).ShouldBe(HttpStatusCode.Unauthorized);
        using var twice = await _host.Operator.DeleteAsync($"{Keys}/{id}", Cancellation);
        twice.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_key_that_differs_anywhere_is_nobody_s()
    {
        var (_, key) = await MintAsync("people");
        var last = key[^1] == '0' ? '1' : '0';

        var ofAnother = key.Replace($"_{Org}_", "_afpa_", StringComparison.Ordinal);
        var ofRegion = key.Replace("em_o_", "em_r_", StringComparison.Ordinal);
        foreach (var forged in new[] { key[..^1] + last, ofAnother, ofRegion, key + "0", "em_o", "" })
        {
            (await CallAsync(forged)).ShouldBe(HttpStatusCode.Unauthorized, forged);
        }
    }

    [Theory]
    [InlineData("ERP", "exports", "rights-invalid")] // a Région's right
    [InlineData("ERP", "everything", "rights-invalid")]
    [InlineData(" ", "people", "key-name-invalid")]
    public async Task A_key_has_a_name_and_rights_of_its_owner(string name, string right, string code)
    {
        using var response = await _host.Operator.PostAsJsonAsync(Keys, new { name, rights = new[] { right } }, Cancellation);

        (await AccessHost.CodeAsync(response)).ShouldBe(code);
    }

    [Fact]
    public async Task A_region_s_key_is_made_and_taken_back_by_the_operator()
    {
        using var minted = await _host.Operator.PostAsJsonAsync(
            "/api/region/occitanie/api-keys", new { name = "SIGMA", rights = new[] { "exports" } }, Cancellation);
        var key = await AccessHost.JsonAsync(minted);

        using var revoked = await _host.Operator.DeleteAsync(
            $"/api/region/occitanie/api-keys/{key["keyId"]!.GetValue<string>()}", Cancellation);

        minted.StatusCode.ShouldBe(HttpStatusCode.Created);
        key["key"]!.GetValue<string>().ShouldStartWith("em_r_occitanie_");
        revoked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private async Task<(string Id, string Key)> MintAsync(string right)
    {
        using var response = await _host.Operator.PostAsJsonAsync(Keys, new { name = "ERP", rights = new[] { right } }, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var body = await AccessHost.JsonAsync(response);
        return (body["keyId"]!.GetValue<string>(), body["key"]!.GetValue<string>());
    }

    // No machine may read who one is: a known key is answered 403, an unknown one 401.
    private async Task<HttpStatusCode> CallAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/organisations/{Org}/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        using var response = await _host.Client().SendAsync(request, Cancellation);
        return response.StatusCode;
    }
}
