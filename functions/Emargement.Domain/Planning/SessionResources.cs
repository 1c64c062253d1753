using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning;

/// <summary>What a Session takes: its trainers, its groups, and its room when people come to it.</summary>
public static class SessionResources
{
    public const string TrainerPrefix = "trainer|";
    public const string RoomPrefix = "room|";
    public const string GroupPrefix = "group|";
    public const string LearnerPrefix = "learner|";

    public static IEnumerable<string> Of(Session s) =>
    [
        .. Trainers(s.Trainers),
        .. Rooms(s.Site, s.Room, s.Modality),
        .. s.Groups.Select(group => Group(s.TrainingRef, group)),
    ];

    public static IEnumerable<string> Trainers(PlannedSession s) => Trainers(s.Trainers);

    public static IEnumerable<string> Rooms(PlannedSession s) => Rooms(s.Site, s.Room, s.Modality);

    public static IEnumerable<string> Groups(PlannedSession s) => s.Groups.Select(group => Group(s.TrainingRef, group));

    public static string Group(Reference training, string group) => $"{GroupPrefix}{training.Key}|{group}";

    private static IEnumerable<string> Trainers(IEnumerable<Reference> trainers) => trainers.Select(t => TrainerPrefix + t.Value);

    private static IEnumerable<string> Rooms(string? site, string? room, Modality modality)
    {
        if (room is not null && modality == Modality.Centre)
        {
            yield return $"{RoomPrefix}{site?.ToUpperInvariant()}|{room.ToUpperInvariant()}";
        }
    }
}
