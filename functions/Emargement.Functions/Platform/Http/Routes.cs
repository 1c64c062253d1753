using Emargement.Domain.Platform;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Http;

/// <summary>Reads an id as it stands in an address.</summary>
public delegate bool TryParse<TId>(string? text, out TId id);

/// <summary>A thing of an organisation that an address names: a Session, a placement.</summary>
public readonly record struct Route<TId>(OrganisationId Organisation, TId Id);

/// <summary>Reads what an address names. Each sort of thing has one place that says under which name it stands there.</summary>
public static class Routes
{
    /// <summary>The part of the address under this name; empty when the address has none.</summary>
    public static string RouteText(this HttpRequest request, string name) => request.RouteValues[name]?.ToString() ?? string.Empty;

    /// <summary>The organisation of <c>{org}</c>.</summary>
    /// <returns>The organisation, or <c>organisation-unknown</c>.</returns>
    public static Result<OrganisationId> Organisation(this HttpRequest request) =>
        OrganisationId.TryParse(request.RouteText("org"), out var organisation) ? organisation : Refusal.NotFound("organisation-unknown");

    /// <summary>A thing of the organisation of <c>{org}</c>.</summary>
    /// <param name="name">Its name in the address.</param>
    /// <param name="unknown">The code of the refusal when the text there is no id.</param>
    public static Result<Route<TId>> Of<TId>(HttpRequest request, string name, TryParse<TId> parse, string unknown)
    {
        var organisation = request.Organisation();
        return !organisation.IsOk ? organisation.Refusal
            : !parse(request.RouteText(name), out var id) ? Refusal.NotFound(unknown)
            : new Route<TId>(organisation.Value, id);
    }
}
