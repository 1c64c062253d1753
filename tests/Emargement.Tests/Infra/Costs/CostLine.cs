using System.Globalization;

namespace Emargement.Tests.Infra.Costs;

/// <summary>One factor of a product, with its words.</summary>
internal sealed record Factor(double Value, string Of)
{
    public string Text => $"{Number(Value)} {Of}".Trim();

    /// <summary>Thousands apart; four digits of what is smaller.</summary>
    public static string Number(double value) => value >= 1000
        ? value.ToString("#,0", CultureInfo.InvariantCulture).Replace(",", "\u00A0", StringComparison.Ordinal)
        : ((decimal)double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)).ToString(
            "0.##########", CultureInfo.InvariantCulture);
}

/// <summary>An amount of a year, as a product that can be read and checked by hand.</summary>
/// <param name="Group">What dominates is said of groups.</param>
internal sealed record CostLine(string Group, string Name, params Factor[] Factors)
{
    public double Amount => Factors.Aggregate(1.0, (product, factor) => product * factor.Value);

    public string Formula => string.Join(" × ", Factors.Select(f => f.Text));
}
