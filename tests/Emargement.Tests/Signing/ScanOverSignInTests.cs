using System.Net;
using System.Text.RegularExpressions;
using Emargement.Tests.Platform.Access;

namespace Emargement.Tests.Signing;

/// <summary>Who scans without being signed in signs in and is on the signing page, on that browser and for three minutes.</summary>
public sealed partial class ScanOverSignInTests : IAsyncLifetime
{
    private AccessHost _host = null!;
    private string _scan = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await SigningHttpTests.StartAsync();
        using var trainer = await _host.SignedInAsync("garonne", "F1");
        var opened = await SigningHttpTests.PostAsync(trainer, $"{SigningHttpTests.Session}/open", null);
        _scan = $"/s/garonne/20261123-1-S1/{SigningHttpTests.Qr(_host, opened)}";
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_scan_comes_back_from_the_sign_in()
    {
        var phone = await ScanAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(3));
        (await AccessHost.SignInAsync(phone, "garonne", "L1")).EnsureSuccessStatusCode();

        (await HasTicketAsync(phone)).ShouldBeTrue();
        (await HasTicketAsync(phone)).ShouldBeTrue("a page is loaded again");
    }

    [Fact]
    public async Task A_scan_of_more_than_three_minutes_ago_is_too_old()
    {
        var phone = await ScanAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(3) + TimeSpan.FromSeconds(1));
        (await AccessHost.SignInAsync(phone, "garonne", "L1")).EnsureSuccessStatusCode();

        (await HasTicketAsync(phone)).ShouldBeFalse();
    }

    [Fact]
    public async Task It_serves_no_other_browser_and_no_second_person()
    {
        var phone = await ScanAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(2));
        using var elsewhere = await _host.SignedInAsync("garonne", "L1");
        (await AccessHost.SignInAsync(phone, "garonne", "L1")).EnsureSuccessStatusCode();

        (await HasTicketAsync(elsewhere)).ShouldBeFalse();
        (await HasTicketAsync(phone)).ShouldBeTrue();
        (await AccessHost.SignInAsync(phone, "garonne", "L2")).EnsureSuccessStatusCode();
        (await HasTicketAsync(phone)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_code_that_is_not_shown_any_more_is_not_kept()
    {
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        var phone = await ScanAsync(kept: false);
        (await AccessHost.SignInAsync(phone, "garonne", "L1")).EnsureSuccessStatusCode();

        (await HasTicketAsync(phone)).ShouldBeFalse();
    }

    private async Task<HttpClient> ScanAsync(bool kept = true)
    {
        var phone = _host.Client();
        using var sent = await phone.GetAsync(_scan, Cancellation);
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        sent.Headers.Location!.ToString().ShouldBe($"/o/garonne?back={Uri.EscapeDataString(_scan)}");
        sent.Headers.Contains("Set-Cookie").ShouldBe(kept);
        return phone;
    }

    [GeneratedRegex("\"ticket\":\"[^\"]+\"")]
    private static partial Regex Ticket();

    private async Task<bool> HasTicketAsync(HttpClient phone)
    {
        using var page = await phone.GetAsync(_scan, Cancellation);
        var text = await page.Content.ReadAsStringAsync(Cancellation);
        return Ticket().IsMatch(text);
    }
}
