namespace Emargement.Web.Portal;

/// <summary>What the forms of a Région's settings ask for, as they write it.</summary>
public static class RegionActs
{
    public const string Save = "save";
    public const string Invite = "invite";
    public const string Revoke = "revoke";
    public const string Suspend = "suspend";
    public const string Restore = "restore";

    /// <summary>The act of that name, or null.</summary>
    public static string? Known(string? act) => act is Save or Invite or Revoke or Suspend or Restore ? act : null;
}

/// <summary>A Région's rules, officers and keys, and who has looked.</summary>
/// <param name="DueDay">Of the next month; null for none.</param>
/// <param name="Answers">Whether the Région closes months itself.</param>
public sealed record RegionSettingsModel(string Address, string Name, int? DueDay, bool Answers)
{
    /// <summary>Where its list of reasons is.</summary>
    public string Reasons { get; init; } = "";

    /// <summary>How many days after its receipt a month closes by itself; null for never.</summary>
    public int? LockAfter { get; init; }

    /// <summary>Whether its exports keep to the first schema.</summary>
    public bool FirstSchema { get; init; }

    public IReadOnlyList<RegionOfficer> Officers { get; init; } = [];

    public IReadOnlyList<RegionKeyRow> Keys { get; init; } = [];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<RegionLook> Looks { get; init; } = [];

    /// <summary>One of <see cref="RegionActs"/>, just done.</summary>
    public string? Done { get; init; }

    /// <summary>Why the form that was sent is shown again.</summary>
    public string? Refusal { get; init; }

    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <param name="Account">Key of the account.</param>
/// <param name="Role"><c>reading</c>, <c>handling</c> or <c>leading</c>.</param>
/// <param name="State">As a manager's: <c>active</c>, <c>invited</c>, <c>expired</c>, <c>unopened</c> or <c>suspended</c>.</param>
/// <param name="Act">What may be done; null for one's own.</param>
public sealed record RegionOfficer(string Account, string Name, string? Email, string Role, string State, string? Act);

/// <param name="ExpiresAt">Null for one that was made before keys ended.</param>
public sealed record RegionKeyRow(string Name, string Rights, DateTimeOffset? ExpiresAt);

/// <param name="Download">Whether a file was taken; a page of learners was opened else.</param>
/// <param name="About">What the address named.</param>
public sealed record RegionLook(DateTimeOffset At, string Who, bool Download, string About);
