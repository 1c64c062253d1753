namespace Emargement.Web.Platform.Navigation;

/// <summary>An entry of the bar that stands on every page.</summary>
/// <param name="Label">Key of its words.</param>
/// <param name="Current">Whether this page is it.</param>
/// <param name="Place">How near it is.</param>
public sealed record NavModel(string Href, string Label, bool Current, NavPlace Place);

public enum NavPlace
{
    /// <summary>In the bar, on a phone too.</summary>
    Always,

    /// <summary>In the bar where there is room, else in the menu.</summary>
    WhereThereIsRoom,

    /// <summary>In the menu.</summary>
    Menu,
}
