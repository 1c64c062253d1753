namespace Emargement.Domain.Accounts;

/// <summary>For what a device is signed in.</summary>
public enum DeviceUse
{
    /// <summary>A person's own phone, day after day.</summary>
    Remembered,

    /// <summary>One sitting at a browser.</summary>
    Browser,

    /// <summary>A device that a trainer hands round for one Session.</summary>
    Tablet,

    /// <summary>A browser on which somebody of the staff has given one factor: it opens the second step and nothing else.</summary>
    OneFactor,
}

/// <summary>How long a sign-in lasts (OWASP ASVS 5.0, 7.3.1 and 7.3.2): a sitting is 12 hours at most, and ends after
/// 30 minutes without a call where the account opens others' data.</summary>
public static class SignInTimes
{
    /// <summary>Of a phone that its learner keeps signed in, from its last day of use.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    public static readonly TimeSpan Sitting = TimeSpan.FromHours(12);

    public static readonly TimeSpan StaffIdle = TimeSpan.FromMinutes(30);

    // Use is noted so often at most: a note is a write.
    private static readonly TimeSpan StaffNoted = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RememberedNoted = TimeSpan.FromDays(1);

    /// <summary>What an account may ask for when its holder signs in. Only a learner's own phone stays.</summary>
    /// <param name="stay">Whether its holder asked to stay signed in.</param>
    public static DeviceUse UseOf(AccountKind kind, bool stay) =>
        stay && kind == AccountKind.Learner ? DeviceUse.Remembered : DeviceUse.Browser;

    /// <summary>When a sign-in noted now ends by itself, whatever its use.</summary>
    public static DateTimeOffset EndOf(DeviceUse use, DateTimeOffset now) => now + use switch
    {
        DeviceUse.Remembered => Remembered,
        DeviceUse.OneFactor => StaffIdle,
        _ => Sitting,
    };

    /// <summary>Whether it ended by itself.</summary>
    /// <param name="seenAt">The last use that was noted: the true one is up to five minutes later, so that staff have 25 to 30.</param>
    public static bool IsOver(DeviceUse use, AccountKind kind, DateTimeOffset seenAt, DateTimeOffset endsAt, DateTimeOffset now) =>
        endsAt <= now || (HasIdleLimit(use, kind) && now - seenAt >= StaffIdle);

    /// <summary>Whether this use is to be noted.</summary>
    public static bool IsNoteDue(DeviceUse use, AccountKind kind, DateTimeOffset seenAt, DateTimeOffset now) =>
        use == DeviceUse.Remembered ? now - seenAt >= RememberedNoted : HasIdleLimit(use, kind) && now - seenAt >= StaffNoted;

    private static bool HasIdleLimit(DeviceUse use, AccountKind kind) => use == DeviceUse.Browser && kind != AccountKind.Learner;
}
