using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.Api;

/// <summary>Route values of the accounts' addresses. The access middleware has already held <c>{org}</c> against the caller; an operator may still name none.</summary>
internal static class Routes
{
    public static Result<OrganisationId> Organisation(string org) =>
        OrganisationId.TryParse(org, out var organisation) ? organisation : Refusal.NotFound("organisation-unknown");

    public static Result<(OrganisationId Organisation, AccountId Account)> Account(string org, string account)
    {
        if (!OrganisationId.TryParse(org, out var organisation))
        {
            return Refusal.NotFound("organisation-unknown");
        }

        return AccountId.TryParseKey(account, out var id) ? (organisation, id) : Refusal.NotFound("account-unknown");
    }
}
