using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Reminders;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Reminders.Stopping;

/// <summary>Whose reminders of which kind a link stops.</summary>
public sealed record StopRight(OrganisationId Organisation, AccountId Account, ReminderKind Kind);

/// <summary>The links at the foot of reminders: each stops one kind for one person, as often as it is opened.</summary>
public sealed class StopLinks(ILinks links, PublicAddress address, TimeProvider time)
{
    private const string Account = "account";
    private const string Kind = "kind";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public async Task<Uri> MintAsync(OrganisationId organisation, AccountId account, ReminderKind kind, CancellationToken cancellation)
    {
        var bound = new Dictionary<string, string> { [Account] = account.Key, [Kind] = ReminderKinds.Word(kind) };
        var secret = await links.MintAsync(LinkPurpose.Reminders, organisation, bound, time.GetUtcNow() + Kept, cancellation);
        return address.WithoutRequest($"m/{secret}");
    }

    /// <returns>What the link stops, or <c>link-unknown</c>, <c>link-expired</c>.</returns>
    public async Task<Result<StopRight>> OpenAsync(string secret, CancellationToken cancellation) =>
        await links.ResolveAsync(secret, LinkPurpose.Reminders, cancellation) is not { } link
            || !AccountId.TryParseKey(link.Bound[Account], out var account)
            || !ReminderKinds.TryParse(link.Bound[Kind], out var kind)
                ? Refusal.NotFound("link-unknown")
            : link.State == LinkState.Live ? new StopRight(link.Organisation, account, kind)
            : Refusal.Of("link-expired", RefusalKind.Gone);
}
