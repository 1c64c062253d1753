namespace Emargement.Ypareo;

/// <summary>Whose YPAREO is read, and what it does not say of enrolments.</summary>
/// <param name="Address">What stands before <c>/r/v1</c>.</param>
/// <param name="Login">An account that <c>POST /authenticate</c> gives a token to; null when the secret is the token.</param>
/// <param name="Secret">The token, or the account's password.</param>
/// <param name="Funder">Who pays for the enrolments: YPAREO's lists do not say.</param>
/// <param name="Training">Reference of the training to which all of it belongs; null for one each school year, which is made.</param>
/// <param name="Groups">Codes of the groups that are read; none for all of them.</param>
public sealed record YpareoSettings(
    Uri Address, string? Login, string Secret, string Funder, string? Training = null, IReadOnlyList<string>? Groups = null)
{
    internal Uri Of(string path) => new($"{Address.AbsoluteUri.TrimEnd('/')}/{path}");

    internal bool Reads(string group) => Groups is not { Count: > 0 } some || some.Contains(group);
}
