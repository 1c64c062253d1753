using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Accounts.Passkeys;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Reminders.Stopping;
using Emargement.Web.Accounts;
using Emargement.Web.Reminders;

namespace Emargement.Functions.Pages.Accounts;

/// <summary>Makes what the page of one's own account shows.</summary>
public sealed class ShowAccount(
    AccountsTable accounts, Devices devices, FactorsTable factors, PasskeysTable passkeys, OrganisationSettings organisations)
{
    /// <param name="device">On which the page is shown.</param>
    public async Task<Result<AccountPageModel>> RunAsync(Route<AccountId> own, string? device, CancellationToken cancellation)
    {
        var stored = await accounts.GetAsync(own.Organisation, own.Id, cancellation);
        return stored.IsOk
            ? Model(stored.Value.Value, await devices.ListAsync(own.Organisation, own.Id, cancellation), device) with
            {
                SecondStep = await SecondStepAsync(own, cancellation),
                Reminders = await RemindersAsync(stored.Value.Value, own, cancellation),
            }
            : stored.Refusal;
    }

    private async Task<SecondStepState?> SecondStepAsync(Route<AccountId> own, CancellationToken cancellation) =>
        !SecondStepRule.IsFor(own.Id.Kind) ? null
        : await factors.FindAsync(own.Organisation, own.Id, cancellation) is { Value: var factor }
            ? new SecondStepState(factor.SetAt, factor.Codes.Count, [.. (await passkeys.ListAsync(own.Organisation, own.Id, cancellation))
                .Select(p => new OwnPasskey(p.Id, p.Nickname, p.CreatedAt, p.UsedAt))])
        : new SecondStepState(null, 0, []);

    // Officers are reminded of nothing.
    private async Task<OwnRemindersModel?> RemindersAsync(Account account, Route<AccountId> own, CancellationToken cancellation) =>
        await organisations.GetAsync(own.Organisation, cancellation) is { IsOk: true, Value: { } organisation }
            && OwnReminders.Of(organisation, account) is { Kinds.Count: > 0 } reminders
            ? new OwnRemindersModel(
                $"{own.Organisation.Pages}/account/reminders",
                [.. reminders.Kinds.Select(k => new OwnReminder(k, !reminders.Muted.Contains(k)))])
            : null;

    private static AccountPageModel Model(Account account, IReadOnlyList<Device> devices, string? current) => new(
        account.DisplayName,
        account.Id.Person.Value,
        account.Email?.Value,
        account.Email?.Value ?? account.Id.Person.Value,
        ShownDevices.Of(devices, current))
    {
        ChangesEmail = account.Id.Kind != AccountKind.Learner,
        HasData = account.Id.Kind != AccountKind.Officer,
    };
}
