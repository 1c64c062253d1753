using Emargement.Web.Platform;

namespace Emargement.Web.Months;

/// <summary>What stands against validating a month, and the act itself.</summary>
/// <param name="Settle">What is to be settled, by sort.</param>
/// <param name="Accept">What may be accepted with a reason, by sort.</param>
public sealed record ValidationModel(
    MonthModel Month, IReadOnlyList<BlockerModel> Settle, IReadOnlyList<BlockerModel> Accept)
{
    public ReturnedForm? Returned { get; init; }

    /// <summary>accepted, validated, withdrawn or locked, just now.</summary>
    public string? Done { get; init; }
}

public sealed record BlockerModel(string Code, bool Acceptable, IReadOnlyList<SettleLineModel> Lines);
