using Emargement.Domain.Accounts;
using Emargement.Web.Platform;
using Emargement.Web.Reminders;

namespace Emargement.Web.Accounts;

/// <param name="Organisation">Id of the organisation, as in addresses.</param>
/// <param name="ReturnTo">A path of this site to go to once signed in; null is the person's home.</param>
/// <param name="ToSign">Reached on the way to signing, probably on the person's own phone.</param>
public sealed record SignInModel(string Organisation, string OrganisationName, string? ReturnTo = null, bool ToSign = false)
{
    /// <summary>By whom else the staff sign in.</summary>
    public IReadOnlyList<ProviderButton> Providers { get; init; } = [];

    /// <summary>What was typed where a form came back.</summary>
    public string? Login { get; init; }

    /// <summary>Why it came back.</summary>
    public string? Refusal { get; init; }
}

/// <param name="Secret">Of the link, sent back with the password.</param>
/// <param name="Refusal">Why the link opens nothing, or null.</param>
public sealed record ActivationModel(string Secret, string OrganisationName, string? PersonName, string? Login, string? Refusal = null)
{
    /// <summary>By whom the link may be answered in place of a password.</summary>
    public IReadOnlyList<ProviderButton> Providers { get; init; } = [];

    /// <summary>Why the password that was sent will not do.</summary>
    public string? Returned { get; init; }

    /// <summary>For an invitation, as what: <c>manager</c> or <c>trainer</c>.</summary>
    public string? InvitedAs { get; init; }

    /// <summary>Who invites; null when it is nobody with a name here.</summary>
    public string? Inviter { get; init; }
}

/// <param name="Login">What the person signs in with, for password managers.</param>
public sealed record AccountPageModel(
    string Name, string Reference, string? Email, string Login, IReadOnlyList<SignedInDevice> Devices)
{
    /// <summary>Whether the page offers another address: to trainers and managers. A learner's comes with the planning.</summary>
    public bool ChangesEmail { get; init; }

    /// <summary>Whether the address was just changed.</summary>
    public bool EmailChanged { get; init; }

    /// <summary>Why it was not, with what was typed.</summary>
    public string? EmailRefusal { get; init; }

    public string? TypedEmail { get; init; }

    /// <summary>Whether this browser knows other organisations to go to.</summary>
    public bool HasOthers { get; init; }

    /// <summary>Whether an organisation keeps more of the person than the account.</summary>
    public bool HasData { get; init; } = true;

    /// <summary>Of what the person is reminded; null for those who are reminded of nothing.</summary>
    public OwnRemindersModel? Reminders { get; init; }

    /// <summary>Null for those who never have one.</summary>
    public SecondStepState? SecondStep { get; init; }
}

/// <param name="Since">When it was set up; null when it is not.</param>
/// <param name="CodesLeft">Recovery codes that were not used.</param>
public sealed record SecondStepState(DateTimeOffset? Since, int CodesLeft, IReadOnlyList<OwnPasskey> Passkeys);

/// <param name="UsedAt">When it last signed in; null when it never did.</param>
public sealed record OwnPasskey(string Id, string Nickname, DateTimeOffset AddedAt, DateTimeOffset? UsedAt);

/// <param name="Then">A path of this site to go to once it is done.</param>
public sealed record SecondStepModel(string Organisation, string OrganisationName, string Then)
{
    /// <summary>Why the code that was sent will not do.</summary>
    public string? Refusal { get; init; }
}

/// <param name="Offer">Sent back with the code.</param>
/// <param name="Otpauth">What an app on this device opens.</param>
/// <param name="Secret">As it is typed into an app that cannot scan.</param>
/// <param name="NeedsPassword">Whether it is long ago that the person gave it.</param>
public sealed record EnrolModel(
    string Organisation, string Offer, Uri Otpauth, string Secret, string QrSvg, bool NeedsPassword, string Then)
{
    /// <summary>Why what was sent will not do.</summary>
    public string? Refusal { get; init; }
}

/// <summary>Recovery codes, shown this once.</summary>
/// <param name="Then">A path of this site to go on to.</param>
public sealed record SpareCodesModel(IReadOnlyList<string> Codes, string Then);

/// <param name="Browser">As its owner recognises it; null when it said nothing known.</param>
/// <param name="Current">Whether it is the device that shows the page.</param>
public sealed record SignedInDevice(string Id, DeviceUse Use, string? Browser, string? Network, DateTimeOffset Since, bool Current);

/// <summary>Somebody's access, as a manager sees it.</summary>
/// <param name="Account">Key of the account, as in addresses.</param>
/// <param name="Own">Whether it is the manager's own: nobody shuts themselves out.</param>
public sealed record PersonAccountModel(
    string Account, string Name, string Reference, string? Email, bool Suspended, bool Own, IReadOnlyList<SignedInDevice> Devices)
{
    /// <summary>Whether they are of the staff, who sign in with a second step.</summary>
    public bool Staff => !Account.StartsWith("learner:", StringComparison.Ordinal);
}

/// <summary>The forms of the page on which somebody asks for a new password.</summary>
public static class PasswordActs
{
    public const string Link = "recover";
    public const string Code = "by-code";
}

public sealed record PasswordPageModel(string Organisation, string OrganisationName)
{
    /// <summary>The form that was taken: one of <see cref="PasswordActs"/>.</summary>
    public string? Done { get; init; }

    /// <summary>The form that came back.</summary>
    public ReturnedForm? Returned { get; init; }
}

/// <summary>A button that signs in by a provider.</summary>
public sealed record ProviderButton(string Id, string Name);
