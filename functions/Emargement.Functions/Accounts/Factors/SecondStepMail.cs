using Emargement.Domain.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts.Factors;

/// <summary>Tells somebody that their second step was set up, removed or got other recovery codes, or that a passkey or a provider came or
/// went. The button leads to where they sign in: nothing in the mail takes the step for them.</summary>
public sealed class SecondStepMail(
    string key, AccountsTable accounts, OrganisationsTable organisations, PublicAddress address) : IMailTemplate
{
    public const string Set = "second-step-set";
    public const string Removed = "second-step-removed";
    public const string Renewed = "second-step-renewed";
    public const string PasskeyAdded = "passkey-added";
    public const string PasskeyRemoved = "passkey-removed";
    public const string ProviderJoined = "provider-joined";

    /// <summary>Every template.</summary>
    public static IReadOnlyList<string> All { get; } = [Set, Removed, Renewed, PasskeyAdded, PasskeyRemoved, ProviderJoined];

    public string Key => key;

    public async Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation) =>
        AccountId.TryParseKey(slot.Person, out var id)
        && await accounts.FindAsync(slot.Organisation, id, cancellation) is { Value: { Email: { } email } account }
        && await organisations.FindAsync(slot.Organisation, cancellation) is { Value: { } organisation }
            ? MailLayout.Compose(
                email,
                account.Language,
                Key,
                address.WithoutRequest(slot.Organisation.Pages[1..]),
                ("name", account.DisplayName),
                ("organisation", organisation.Name))
            : null;
}
