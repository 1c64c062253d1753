using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Invitations;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Accounts.Officers;

/// <param name="Region">The Région's name, as its officers read it, where it is not known yet; its short name unless said.</param>
public sealed record CreateOfficerBody(
    string LastName, string FirstName, EmailAddress Email, OfficerRole Role, string? Region = null);

/// <summary>The first officers of a Région, made by whoever runs the service: each opens the account by a link.</summary>
public sealed class CreateOfficer(RegionsTable regions, InviteStaff invite, Activations activations)
{
    /// <returns>The officer, or <c>name-invalid</c>, <c>account-exists</c> or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<NewManager>> RunAsync(
        RegionCode region, CreateOfficerBody body, Caller by, CancellationToken cancellation)
    {
        if (await regions.FindAsync(region, cancellation) is null)
        {
            var settings = new RegionSettings(region, region.Value)
                .With(body.Region ?? region.Value, null, null, answers: false, firstSchema: false);
            if (!settings.IsOk)
            {
                return settings.Refusal;
            }

            await regions.TryWriteAsync(null, settings.Value, cancellation);
        }

        var holder = OrganisationId.OfRegion(region);
        var invited = await invite.RunAsync(
            holder, new InviteBody(AccountKind.Officer, body.LastName, body.FirstName, body.Email), by.Id, cancellation, body.Role);
        if (!invited.IsOk)
        {
            return invited.Refusal;
        }

        var id = invited.Value.Done.Account.Id;
        var link = await activations.MintAsync(holder, id, cancellation);
        return link.IsOk ? new NewManager(id, link.Value) : link.Refusal;
    }
}
