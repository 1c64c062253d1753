using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.OpenId.Providers;

/// <summary>The providers of an organisation, kept for half a minute in this process: every sign-in page names them.</summary>
public sealed class OpenIdProviders(OpenIdProvidersTable table, TimeProvider time)
{
    private readonly ShortMemory<OrganisationId, IReadOnlyList<OpenIdProvider>> _known = new(time);

    public async Task<IReadOnlyList<OpenIdProvider>> ListAsync(OrganisationId organisation, CancellationToken cancellation) =>
        (await _known.ReadAsync(
            organisation,
            async token => [.. (await table.ListAsync(organisation, token)).Select(p => p.Value)],
            cancellation))!;

    /// <returns>The provider, or <c>provider-unknown</c>.</returns>
    public async Task<Result<OpenIdProvider>> GetAsync(OrganisationId organisation, string id, CancellationToken cancellation) =>
        (await ListAsync(organisation, cancellation)).FirstOrDefault(p => p.Id == id) is { } provider
            ? provider
            : Refusal.NotFound("provider-unknown");

    /// <summary>Lets this process see a change at once.</summary>
    internal void Forget(OrganisationId organisation) => _known.Forget(organisation);
}
