using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Platform.Navigation;

namespace Emargement.Functions.Pages;

/// <summary>Where a manager goes from every page.</summary>
internal static class ManagerNav
{
    private static readonly (string Path, string Label, NavPlace Place)[] Entries =
    [
        ("today", "nav.today", NavPlace.Always),
        ("settle", "nav.settle", NavPlace.Always),
        ("months", "nav.months", NavPlace.Always),
        ("absences", "nav.absences", NavPlace.WhereThereIsRoom),
        ("people", "people.title", NavPlace.WhereThereIsRoom),
        ("placements", "nav.placements", NavPlace.WhereThereIsRoom),
        ("imports", "imports.title", NavPlace.WhereThereIsRoom),
        ("trainings", "mode.trainings", NavPlace.Menu),
        ("statements", "statement.title", NavPlace.Menu),
        ("usage", "usage.title", NavPlace.Menu),
        ("journal", "journal.title", NavPlace.Menu),
        ("webhooks", "webhooks.title", NavPlace.Menu),
        ("settings", "settings.title", NavPlace.Menu),
        ("retention", "retention.title", NavPlace.Menu),
    ];

    /// <param name="path">Of the page.</param>
    /// <returns>Nothing for anybody else.</returns>
    public static IReadOnlyList<NavModel> Of(Caller caller, OrganisationId organisation, string path) =>
        caller.Kind != Callers.Manager || !caller.IsOf(organisation)
            ? []
            :
            [
                .. Entries.Select(e => (Href: $"/o/{organisation}/{e.Path}", e.Label, e.Place))
                    .Select(e => new NavModel(e.Href, e.Label, IsAt(path, e.Href), e.Place)),
            ];

    // Keys and reasons are a part of the settings, at addresses of their own.
    private static bool IsAt(string path, string href) =>
        path == href || (href.EndsWith("/settings", StringComparison.Ordinal)
            && path[(path.LastIndexOf('/') + 1)..] is (SettingsPaths.Keys or SettingsPaths.Reasons))
        || path.StartsWith(href + "/", StringComparison.Ordinal) || path.StartsWith(href + "?", StringComparison.Ordinal);
}
