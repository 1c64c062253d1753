namespace Emargement.Web.Platform;

/// <param name="Asked">What was typed, if anything.</param>
/// <param name="Unknown">No organisation has that id.</param>
public sealed record ChooseOrganisationModel(string? Asked = null, bool Unknown = false);
