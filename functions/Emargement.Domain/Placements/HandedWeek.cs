namespace Emargement.Domain.Placements;

/// <summary>What a device that was handed over to a learner may declare, and nothing else. Written <c>placement/2026-W48</c>.</summary>
public readonly record struct HandedWeek(PlacementId Placement, IsoWeek Week)
{
    public static bool TryParse(string? text, out HandedWeek handed)
    {
        var parts = text?.Split('/') ?? [];
        handed = default;
        if (parts.Length != 2 || !PlacementId.TryParse(parts[0], out var placement) || !IsoWeek.TryParse(parts[1], out var week))
        {
            return false;
        }

        handed = new HandedWeek(placement, week);
        return true;
    }

    public override string ToString() => $"{Placement}/{Week}";
}
