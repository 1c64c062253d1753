using Emargement.Domain.Platform;
using Emargement.Domain.Sessions.Modes;
using Emargement.Web.Platform;

namespace Emargement.Web.Sessions.Modes;

/// <summary>The organisation's trainings, and who of them signs electronically from when.</summary>
public sealed record TrainingsModel
{
    public const string Pilot = "pilot", General = "general";

    public required OrganisationId Organisation { get; init; }

    public IReadOnlyList<TrainingRowModel> Trainings { get; init; } = [];

    /// <summary>What nobody decided otherwise.</summary>
    public FirstElectronicMonth? Everybody { get; init; }

    /// <summary>Months that can be chosen, the first first.</summary>
    public IReadOnlyList<YearMonth> Months { get; init; } = [];

    /// <summary>Whether something was decided just now.</summary>
    public bool Done { get; init; }

    public ReturnedForm? Returned { get; init; }
}

/// <param name="Own">What was decided for it.</param>
/// <param name="PaperGroups">Groups with a decision of their own that puts them on paper this month.</param>
public sealed record TrainingRowModel(
    Reference Training, string Title, DateOnly FirstDay, DateOnly LastDay, SigningMode Mode, FirstElectronicMonth? Own, int PaperGroups);

/// <summary>A training: what its file says, how one signs in it, and each group's way.</summary>
public sealed record TrainingModel
{
    public const string Methods = "methods", First = "first";

    public required OrganisationId Organisation { get; init; }

    public required Reference Training { get; init; }

    public required string Title { get; init; }

    public required DateOnly FirstDay { get; init; }

    public required DateOnly LastDay { get; init; }

    public string? Site { get; init; }

    /// <summary>The ways that it allows; null when it follows the organisation.</summary>
    public IReadOnlyList<SigningMethod>? Allowed { get; init; }

    /// <summary>The organisation's.</summary>
    public IReadOnlyList<SigningMethod> Usual { get; init; } = [];

    public FirstElectronicMonth? Own { get; init; }

    public IReadOnlyList<GroupWayModel> Groups { get; init; } = [];

    public IReadOnlyList<YearMonth> Months { get; init; } = [];

    public bool Done { get; init; }

    public ReturnedForm? Returned { get; init; }
}

/// <param name="Mode">In the month of now.</param>
/// <param name="Changes">What was decided for it, the earliest first.</param>
/// <param name="Week">Where its paper week of now is.</param>
public sealed record GroupWayModel(string Group, string Key, SigningMode Mode, IReadOnlyList<GroupModeRow> Changes, string Week);
