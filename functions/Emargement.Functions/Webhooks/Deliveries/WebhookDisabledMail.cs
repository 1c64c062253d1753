using Emargement.Domain.Accounts;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;

using Emargement.Functions.Webhooks.Endpoints;

namespace Emargement.Functions.Webhooks.Deliveries;

/// <summary>Tells a manager that another system takes no news any more. Not written when it was opened again since, or is gone.</summary>
public sealed class WebhookDisabledMail(
    WebhookEndpointsTable endpoints, AccountsTable accounts, OrganisationsTable organisations, PublicAddress address) : IMailTemplate
{
    public const string Template = "webhook-disabled";

    public string Key => Template;

    public async Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation) =>
        AccountId.TryParseKey(slot.Person, out var id)
        && await accounts.FindAsync(slot.Organisation, id, cancellation) is { Value: { Email: { } email } account }
        && await organisations.FindAsync(slot.Organisation, cancellation) is { Value: { } organisation }
        && await endpoints.GetAsync(slot.Organisation, slot.Subject["webhook-".Length..], cancellation)
            is { IsOk: true, Value.Value: { State: EndpointState.Disabled } endpoint }
            ? MailLayout.Compose(
                email,
                account.Language,
                Template,
                address.WithoutRequest($"o/{slot.Organisation}/webhooks/{endpoint.Id}"),
                ("name", account.DisplayName),
                ("organisation", organisation.Name),
                ("host", endpoint.Host))
            : null;
}
