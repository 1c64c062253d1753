namespace Emargement.Web.Platform;

/// <summary>What happened and what to do, when a page cannot be shown.</summary>
public sealed record MessageModel(string Title, string Detail, LinkModel? Action = null);

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

/// <summary>A link and its words.</summary>
public sealed record LinkModel(string Href, string Label);

/// <param name="Asked">What was typed, if anything.</param>
/// <param name="Unknown">No organisation has that id.</param>
public sealed record ChooseOrganisationModel(string? Asked = null, bool Unknown = false)
{
    /// <summary>Organisations that this browser has seen a trainer or a manager of.</summary>
    public IReadOnlyList<LinkModel> Known { get; init; } = [];
}
