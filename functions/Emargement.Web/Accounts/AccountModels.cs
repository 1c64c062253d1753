namespace Emargement.Web.Accounts;

/// <param name="Organisation">Id of the organisation, as in addresses.</param>
/// <param name="ReturnTo">A path of this site to go to once signed in; null is the person's home.</param>
/// <param name="ToSign">Reached on the way to signing, probably on the person's own phone.</param>
public sealed record SignInModel(string Organisation, string OrganisationName, string? ReturnTo = null, bool ToSign = false);

/// <param name="Secret">Of the link, sent back with the password.</param>
/// <param name="Refusal">Why the link opens nothing, or null.</param>
public sealed record ActivationModel(string Secret, string OrganisationName, string? PersonName, string? Login, string? Refusal = null);
