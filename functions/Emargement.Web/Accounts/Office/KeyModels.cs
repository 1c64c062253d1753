namespace Emargement.Web.Accounts.Office;

/// <param name="LastUsedOn">A day, no more exact.</param>
/// <param name="Expires">Null for one that was made before keys expired.</param>
public sealed record KeyRow(
    string Id,
    string Name,
    IReadOnlyList<string> Rights,
    DateTimeOffset Created,
    DateOnly? LastUsedOn,
    DateTimeOffset? Expires,
    bool Over);

/// <param name="Rights">Those that may be given.</param>
/// <param name="Shown">A key that was made just now: this page is the only one that ever shows it.</param>
/// <param name="Refusal">Why nothing was done.</param>
public sealed record KeysModel(
    IReadOnlyList<KeyRow> Keys, IReadOnlyList<string> Rights, int UsualDays, int MostDays, string? Shown = null, string? Refusal = null);
