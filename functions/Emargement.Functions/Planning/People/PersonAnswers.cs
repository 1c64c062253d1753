using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People.Listing;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Planning.People;

/// <summary>Somebody of nearly the same name.</summary>
public sealed record NamesakeView(Reference Ref, string LastName, string FirstName, DateOnly? BirthDate);

/// <param name="Kept">Whether the periods were changed by hand and stand above the files.</param>
/// <param name="Version">What a change of it carries in If-Match.</param>
public sealed record EnrolmentView(
    Reference Training, string Group, IReadOnlyList<EnrolmentPeriod> Periods, bool Kept, string Version)
{
    public static EnrolmentView Of(Enrolment e) => new(e.TrainingRef, e.Group, e.Periods, e.Kept, EnrolmentVersion.Of(e).ToString());
}

/// <param name="Kept">Fields that were changed by hand and stand above the files.</param>
/// <param name="Namesakes">Who bears nearly the same name, when it was just written.</param>
/// <param name="Version">What a further change carries in If-Match.</param>
public sealed record LearnerDetails(
    LearnerView Learner,
    IReadOnlyList<string> Kept,
    IReadOnlyList<EnrolmentView> Enrolments,
    IReadOnlyList<NamesakeView> Namesakes,
    string Version)
{
    public static IResult Answer(LearnerState state, int status) => ETags.Ok(
        new LearnerDetails(
            LearnerView.Of(state.Learner),
            state.Learner.Kept.Names,
            [.. state.Enrolments.Select(EnrolmentView.Of)],
            [.. state.Namesakes.Select(n => new NamesakeView(n.Ref, n.LastName, n.FirstName, n.BirthDate))],
            state.Stored.ETag.ToString()),
        state.Stored.ETag,
        status);
}

/// <summary>As <see cref="LearnerDetails"/>.</summary>
public sealed record TrainerDetails(
    TrainerView Trainer, IReadOnlyList<string> Kept, IReadOnlyList<NamesakeView> Namesakes, string Version)
{
    public static IResult Answer(TrainerState state, int status) => ETags.Ok(
        new TrainerDetails(
            TrainerView.Of(state.Trainer),
            state.Trainer.Kept.Names,
            [.. state.Namesakes.Select(n => new NamesakeView(n.Ref, n.LastName, n.FirstName, null))],
            state.Stored.ETag.ToString()),
        state.Stored.ETag,
        status);
}
