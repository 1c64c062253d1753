using System.Text.RegularExpressions;
using Emargement.Domain.Accounts;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Access;

/// <summary>Who makes this call, as the access middleware found out.</summary>
/// <param name="Kind">Exactly one sort, or <see cref="Callers.None"/> for nobody known.</param>
/// <param name="Organisation">The organisation of an account, a tablet or a machine; where an officer's account is; null for a
/// Région's key and the operator.</param>
/// <param name="Person">The reference of the learner, trainer or manager; of the trainer or manager who opened it, for a tablet.</param>
/// <param name="Id">As in <c>Fact.By</c>: <c>trainer:REF</c>, <c>machine:KEY</c>,
/// <c>region:KEY</c>, <c>operator</c>; empty for nobody.</param>
public sealed record Caller(Callers Kind, OrganisationId? Organisation, Reference? Person, string Id)
{
    /// <summary>A call without credentials, to a public function.</summary>
    public static Caller Nobody { get; } = new(Callers.None, null, null, string.Empty);

    public bool IsKnown => Kind != Callers.None;

    /// <summary>The account behind a cookie; for a tablet, the account that opened it.</summary>
    public AccountId? Account { get; init; }

    /// <summary>The Région of a Région's key, or of an officer.</summary>
    public string? Region { get; init; }

    /// <summary>What an officer may do.</summary>
    public OfficerRole Role { get; init; }

    /// <summary>The one Session that a tablet may sign.</summary>
    public SessionId? Session { get; init; }

    /// <summary>The one week of a placement that a tablet may declare.</summary>
    public HandedWeek? Week { get; init; }

    /// <summary>The row of <c>Devices</c> behind a cookie.</summary>
    public string? Device { get; init; }

    /// <summary>What an API key may do.</summary>
    public IReadOnlySet<string> Rights { get; init; } = new HashSet<string>();

    /// <summary>Whether this is a known caller of that organisation.</summary>
    public bool IsOf(OrganisationId organisation) => IsKnown && Organisation == organisation;
}

public static partial class CallerRequest
{
    /// <summary>
    /// The caller of this request; <see cref="Caller.Nobody"/> when a public function is called without valid credentials.
    /// </summary>
    public static Caller Caller(this HttpRequest request) =>
        request.HttpContext.Features.Get<CallerFeature>()?.Caller ?? Access.Caller.Nobody;

    /// <summary>Address of the page on which the caller signs in to an organisation or a Région, and from which they come
    /// back here.</summary>
    public static string SignInPage(this HttpRequest request, string? organisation) =>
        OrganisationId.TryParse(organisation, out var id) ? $"{id.Pages}?back={Here(request)}"
        : RegionCode.TryParse(request.RouteValues["region"]?.ToString(), out var region) ? $"/r/{region}?back={Here(request)}"
        : "/";

    /// <summary>Address of the page on which a caller with one factor gives the second, and from which they come back here.</summary>
    internal static string SecondStepPage(this HttpRequest request, Caller caller) =>
        $"{caller.Organisation?.Pages}/second-step?back={Here(request)}";

    /// <summary>Path at which a GET shows the page of this request: its own, or that of the page whose form it takes.</summary>
    /// <param name="isOwn">Whether it is its own, so that its query counts too.</param>
    internal static string PagePath(this HttpRequest request, out bool isOwn)
    {
        var of = request.HttpContext.Features.Get<CallerFeature>()?.PageOf;
        isOwn = of is null;
        return of is null
            ? request.PathBase + request.Path
            : request.PathBase + "/" + Parameter().Replace(
                of, p => Uri.EscapeDataString(request.RouteValues[p.Groups[1].Value]?.ToString() ?? string.Empty));
    }

    /// <param name="pageOf">As <see cref="PageAttribute.Of"/>.</param>
    internal static void SetCaller(this HttpRequest request, Caller caller, string? pageOf = null) =>
        request.HttpContext.Features.Set(new CallerFeature(caller, pageOf));

    private static string Here(HttpRequest request)
    {
        var path = request.PagePath(out var isOwn);
        return Uri.EscapeDataString(isOwn ? path + request.QueryString : path);
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();

    private sealed record CallerFeature(Caller Caller, string? PageOf);
}
