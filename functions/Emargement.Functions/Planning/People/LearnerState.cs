using Azure;
using Emargement.Domain.People;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.People;

/// <summary>A learner with the enrolments, as a person reads them before changing them.</summary>
/// <param name="Namesakes">Others of nearly the same name, when the name was just written.</param>
public sealed record LearnerState(
    Stored<Learner> Stored, IReadOnlyList<Enrolment> Enrolments, IReadOnlyList<Learner> Namesakes)
{
    public Learner Learner => Stored.Value;

    public static LearnerState Of(Stored<Learner> stored, IReadOnlyList<Enrolment> enrolments) => new(stored, enrolments, []);
}

/// <summary>A trainer as a person reads them before changing them.</summary>
/// <param name="Namesakes">Others of nearly the same name, when the name was just written.</param>
public sealed record TrainerState(Stored<Trainer> Stored, IReadOnlyList<Trainer> Namesakes)
{
    public Trainer Trainer => Stored.Value;
}
