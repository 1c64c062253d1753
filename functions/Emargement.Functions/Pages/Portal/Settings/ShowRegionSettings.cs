using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Invitations;
using Emargement.Functions.Accounts.Keys;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Web.Portal;

namespace Emargement.Functions.Pages.Portal.Settings;

/// <summary>Makes what the page of a Région's settings shows: its rules, its officers, its keys, and who has looked at learners.</summary>
public sealed class ShowRegionSettings(RegionsTable regions, ListStaff staff, ApiKeys keys, AuditTable audit, TimeProvider time)
{
    private const int MostLooks = 100;

    private static readonly TimeSpan Looked = TimeSpan.FromDays(31);

    /// <returns>The settings, or <c>role-missing</c>, <c>region-unknown</c>.</returns>
    public async Task<Result<RegionSettingsModel>> RunAsync(
        Organisation holder, Caller caller, string? done, CancellationToken cancellation)
    {
        if (caller.Role < OfficerRole.Leading)
        {
            return Refusal.Forbidden("role-missing");
        }

        if (holder.Id.Region is not { } region || await regions.FindAsync(region, cancellation) is not { Value: { } settings })
        {
            return Refusal.NotFound("region-unknown");
        }

        var members = await staff.RunAsync(holder.Id, invitedOnly: false, cancellation);
        var names = members.ToDictionary(m => m.Account.Id.ToString(), m => m.Account.DisplayName);
        return new RegionSettingsModel($"{holder.Id.Pages}/settings", settings.Name, settings.DueDay, settings.Answers)
        {
            Reasons = $"{holder.Id.Pages}/reasons",
            LockAfter = settings.LockAfter,
            FirstSchema = settings.FirstSchema,
            Officers = [.. members.Select(m => RowOf(m, caller))],
            Keys = [.. (await keys.ListAsync(new KeyOwner(null, region.Value), cancellation))
                .Select(k => new RegionKeyRow(k.Name, string.Join(", ", k.Rights), k.ExpiresAt))],
            Looks = await LooksAsync(holder, names, cancellation),
            Done = RegionActs.Known(done),
        };
    }

    private async Task<IReadOnlyList<RegionLook>> LooksAsync(
        Organisation holder, Dictionary<string, string> names, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return await audit.BetweenAsync(holder.Id.Value, now - Looked, now, after: null, cancellation)
            .Where(e => e.Kind is AuditKind.Read or AuditKind.Export && e.Outcome == AuditEvent.Done)
            .Take(MostLooks)
            .Select(e => new RegionLook(e.At, names.GetValueOrDefault(e.By, e.By), e.Kind == AuditKind.Export, e.About ?? ""))
            .ToListAsync(cancellation);
    }

    private static RegionOfficer RowOf(StaffMember member, Caller caller) => new(
        member.Account.Id.Key,
        member.Account.DisplayName,
        member.Account.Email?.Value,
        (member.Account.Role ?? OfficerRole.Reading).ToString().ToLowerInvariant(),
        member.State.ToString().ToLowerInvariant(),
        member.Account.Id == caller.Account ? null : member.State switch
        {
            StaffState.Active => RegionActs.Suspend,
            StaffState.Suspended => RegionActs.Restore,
            _ => RegionActs.Revoke,
        });
}
