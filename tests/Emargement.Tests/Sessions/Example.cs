using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Tests.Sessions;

/// <summary>
/// One morning of one organisation, 23 November 2026 from 09:00 to 12:30 in Paris (08:00 to 11:30 UTC), for tests of rules.
/// </summary>
public static class Example
{
    public static Organisation Organisation { get; } = new()
    {
        Id = OrganisationId.Parse("garonne"),
        Name = "Garonne Formation",
        Nda = "76310000000",
        Siret = "12345678900011",
        Region = "occitanie",
    };

    public static Session Morning { get; } = new()
    {
        Organisation = Organisation.Id,
        Id = SessionId.Parse("20261123-1-S1"),
        SlotRef = Reference.Parse("S1"),
        TrainingRef = Reference.Parse("AF1"),
        Group = "G1",
        TrainerRef = Reference.Parse("F1"),
        Modality = Modality.Centre,
        Start = At("08:00:00"),
        End = At("11:30:00"),
        Source = "import",
        ContentHash = "",
        State = SessionState.Planned,
    };

    public static byte[] Key { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    /// <summary>An instant of that day, from its UTC time.</summary>
    public static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-11-23T{time}Z", CultureInfo.InvariantCulture);
}
