using System.Net;
using System.Net.Http.Json;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Tests.Placements;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts.Invitations;

/// <summary>What stays of an invitation that was taken back, and what somebody who answered one is told of their password.</summary>
public sealed class AfterInvitationTests(StaffHost staff) : InvitationScene(staff), IClassFixture<StaffHost>
{
    [Fact]
    public async Task A_trainer_whose_invitation_was_taken_back_is_found_by_no_word_and_can_be_erased()
    {
        using var invited = await InviteAsync(Nuria, "trainer");
        var id = (await AccessHost.JsonAsync(invited))["account"]!.GetValue<string>();
        AccountId.TryParseKey(id, out var account).ShouldBeTrue();
        var names = Host.Services.GetRequiredService<NamesTable>();
        var organisation = OrganisationId.Parse(Org);
        (await names.StartingWithAsync(organisation, "nuria", Cancellation)).ShouldNotBeEmpty();

        (await Manager.DeleteAsync($"{Base}/invitations/{id}", Cancellation)).EnsureSuccessStatusCode();
        using var erased = await Manager.PostAsync($"{Base}/accounts/{id}/erasure", null, Cancellation);

        (await names.StartingWithAsync(organisation, "nuria", Cancellation)).ShouldBeEmpty();
        erased.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Host.Services.GetRequiredService<TrainersTable>().FindAsync(organisation, account.Person, Cancellation))!
            .Value.Email.ShouldBeNull();
    }

    [Fact]
    public async Task A_password_that_takes_the_place_of_another_is_told_of_whoever_chose_it()
    {
        using var invited = await InviteAsync(Nuria);
        var id = (await AccessHost.JsonAsync(invited))["account"]!.GetValue<string>();
        using var accepted = await ChooseAsync(SecretOf(Mails.To(Nuria).ShouldHaveSingleItem()));
        accepted.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Host.WhenIdleAsync();
        Mails.To(Nuria).Count.ShouldBe(1, "their own first password is no news");

        (await Manager.PostAsJsonAsync($"{Base}/accounts/{id}/password", new { password = "Six chevaux jaunes" }, Cancellation))
            .EnsureSuccessStatusCode();
        await Host.WhenIdleAsync();
        Mails.To(Nuria).Count.ShouldBe(2, "a manager gave it");

        Host.Time.Advance(TimeSpan.FromSeconds(1));
        using var minted = await Manager.PostAsJsonAsync($"{Base}/accounts/{id}/activation", new { send = false }, Cancellation);
        var address = (await AccessHost.JsonAsync(minted))["activationUrl"]!.GetValue<string>();
        using var chosen = await ChooseAsync(address[(address.LastIndexOf('/') + 1)..]);
        chosen.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Host.WhenIdleAsync();
        Mails.To(Nuria).Count.ShouldBe(3, "somebody chose it behind a link that a manager was shown");
    }
}
