using Emargement.Domain.Platform;

namespace Emargement.Web.Accounts.Office;

/// <summary>What the forms of the managers' page ask for, as they write it.</summary>
public static class StaffActs
{
    public const string Invite = "invite";
    public const string Revoke = "revoke";
    public const string Suspend = "suspend";
    public const string Restore = "restore";

    /// <summary>Takes a lost second step away.</summary>
    public const string Reset = "reset";

    /// <summary>The act of that name, or null.</summary>
    public static string? Known(string? act) => act is Invite or Revoke or Suspend or Restore or Reset ? act : null;
}

/// <summary>The managers' page.</summary>
/// <param name="Members">Managers, then whoever else is invited.</param>
public sealed record StaffModel(OrganisationId Organisation, IReadOnlyList<StaffRow> Members)
{
    /// <summary>What was just done: one of <see cref="StaffActs"/>.</summary>
    public string? Done { get; init; }

    /// <summary>Why the form that was sent is shown again.</summary>
    public string? Refusal { get; init; }

    /// <summary>What was typed into it.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <param name="Account">Key of the account.</param>
/// <param name="Role"><c>manager</c> or <c>trainer</c>.</param>
/// <param name="State"><c>active</c>, <c>invited</c>, <c>expired</c>, <c>unopened</c> or <c>suspended</c>.</param>
public sealed record StaffRow(string Account, string Name, string? Email, string Role, string State)
{
    public string? InvitedBy { get; init; }

    public DateTimeOffset? InvitedAt { get; init; }

    /// <summary>When the invitation ends, or ended, that was not answered.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What may be done: of <see cref="StaffActs"/>.</summary>
    public required IReadOnlyList<string> Acts { get; init; }

    public required string LastName { get; init; }

    public required string FirstName { get; init; }
}
