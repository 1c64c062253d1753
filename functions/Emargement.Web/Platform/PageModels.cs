namespace Emargement.Web.Platform;

/// <summary>What happened and what to do, when a page cannot be shown.</summary>
public sealed record MessageModel(string Title, string Detail, LinkModel? Action = null);

/// <summary>A link and its words.</summary>
public sealed record LinkModel(string Href, string Label);

/// <param name="Asked">What was typed, if anything.</param>
/// <param name="Unknown">No organisation has that id.</param>
public sealed record ChooseOrganisationModel(string? Asked = null, bool Unknown = false)
{
    /// <summary>Organisations that this browser has seen a trainer or a manager of.</summary>
    public IReadOnlyList<LinkModel> Known { get; init; } = [];
}
