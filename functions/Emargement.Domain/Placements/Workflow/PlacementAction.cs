using System.Text.Json;
using System.Text.Json.Serialization;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements.Workflow;

/// <summary>Something to do for a placement now. Doing it twice does it once: a slot is mailed once, a version is sealed once.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(SendMail), "mail")]
[JsonDerivedType(typeof(SealPeriod), "seal")]
public abstract record PlacementAction
{
    public string ToJson() => JsonSerializer.Serialize(this, CanonicalJson.Options);

    public static PlacementAction FromJson(string json) =>
        JsonSerializer.Deserialize<PlacementAction>(json, CanonicalJson.Options)
            ?? throw new FormatException("An action is a JSON object.");
}

/// <param name="About">The part of a week, the section, the period, or the week and sequence of a disagreement.</param>
/// <param name="Step">0 for the first mail, then its reminders.</param>
public sealed record SendMail(string Slot, MailPurpose Purpose, string About, int Step) : PlacementAction;

public sealed record SealPeriod(string Period, int Version, int Covers) : PlacementAction;

/// <param name="Actions">To be done now, in this order.</param>
/// <param name="WakeAt">When to decide again if nothing changes before; null when finished.</param>
/// <param name="Period">The period that the placement is in, or the last one.</param>
/// <param name="Finished">Nothing will ever be due unless the placement changes.</param>
public sealed record PlacementDecision(IReadOnlyList<PlacementAction> Actions, DateTimeOffset? WakeAt, string Period, bool Finished);
