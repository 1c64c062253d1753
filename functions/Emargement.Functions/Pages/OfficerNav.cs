using Emargement.Domain.Accounts;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Platform.Navigation;

namespace Emargement.Functions.Pages;

/// <summary>Where an officer of a Région goes from every page.</summary>
internal static class OfficerNav
{
    private static readonly (string Path, string Label, OfficerRole Role, NavPlace Place)[] Entries =
    [
        ("months", "nav.months", OfficerRole.Reading, NavPlace.Always),
        ("anomalies", "portal.anomalies", OfficerRole.Reading, NavPlace.Always),
        ("amendments", "portal.amendments", OfficerRole.Reading, NavPlace.Always),
        ("usage", "usage.title", OfficerRole.Reading, NavPlace.WhereThereIsRoom),
        ("settings", "portal.settings", OfficerRole.Leading, NavPlace.WhereThereIsRoom),
    ];

    /// <param name="path">Of the page.</param>
    /// <returns>Nothing for anybody else.</returns>
    public static IEnumerable<NavModel> Of(Caller caller, string path) =>
        caller is not { Kind: Callers.Officer, Organisation: { } holder }
            ? []
            : Entries.Where(e => caller.Role >= e.Role)
                .Select(e => (Href: $"{holder.Pages}/{e.Path}", e.Label, e.Place))
                .Select(e => new NavModel(
                    e.Href, e.Label, path.StartsWith(e.Href, StringComparison.Ordinal), e.Place));
}
