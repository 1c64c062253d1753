using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Tests.Placements;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts.Invitations;

/// <summary>What stays of an invitation that was taken back, and what somebody who answered one is told of their password.</summary>
public sealed partial class AfterInvitationTests(StaffHost staff) : IClassFixture<StaffHost>, IAsyncLifetime
{
    private readonly SentMails _mails = staff.Mails;
    private readonly AccessHost _host = staff.Host;
    private string _org = "";
    private HttpClient _manager = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Base => $"/api/organisations/{_org}";

    private string Nuria => $"nuria@{_org}.test";

    public async ValueTask InitializeAsync()
    {
        _org = await staff.OrganisationAsync("ines.roche@exemple.test");
        _manager = await _host.SignedInAsync(_org, "M1");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_trainer_whose_invitation_was_taken_back_is_found_by_no_word_and_can_be_erased()
    {
        using var invited = await InviteAsync("trainer");
        var id = (await AccessHost.JsonAsync(invited))["account"]!.GetValue<string>();
        AccountId.TryParseKey(id, out var account).ShouldBeTrue();
        var names = _host.Services.GetRequiredService<NamesTable>();
        var organisation = OrganisationId.Parse(_org);
        (await names.StartingWithAsync(organisation, "nuria", Cancellation)).ShouldNotBeEmpty();

        (await _manager.DeleteAsync($"{Base}/invitations/{id}", Cancellation)).EnsureSuccessStatusCode();
        using var erased = await _manager.PostAsync($"{Base}/accounts/{id}/erasure", null, Cancellation);

        (await names.StartingWithAsync(organisation, "nuria", Cancellation)).ShouldBeEmpty();
        erased.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _host.Services.GetRequiredService<TrainersTable>().FindAsync(organisation, account.Person, Cancellation))!
            .Value.Email.ShouldBeNull();
    }

    [Fact]
    public async Task A_password_that_takes_the_place_of_another_is_told_of_whoever_chose_it()
    {
        using var invited = await InviteAsync("manager");
        var id = (await AccessHost.JsonAsync(invited))["account"]!.GetValue<string>();
        using var accepted = await ChooseAsync(Secret().Match(_mails.To(Nuria).ShouldHaveSingleItem().Text).Groups[1].Value);
        accepted.StatusCode.ShouldBe(HttpStatusCode.OK);
        await _host.WhenIdleAsync();
        _mails.To(Nuria).Count.ShouldBe(1, "their own first password is no news");

        (await _manager.PostAsJsonAsync($"{Base}/accounts/{id}/password", new { password = "Six chevaux jaunes" }, Cancellation))
            .EnsureSuccessStatusCode();
        await _host.WhenIdleAsync();
        _mails.To(Nuria).Count.ShouldBe(2, "a manager gave it");

        _host.Time.Advance(TimeSpan.FromSeconds(1));
        using var minted = await _manager.PostAsJsonAsync($"{Base}/accounts/{id}/activation", new { send = false }, Cancellation);
        var address = (await AccessHost.JsonAsync(minted))["activationUrl"]!.GetValue<string>();
        using var chosen = await ChooseAsync(address[(address.LastIndexOf('/') + 1)..]);
        chosen.StatusCode.ShouldBe(HttpStatusCode.OK);
        await _host.WhenIdleAsync();
        _mails.To(Nuria).Count.ShouldBe(3, "somebody chose it behind a link that a manager was shown");
    }

    private async Task<HttpResponseMessage> InviteAsync(string role)
    {
        var invited = await _manager.PostAsJsonAsync(
            $"{Base}/invitations", new { role, lastName = "Fábregas", firstName = "Núria", email = Nuria }, Cancellation);
        await _host.WhenIdleAsync();
        return invited;
    }

    private Task<HttpResponseMessage> ChooseAsync(string secret) =>
        _host.Client().PostAsJsonAsync($"/api/activations/{secret}", new { password = "Cinq chevaux bleus" }, Cancellation);

    [GeneratedRegex("/a/([A-Za-z0-9_-]{22})")]
    private static partial Regex Secret();
}
