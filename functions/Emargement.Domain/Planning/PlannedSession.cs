using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning;

/// <summary>A Session as a planning file asks for it. A file gives hundreds of thousands of them, so texts that repeat are shared.</summary>
public sealed class PlannedSession
{
    /// <summary>The source of Sessions that an import owns.</summary>
    public const string ImportSource = "import";

    public required Reference Ref { get; init; }

    public required Reference SlotRef { get; init; }

    public required Reference TrainingRef { get; init; }

    public required string Group { get; init; }

    public Reference? TrainerRef { get; init; }

    public string? Module { get; init; }

    public string? Site { get; init; }

    public string? Room { get; init; }

    public required Modality Modality { get; init; }

    public required DateOnly Date { get; init; }

    public required HalfDay HalfDay { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>Line of the file on which its row starts.</summary>
    public required int Line { get; init; }

    public YearMonth Month => YearMonth.Of(Date);

    public Session ToSession(OrganisationId organisation)
    {
        var session = new Session
        {
            Organisation = organisation,
            Id = new SessionId(Date, HalfDay, Ref),
            SlotRef = SlotRef,
            TrainingRef = TrainingRef,
            Group = Group,
            TrainerRef = TrainerRef,
            Module = Module,
            Site = Site,
            Room = Room,
            Modality = Modality,
            Start = Start,
            End = End,
            Source = ImportSource,
            ContentHash = "",
            State = SessionState.Planned,
        };
        return session with { ContentHash = ContentHash() };
    }

    /// <summary>What an import compares: the same hash is the same content.</summary>
    public string ContentHash() =>
        SessionContent.Hash(SlotRef.Value, TrainingRef.Value, Group, TrainerRef?.Value, Module, Site, Room, Modality, Start, End);
}

public static class SessionContent
{
    /// <summary>Hash of a Session's planned content as it now stands, whoever wrote it.</summary>
    public static string Hash(Session s) =>
        Hash(s.SlotRef.Value, s.TrainingRef.Value, s.Group, s.TrainerRef?.Value, s.Module, s.Site, s.Room, s.Modality, s.Start, s.End);

    /// <summary>The first 128 bits of a SHA-256 over every part with its length before it, so that no two contents look the same. 22 characters.</summary>
    internal static string Hash(
        string slot, string training, string group, string? trainer, string? module, string? site, string? room, Modality modality, DateTimeOffset start, DateTimeOffset end)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        foreach (var text in new[] { slot, training, group, trainer, module, site, room })
        {
            var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt64LittleEndian(number, text is null ? -1 : bytes.Length);
            sha.AppendData(number);
            sha.AppendData(bytes);
        }

        foreach (var value in new[] { (long)modality, start.UtcTicks, end.UtcTicks })
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
            sha.AppendData(number);
        }

        Span<byte> hash = stackalloc byte[32];
        sha.GetHashAndReset(hash);
        return Convert.ToBase64String(hash[..16])[..22];
    }
}
