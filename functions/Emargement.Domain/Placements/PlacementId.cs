using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements;

/// <summary>Names one placement of the whole service: 20 hexadecimal digits drawn from what makes it this placement, so that creating it
/// twice gives it once.</summary>
public readonly record struct PlacementId
{
    private const int Digits = 20;

    private readonly string? _value;

    private PlacementId(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("A PlacementId is made by Of or Parse.");

    /// <param name="firstDay">The first day as first planned; a later change of dates keeps the id.</param>
    public static PlacementId Of(
        OrganisationId organisation, Reference learner, Reference training, string group, string company, DateOnly firstDay)
    {
        var text = string.Join(
            '\n',
            "placement",
            organisation,
            learner,
            training,
            group,
            company.Trim().ToUpperInvariant(),
            firstDay.ToString("O", CultureInfo.InvariantCulture));
        return new PlacementId(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits]);
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out PlacementId id)
    {
        var ok = text is { Length: Digits } && text.All(char.IsAsciiHexDigitLower);
        id = ok ? new PlacementId(text!) : default;
        return ok;
    }

    /// <summary>Reads an id that this service wrote.</summary>
    public static PlacementId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' names no placement.");

    public override string ToString() => Value;
}

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
