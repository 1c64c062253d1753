using Azure;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.OpenId.Providers;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

/// <param name="HasSecret">Whether a client secret is kept; what it is, nobody is told.</param>
/// <param name="Tenants">Microsoft's tenants that are let in.</param>
/// <param name="TwoFactors">Whether the provider always asks for a second factor.</param>
public sealed record ProviderView(
    string Id,
    string Name,
    string Issuer,
    string Metadata,
    string ClientId,
    bool HasSecret,
    IReadOnlyList<string> Tenants,
    IReadOnlyDictionary<string, AccountKind> Roles,
    bool TwoFactors)
{
    public static ProviderView Of(OpenIdProvider provider) => new(
        provider.Id,
        provider.Name,
        provider.Issuer,
        provider.Metadata.OriginalString,
        provider.ClientId,
        provider.SealedSecret is not null,
        provider.Tenants,
        provider.Roles,
        provider.TwoFactors);
}

/// <summary>Providers by which an organisation's staff sign in (OpenID Connect).</summary>
public sealed class ProviderFunctions(
    OrganisationSettings organisations, OpenIdProvidersTable table, AddProvider add, ChangeProvider change, RemoveProvider remove)
{
    private const string All = "api/organisations/{org}/providers";
    private const string One = All + "/{provider}";

    /// <summary>The providers by which the staff sign in.</summary>
    [Function("ListProviders")]
    [Access(Callers.Manager | Callers.Operator)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            async organisation => Result<List<Stored<OpenIdProvider>>>.FromT(await table.ListAsync(organisation.Id, cancellation)),
            providers => ApiJson.Ok(providers.Select(p => ProviderView.Of(p.Value))));

    /// <summary>Adds a provider, once its description could be read.</summary>
    [Function("AddProvider")]
    [Access(Callers.Manager | Callers.Operator, PerMinute = 20)]
    [Audit(AuditKind.Role)]
    public async Task<IResult> Add(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, AddProviderBody body) => add.RunAsync(organisation.Id, body, cancellation),
            provider => ApiJson.Ok(ProviderView.Of(provider), StatusCodes.Status201Created),
            cancellation);

    /// <summary>One provider, with the ETag that a change of it carries.</summary>
    [Function("GetProvider")]
    [Access(Callers.Manager | Callers.Operator)]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request.Organisation(),
            async organisation => await table.FindAsync(organisation, request.RouteText("provider"), cancellation) is { } stored
                ? stored
                : Result<Stored<OpenIdProvider>>.FromRefusal(Refusal.NotFound("provider-unknown")),
            stored => ETags.Ok(ProviderView.Of(stored.Value), stored.ETag));

    /// <summary>Changes a provider: its name, its secret, who is let in by it and as what.</summary>
    [Function("ChangeProvider")]
    [Access(Callers.Manager | Callers.Operator, PerMinute = 20)]
    [Audit(AuditKind.Role)]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.ChangeAsync(
            request,
            request.Organisation(),
            (OrganisationId organisation, ProviderPatch body, ETag version) =>
                change.RunAsync(organisation, request.RouteText("provider"), body, version, cancellation),
            stored => ETags.Ok(ProviderView.Of(stored.Value), stored.ETag),
            cancellation);

    /// <summary>Takes a provider away; whoever came in by it is signed out.</summary>
    [Function("RemoveProvider")]
    [Access(Callers.Manager | Callers.Operator, PerMinute = 20)]
    [Audit(AuditKind.Role)]
    public Task<IResult> Remove(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request.Organisation(),
            organisation => remove.RunAsync(organisation, request.RouteText("provider"), cancellation),
            _ => Results.NoContent());
}
