using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.OpenId.Providers;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Accounts.Office;

namespace Emargement.Functions.Pages.Accounts.Providers;

/// <summary>Does what a form of the providers' page asks for.</summary>
public sealed class ChangeProviders(OpenIdProvidersTable table, AddProvider add, ChangeProvider change, RemoveProvider remove)
{
    /// <param name="form">Its fields; <c>act</c> is one of <see cref="ProviderActs"/>.</param>
    /// <returns>What was done, or why not.</returns>
    public async Task<Result<string>> RunAsync(OrganisationId organisation, FormFields form, CancellationToken cancellation)
    {
        var act = form.Text("act");
        var done = act switch
        {
            ProviderActs.Add => await add.RunAsync(organisation, BodyOf(form), cancellation),
            ProviderActs.Secret => await SecretAsync(organisation, form, cancellation),
            ProviderActs.Remove => await remove.RunAsync(organisation, form.Text("provider") ?? string.Empty, cancellation),
            _ => Refusal.BadInput("form-invalid"),
        };
        return done.Then(_ => act!);
    }

    private async Task<Result<OpenIdProvider>> SecretAsync(OrganisationId organisation, FormFields form, CancellationToken cancellation)
    {
        var id = form.Text("provider") ?? string.Empty;
        if (form.Text("clientSecret-password") is not { } secret)
        {
            return ProviderRules.Invalid("clientSecret");
        }

        // The form shows nothing that somebody else may have changed meanwhile.
        return await table.FindAsync(organisation, id, cancellation) is { } stored
            ? (await change.RunAsync(organisation, id, new ProviderPatch(ClientSecret: secret), stored.ETag, cancellation))
                .Then(changed => changed.Value)
            : Refusal.NotFound("provider-unknown");
    }

    private static AddProviderBody BodyOf(FormFields form)
    {
        var roles = new Dictionary<string, AccountKind>();
        foreach (var (field, kind) in new[] { ("managerRole", AccountKind.Manager), ("trainerRole", AccountKind.Trainer) })
        {
            if (form.Text(field) is { } role)
            {
                roles.TryAdd(role, kind);
            }
        }

        return new AddProviderBody(
            form.Text("id") ?? string.Empty,
            form.Text("name") ?? string.Empty,
            form.Text("issuer") ?? string.Empty,
            form.Text("metadata") ?? string.Empty,
            form.Text("clientId") ?? string.Empty,
            roles,
            form.Text("clientSecret-password"),
            (form.Text("tenants") ?? string.Empty).Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries),
            form.Text("twoFactors") is not null);
    }
}
