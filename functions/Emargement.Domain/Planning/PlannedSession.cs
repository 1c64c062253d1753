using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning;

/// <summary>What a planning file may leave unsaid of its Sessions, because it has no such column or names a trainer whom nobody
/// knows.</summary>
[Flags]
public enum UnsaidParts
{
    None = 0,
    Trainer = 1,
    Module = 2,
    Site = 4,
    Room = 8,
    Modality = 16,
}

/// <summary>A Session as a planning file asks for it. A file gives hundreds of thousands of them, so texts that repeat are
/// shared.</summary>
public sealed class PlannedSession
{
    /// <summary>The source of Sessions of files that somebody sent.</summary>
    public const string ImportSource = "import";

    private const string SourcePrefix = "source:";

    public required Reference Ref { get; init; }

    public required Reference SlotRef { get; init; }

    public required Reference TrainingRef { get; init; }

    /// <summary>The groups that attend, in order; mostly one.</summary>
    public required IReadOnlyList<string> Groups { get; set; }

    public Reference? TrainerRef { get; set; }

    /// <summary>Those who teach beside the trainer, in order.</summary>
    public IReadOnlyList<Reference> CoTrainerRefs { get; set; } = [];

    public string? Module { get; set; }

    public string? Site { get; set; }

    public string? Room { get; set; }

    public required Modality Modality { get; set; }

    /// <summary>The day on which its slot starts.</summary>
    public required DateOnly Date { get; init; }

    public required HalfDay HalfDay { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>Line of the file on which its row starts.</summary>
    public required int Line { get; init; }

    public UnsaidParts Unsaid { get; init; }

    /// <summary>Whose planning names it.</summary>
    public string Source { get; set; } = ImportSource;

    /// <summary>Everybody who teaches.</summary>
    public IEnumerable<Reference> Trainers => TrainerRef is { } trainer ? CoTrainerRefs.Prepend(trainer) : CoTrainerRefs;

    public YearMonth Month => YearMonth.Of(Date);

    /// <summary>Takes what the file leaves unsaid from the Session as it is stored.</summary>
    public void KeepUnsaid(Session stored)
    {
        if (Unsaid.HasFlag(UnsaidParts.Trainer) && stored.TrainerRef is not null)
        {
            (TrainerRef, CoTrainerRefs) = (stored.TrainerRef, stored.CoTrainerRefs);
        }

        Module = Unsaid.HasFlag(UnsaidParts.Module) ? stored.Module : Module;
        Site = Unsaid.HasFlag(UnsaidParts.Site) ? stored.Site : Site;
        Room = Unsaid.HasFlag(UnsaidParts.Room) ? stored.Room : Room;
        Modality = Unsaid.HasFlag(UnsaidParts.Modality) ? stored.Modality : Modality;
    }

    /// <summary>The source of Sessions that a planning source of the organisation fetched.</summary>
    public static string SourceOf(string id) => SourcePrefix + id;

    /// <summary>Whether Sessions of a source came from the planning, not from a person's hand.</summary>
    public static bool IsImported(string source) =>
        source == ImportSource || source.StartsWith(SourcePrefix, StringComparison.Ordinal);

    public Session ToSession(OrganisationId organisation)
    {
        var session = new Session
        {
            Organisation = organisation,
            Id = new SessionId(Date, HalfDay, Ref),
            SlotRef = SlotRef,
            TrainingRef = TrainingRef,
            Group = SessionContent.Group(Groups),
            Groups = Groups,
            TrainerRef = TrainerRef,
            CoTrainerRefs = CoTrainerRefs,
            Module = Module,
            Site = Site,
            Room = Room,
            Modality = Modality,
            Start = Start,
            End = End,
            Source = Source,
            ContentHash = "",
            State = SessionState.Planned,
        };
        return session with { ContentHash = SessionContent.Hash(session) };
    }

    /// <summary>What an import compares: the same hash is the same content.</summary>
    public string ContentHash() => SessionContent.Hash(
        [SlotRef.Value, TrainingRef.Value, SessionContent.Group(Groups), TrainerRef?.Value, Module, Site, Room],
        Groups,
        CoTrainerRefs,
        [(long)Modality, Start.UtcTicks, End.UtcTicks]);
}

public static class SessionContent
{
    /// <summary>Hash of a Session's planned content as it now stands, whoever wrote it.</summary>
    public static string Hash(Session s) => Hash(
        [s.SlotRef.Value, s.TrainingRef.Value, s.Group, s.TrainerRef?.Value, s.Module, s.Site, s.Room],
        s.Groups,
        s.CoTrainerRefs,
        [(long)s.Modality, s.Start.UtcTicks, s.End.UtcTicks]);

    /// <summary>Groups as people read them.</summary>
    public static string Group(IReadOnlyList<string> groups) => groups.Count == 1 ? groups[0] : string.Join(", ", groups);

    /// <summary>The first 128 bits of a SHA-256 over every part with its length before it, so that no two contents look the same. 22
    /// characters.
    /// Several groups and co-trainers come behind, so that a Session without them has the hash that it always had.</summary>
    internal static string Hash(
        ReadOnlySpan<string?> texts, IReadOnlyList<string> groups, IReadOnlyList<Reference> coTrainers, ReadOnlySpan<long> numbers)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            Append(sha, text);
        }

        foreach (var number in numbers)
        {
            Append(sha, number);
        }

        if (groups.Count > 1 || coTrainers.Count > 0)
        {
            Append(sha, groups.Count);
            foreach (var text in groups.Concat(coTrainers.Select(t => t.Value)))
            {
                Append(sha, text);
            }
        }

        Span<byte> hash = stackalloc byte[32];
        sha.GetHashAndReset(hash);
        return Convert.ToBase64String(hash[..16])[..22];
    }

    private static void Append(IncrementalHash sha, string? text)
    {
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        Append(sha, text is null ? -1 : bytes.Length);
        sha.AppendData(bytes);
    }

    private static void Append(IncrementalHash sha, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        sha.AppendData(bytes);
    }
}
