using Emargement.Domain.Privacy;

namespace Emargement.Web.Privacy;

/// <param name="Trainings">The first to end first.</param>
public sealed record RetentionModel(IReadOnlyList<KeptModel> Trainings);

/// <param name="Until">The last day on which what proves the training is kept.</param>
/// <param name="Over">Whether that day has passed.</param>
public sealed record KeptModel(
    string Training, DateOnly LastDay, IReadOnlyList<string> Funders, int Learners, RetentionRule Rule, DateOnly Until, bool Over);
