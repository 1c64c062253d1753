using System.Text.Json.Serialization;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions;

/// <summary>Something that happened in a Session and is never changed: inserted once, hashed, sealed with the sheet.</summary>
/// <remarks>Its canonical JSON (<see cref="FactJson"/>) is what is stored, hashed and shown as evidence. Properties are written in the
/// order declared here, the base's first; a new property goes last, is optional, and is left out when null, so that old hashes stay
/// true.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(Signed), "signed")]
[JsonDerivedType(typeof(NotSigned), "not-signed")]
[JsonDerivedType(typeof(Marked), "marked")]
[JsonDerivedType(typeof(Closed), "closed")]
[JsonDerivedType(typeof(Corrected), "corrected")]
[JsonDerivedType(typeof(Edited), "edited")]
[JsonDerivedType(typeof(Rostered), "rostered")]
[JsonDerivedType(typeof(Countersigned), "countersigned")]
[JsonDerivedType(typeof(OnPaper), "on-paper")]
public abstract record Fact
{
    /// <summary>Server time, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who acted: <c>learner:REF</c>, <c>trainer:REF</c>, <c>manager:REF</c>, <c>machine:KEY</c> or <c>system</c>.</summary>
    public required string By { get; init; }

    /// <summary>Last part of its row key; two facts that exclude each other share it.</summary>
    [JsonIgnore]
    public abstract string Key { get; }

    /// <summary>The learner whom it is about, if any.</summary>
    [JsonIgnore]
    public virtual Reference? About => null;

    protected static string Ordered(DateTimeOffset at) => at.UtcTicks.ToString("D19", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The trainer opened the Session.</summary>
public sealed record Opened : Fact
{
    public override string Key => "1-opened";
}

/// <summary>
/// A learner signed. Shares its key with <see cref="NotSigned"/>: whichever is inserted first stands, so a signature and a closing never
/// disagree.
/// </summary>
public sealed record Signed : Fact
{
    public required Reference Learner { get; init; }

    public required SigningMethod Method { get; init; }

    /// <summary>Minutes after the planned start when beyond the organisation's tolerance, else 0.</summary>
    public required int LateMinutes { get; init; }

    /// <summary>
    /// Network address cut to /24 (IPv4) or /48 (IPv6): enough to see a whole room elsewhere, not enough to follow a person.
    /// </summary>
    public string? Network { get; init; }

    /// <summary>Random id of the browser, to report (never block) a device shared by several learners.</summary>
    public string? Device { get; init; }

    /// <summary>SHA-256, lower-case hexadecimal, of the drawn SVG path, which is stored beside the fact.</summary>
    public string? DrawingSha256 { get; init; }

    /// <summary>The name typed by a person who cannot draw.</summary>
    public string? TypedName { get; init; }

    /// <summary>True when the very same drawing had been used before: reported, never blocked.</summary>
    public bool DrawingReused { get; init; }

    public override string Key => PresenceKey(Learner);

    public override Reference? About => Learner;

    public static string PresenceKey(Reference learner) => $"2-presence|{learner.Key}";
}

/// <summary>The Session closed and this learner had not signed.</summary>
public sealed record NotSigned : Fact
{
    public required Reference Learner { get; init; }

    public override string Key => Signed.PresenceKey(Learner);

    public override Reference? About => Learner;
}

/// <summary>
/// What a person read of a learner on a sheet signed by hand. Shares its key with <see cref="Signed"/>: a presence is proven in one way.
/// </summary>
public sealed record OnPaper : Fact
{
    public required Reference Learner { get; init; }

    public required AttendanceMark Mark { get; init; }

    public int Minutes { get; init; }

    public string? Reason { get; init; }

    /// <summary>SHA-256, lower-case hexadecimal, of the scan that was read.</summary>
    public required string Scan { get; init; }

    /// <summary>Whether the sheet bears the learner's signature.</summary>
    [JsonIgnore]
    public bool IsPresent => Mark is AttendanceMark.Present or AttendanceMark.Late or AttendanceMark.LeftEarly;

    public override string Key => Signed.PresenceKey(Learner);

    public override Reference? About => Learner;
}

/// <summary>What a trainer says of a learner, or a correction says after closing.</summary>
public enum AttendanceMark
{
    Present,
    Late,
    LeftEarly,
    AbsentJustified,
    AbsentUnjustified,
}

/// <summary>The trainer marked a learner while the Session was not closed.</summary>
public sealed record Marked : Fact
{
    public required Reference Learner { get; init; }

    public required AttendanceMark Mark { get; init; }

    /// <summary>Minutes late or left early; 0 otherwise.</summary>
    public int Minutes { get; init; }

    public string? Reason { get; init; }

    /// <summary>The accepted absence that says it, when one does.</summary>
    public string? Claim { get; init; }

    /// <summary>Code of the reason; null for every reason of health.</summary>
    public string? Code { get; init; }

    /// <summary>SHA-256 of the document that was seen, lower-case hexadecimal, where it was kept.</summary>
    public string? DocumentSha256 { get; init; }

    /// <summary>True when a document was seen; null otherwise.</summary>
    public bool? DocumentSeen { get; init; }

    /// <summary>True when minutes absent for this reason count as presence elsewhere; null otherwise.</summary>
    public bool? CountsAsPresence { get; init; }

    /// <summary>What the files of the learner's funder call the reason; null for every reason of health.</summary>
    public string? FunderCode { get; init; }

    public override string Key => $"3-mark|{Learner.Key}|{Ordered(At)}";

    public override Reference? About => Learner;
}

/// <summary>The trainer confirmed the head-count, signed and closed.</summary>
public sealed record Closed : Fact
{
    /// <summary>People that the trainer counted in the room.</summary>
    public required int HeadCount { get; init; }

    /// <summary>Learners expected (enrolled that day).</summary>
    public required int Expected { get; init; }

    /// <summary>Learners with a signature at that moment.</summary>
    public required int SignedCount { get; init; }

    public string? Network { get; init; }

    public string? DrawingSha256 { get; init; }

    public string? TypedName { get; init; }

    /// <summary>SHA-256 of the scan of the paper sheet from which a person recorded it; null when it was closed otherwise.</summary>
    public string? Paper { get; init; }

    /// <summary>Whether the trainer signed the paper sheet.</summary>
    public bool? TrainerSigned { get; init; }

    /// <summary>Why a half-day of an electronic month is on paper.</summary>
    public string? Reason { get; init; }

    public const string FactKey = "4-closed";

    public override string Key => FactKey;
}

/// <summary>A correction after closing, with its author and reason; it makes a new sheet version.</summary>
public sealed record Corrected : Fact
{
    public required Reference Learner { get; init; }

    public required AttendanceMark Mark { get; init; }

    public int Minutes { get; init; }

    /// <summary>Why the record changes; never empty.</summary>
    public required string Reason { get; init; }

    /// <summary>Paper when a paper sheet proves the presence that the correction restores.</summary>
    public SigningMethod? Method { get; init; }

    /// <summary>The accepted absence that says it, when one does.</summary>
    public string? Claim { get; init; }

    /// <summary>Code of the reason; null for every reason of health.</summary>
    public string? Code { get; init; }

    /// <summary>SHA-256 of the document that was seen, lower-case hexadecimal, where it was kept.</summary>
    public string? DocumentSha256 { get; init; }

    /// <summary>True when a document was seen; null otherwise, and in corrections of before it was said.</summary>
    public bool? DocumentSeen { get; init; }

    /// <summary>True when minutes absent for this reason count as presence elsewhere; null otherwise.</summary>
    public bool? CountsAsPresence { get; init; }

    /// <summary>What the files of the learner's funder call the reason; null for every reason of health.</summary>
    public string? FunderCode { get; init; }

    /// <summary>The amendment of a closed month that asked for it, to which the Région agreed.</summary>
    public string? Amendment { get; init; }

    public override string Key => $"5-correction|{Learner.Key}|{Ordered(At)}";

    public override Reference? About => Learner;
}

/// <summary>The planned trainer signed what somebody else closed; dated as it is made.</summary>
public sealed record Countersigned : Fact
{
    public string? DrawingSha256 { get; init; }

    public string? TypedName { get; init; }

    public const string FactKey = "6-countersigned";

    public override string Key => FactKey;

    /// <summary>Whether somebody else than a trainer of the Session closed it.</summary>
    public static bool IsWanted(Session session, IReadOnlyCollection<Fact> facts) =>
        session.TrainerRef is not null
        && facts.OfType<Closed>().FirstOrDefault() is { Paper: null } closed
        && session.Trainers.All(t => closed.By != "trainer:" + t.Value)
        && !facts.OfType<Countersigned>().Any();
}
