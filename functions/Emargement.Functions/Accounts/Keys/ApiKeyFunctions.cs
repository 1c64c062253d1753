using Emargement.Domain.People;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Keys;

/// <param name="Days">For how long it opens: 1 to 730, a year unless said.</param>
public sealed record MintKeyBody(string Name, IReadOnlyList<string> Rights, int? Days = null);

/// <param name="LastUsedOn">A day (UTC), no more exact.</param>
/// <param name="ExpiresAt">From when it opens nothing; null for one that was made before keys expired.</param>
public sealed record ApiKeyView(
    string KeyId,
    string Name,
    IReadOnlyList<string> Rights,
    DateTimeOffset CreatedAt,
    DateOnly? LastUsedOn,
    DateTimeOffset? ExpiresAt)
{
    public static ApiKeyView Of(ApiKey key) => new(key.Id, key.Name, key.Rights, key.CreatedAt, key.LastUsedOn, key.ExpiresAt);
}

/// <summary>Keys of an organisation's other systems.</summary>
public sealed class ApiKeyFunctions(OrganisationSettings organisations, ApiKeys keys)
{
    private const string Route = "api/organisations/{org}/api-keys";

    /// <summary>A key for another system of the organisation. The answer is the only one that ever shows it.</summary>
    [Function("MintApiKey")]
    [Access(Callers.Manager | Callers.Operator)]
    [Audit(AuditKind.Key)]
    public async Task<IResult> Mint(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation owner, MintKeyBody body) => keys.MintAsync(
                new KeyOwner(owner.Id, null), body.Name, body.Rights, cancellation, body.Days),
            key => Made(request, key),
            cancellation);

    /// <summary>The organisation's keys, their texts left out.</summary>
    [Function("ListApiKeys")]
    [Access(Callers.Manager | Callers.Operator)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellation)
    {
        var owner = KeyRoute.OfOrganisation(request);
        return owner.IsOk
            ? ApiJson.Ok((await keys.ListAsync(owner.Value, cancellation)).Select(ApiKeyView.Of))
            : Problem.From(owner.Refusal);
    }

    /// <summary>A new key in the place of one, which opens for seven days more. The answer is the only one that ever shows it.</summary>
    [Function("RotateApiKey")]
    [Access(Callers.Manager | Callers.Operator)]
    [Audit(AuditKind.Key)]
    public Task<IResult> Rotate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/{keyId}/rotation")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            KeyRoute.OfOrganisation(request),
            owner => keys.RotateAsync(owner, request.RouteText("keyId"), cancellation),
            key => ApiJson.Ok(key, StatusCodes.Status201Created));

    /// <summary>Takes a key back: it opens nothing any more.</summary>
    [Function("RevokeApiKey")]
    [Access(Callers.Manager | Callers.Operator)]
    [Audit(AuditKind.Key)]
    public Task<IResult> Revoke(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/{keyId}")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            KeyRoute.OfOrganisation(request),
            owner => keys.RevokeAsync(owner, request.RouteText("keyId"), cancellation),
            _ => Results.NoContent());

    // Which key it is stands in no address.
    private static IResult Made(HttpRequest request, MintedKey key)
    {
        request.HttpContext.NoteAudit(new AuditNote(request.Organisation().Value) { About = $"keyId={key.KeyId}" });
        return ApiJson.Ok(key, StatusCodes.Status201Created);
    }
}
