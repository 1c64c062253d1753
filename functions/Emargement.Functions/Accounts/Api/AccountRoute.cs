using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Api;

/// <summary>Accounts as addresses name them.</summary>
internal static class AccountRoute
{
    /// <summary>Where the account of a person stands, for those who look after it.</summary>
    public const string Address = "api/organisations/{org}/accounts/{account}";

    /// <summary>Where one's own account stands.</summary>
    public const string OwnAddress = "api/organisations/{org}/me";

    /// <summary>The account of <c>{account}</c>. Whoever runs the service lets managers in, and has no learner.</summary>
    /// <returns>The account, or <c>organisation-unknown</c>, <c>account-unknown</c> or <c>not-allowed</c>.</returns>
    public static Result<Route<AccountId>> Of(HttpRequest request)
    {
        var account = Routes.Of<AccountId>(request, "account", AccountId.TryParseKey, "account-unknown");
        return account is { IsOk: true, Value.Id.Kind: AccountKind.Learner } && request.Caller().Kind == Callers.Operator
            ? Refusal.Forbidden("not-allowed")
            : account;
    }

    /// <summary>The account of whoever is signed in: the access middleware lets nobody else reach the functions that ask for it.</summary>
    public static Route<AccountId> Own(HttpRequest request)
    {
        var caller = request.Caller();
        return new(caller.Organisation!.Value, caller.Account!.Value);
    }
}
