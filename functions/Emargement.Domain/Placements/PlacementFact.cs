using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements;

/// <summary>Something that happened to a placement: inserted once, never changed. All that a placement is,
/// is read from its facts.</summary>
/// <remarks>Written as <see cref="PlacementFactJson"/> says. A new property goes last, is optional, and is left out when null,
/// so that old hashes stay true. Facts that exclude each other share a key: two changes of the terms made from one version, and two
/// statements about a week made from one view of it.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Planned), "planned")]
[JsonDerivedType(typeof(Declared), "declared")]
[JsonDerivedType(typeof(Disagreed), "disagreed")]
[JsonDerivedType(typeof(Maintained), "maintained")]
[JsonDerivedType(typeof(Validated), "validated")]
[JsonDerivedType(typeof(PaperRecorded), "paper-recorded")]
[JsonDerivedType(typeof(AbsenceJustified), "absence-justified")]
[JsonDerivedType(typeof(LinkAsked), "link-asked")]
[JsonDerivedType(typeof(LinkRevoked), "link-revoked")]
[JsonDerivedType(typeof(Mailed), "mailed")]
[JsonDerivedType(typeof(DocumentSealed), "document-sealed")]
public abstract record PlacementFact
{
    /// <summary>Server time, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who acted: <c>learner:REF</c>, <c>trainer:REF</c>, <c>manager:REF</c>, <c>machine:KEY</c>, <c>import</c>,
    /// <c>tutor:t1</c> or <c>system</c>.</summary>
    public required string By { get; init; }

    /// <summary>Its row key inside the placement.</summary>
    [JsonIgnore]
    public abstract string Key { get; }
}

/// <summary>The placement was created (version 0), changed or cancelled; the terms are given whole.</summary>
public sealed record Planned : PlacementFact
{
    public required int Version { get; init; }

    public required OrganisationId Organisation { get; init; }

    public required Reference Learner { get; init; }

    public required Reference Training { get; init; }

    public required string Group { get; init; }

    public required PlacementTerms Terms { get; init; }

    /// <summary>Why it changes; null for the creation.</summary>
    public string? Reason { get; init; }

    public bool Cancelled { get; init; }

    /// <summary>When an import wrote it: the hash of what its files asked for,
    /// so that the next import knows whether they ask for anything new.</summary>
    public string? FileHash { get; init; }

    [JsonIgnore]
    public override string Key => string.Create(CultureInfo.InvariantCulture, $"plan|{Version:D4}");
}

/// <summary>A statement about days of one week. Its place in the week's sequence is its key:
/// whoever writes from an old view of the week is refused.</summary>
public abstract record WeekFact : PlacementFact
{
    public required IsoWeek Week { get; init; }

    public required int Sequence { get; init; }

    [JsonIgnore]
    public abstract IEnumerable<DateOnly> Dates { get; }

    [JsonIgnore]
    public override string Key => string.Create(CultureInfo.InvariantCulture, $"week|{Week}|{Sequence:D4}");
}

/// <summary>How a person signed.</summary>
/// <param name="DrawingSha256">SHA-256, lower-case hexadecimal, of the drawn SVG path, which is stored beside the fact.</param>
/// <param name="TypedName">The name typed by a person who does not draw.</param>
/// <param name="Network">Network address cut to /24 (IPv4) or /48 (IPv6).</param>
public sealed record FactSignature(string? DrawingSha256, string? TypedName, string? Network);

/// <summary>The learner declared days, for the first time or again.</summary>
public sealed record Declared : WeekFact
{
    public required IReadOnlyList<DayDeclaration> Days { get; init; }

    public required FactSignature Signature { get; init; }

    [JsonIgnore]
    public override IEnumerable<DateOnly> Dates => Days.Select(d => d.Date);
}

/// <param name="Minutes">What the tutor counts instead.</param>
public sealed record Disagreement(DateOnly Date, int Minutes, string Reason);

/// <summary>The tutor disagreed with days: they go back to the learner.</summary>
public sealed record Disagreed : WeekFact
{
    public required string Tutor { get; init; }

    public required IReadOnlyList<Disagreement> Days { get; init; }

    public string? Network { get; init; }

    [JsonIgnore]
    public override IEnumerable<DateOnly> Dates => Days.Select(d => d.Date);
}

/// <summary>The learner maintained what was declared; the tutor decides.</summary>
public sealed record Maintained : WeekFact
{
    public required IReadOnlyList<DateOnly> Days { get; init; }

    public string? Comment { get; init; }

    [JsonIgnore]
    public override IEnumerable<DateOnly> Dates => Days;
}

/// <summary>The tutor validated days and signed.</summary>
public sealed record Validated : WeekFact
{
    public required string Tutor { get; init; }

    public required IReadOnlyList<DayMinutes> Days { get; init; }

    public required FactSignature Signature { get; init; }

    [JsonIgnore]
    public override IEnumerable<DateOnly> Dates => Days.Select(d => d.Date);
}

/// <summary>The organisation recorded a signed paper form.</summary>
public sealed record PaperRecorded : WeekFact
{
    public required IReadOnlyList<DayMinutes> Days { get; init; }

    public required string Reason { get; init; }

    /// <summary>SHA-256, lower-case hexadecimal, of the scan, which names its blob.</summary>
    public required string ScanSha256 { get; init; }

    [JsonIgnore]
    public override IEnumerable<DateOnly> Dates => Days.Select(d => d.Date);
}

/// <summary>The organisation accepted the reason of absences: they no longer cut the learner's pay (R.6341-45).</summary>
public sealed record AbsenceJustified : WeekFact
{
    public required IReadOnlyList<DateOnly> Days { get; init; }

    public required string Reason { get; init; }

    [JsonIgnore]
    public override IEnumerable<DateOnly> Dates => Days;
}

/// <summary>The manager, or the tutor before an expired link, asked for the tutor's mail again.</summary>
public sealed record LinkAsked : PlacementFact
{
    public required string Section { get; init; }

    public required int Sequence { get; init; }

    /// <summary>Not before this day, when the tutor is away.</summary>
    public DateOnly? NotBefore { get; init; }

    [JsonIgnore]
    public override string Key => string.Create(CultureInfo.InvariantCulture, $"link|{Section}|{Sequence:D4}");
}

/// <summary>The links that a tutor was sent so far open nothing any more; a next mail brings another.</summary>
public sealed record LinkRevoked : PlacementFact
{
    public required string Tutor { get; init; }

    public required int Sequence { get; init; }

    public required string Reason { get; init; }

    [JsonIgnore]
    public override string Key => string.Create(CultureInfo.InvariantCulture, $"revoked|{Tutor}|{Sequence:D4}");
}

/// <summary>A mail was handed over for sending. One slot is mailed once.</summary>
public sealed record Mailed : PlacementFact
{
    public required string Slot { get; init; }

    public required MailPurpose Purpose { get; init; }

    /// <summary>The part of a week, the section or the period that it is about.</summary>
    public required string About { get; init; }

    /// <summary>0 for the first mail, then 1, 2, … for its reminders.</summary>
    public int Step { get; init; }

    public EmailAddress? To { get; init; }

    [JsonIgnore]
    public override string Key => $"mail|{Slot}";
}

/// <summary>The document of a period was sealed.</summary>
public sealed record DocumentSealed : PlacementFact
{
    public required string Period { get; init; }

    public required int Version { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Its verification code.</summary>
    public required string Code { get; init; }

    /// <summary>Statements about the period's days that it holds; one more makes a new version.</summary>
    public required int Covers { get; init; }

    [JsonIgnore]
    public override string Key => string.Create(CultureInfo.InvariantCulture, $"document|{Period}|{Version:D4}");
}

/// <summary>The one written form of a placement's fact, and its hash: the leaf of the document's Merkle tree.</summary>
public static class PlacementFactJson
{
    public static byte[] Write(PlacementFact fact) => JsonSerializer.SerializeToUtf8Bytes(fact, CanonicalJson.Options);

    public static PlacementFact Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<PlacementFact>(json, CanonicalJson.Options)
            ?? throw new FormatException("A fact is a JSON object with a kind.");

    /// <summary>The fact as it stays when its term is over: tutors' names and addresses and names typed for a signature are gone.</summary>
    public static byte[] WithoutNames(ReadOnlySpan<byte> json) => CanonicalJson.Without(
        json, (name, value) => name switch
        {
            "typedName" or "email" => false,

            // Of a mail; of a tutor it is a day.
            "to" when value?.GetValue<string>().Contains('@', StringComparison.Ordinal) == true => false,
            "name" => true,
            _ => null,
        });

    public static byte[] Hash(ReadOnlySpan<byte> json) => SHA256.HashData(json);
}
