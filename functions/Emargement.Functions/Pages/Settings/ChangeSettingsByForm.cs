using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People.Organisations;

namespace Emargement.Functions.Pages.Settings;

/// <summary>Does what a form of an organisation's settings asks for.</summary>
public sealed class ChangeSettingsByForm(ChangeOrganisation change)
{
    /// <param name="asked">As read from the form.</param>
    /// <returns>The settings as changed, or <c>setting-invalid</c>, <c>changed-meanwhile</c>.</returns>
    public async Task<Result<Organisation>> RunAsync(
        OrganisationId organisation, Result<SettingsChange> asked, CancellationToken cancellation) =>
        (await asked.ThenAsync(a => change.RunAsync(organisation, a.Patch, a.Version, cancellation))).Then(stored => stored.Value);
}
