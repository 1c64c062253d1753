using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Web.Placements.Following;
using Emargement.Web.Platform;

namespace Emargement.Functions.Pages.Placements;

/// <summary>Makes what the page of one placement shows, as the organisation follows and changes it.</summary>
public sealed class ShowPlacement(
    PlacementFiles files, PlacementPeopleNames names, LearnersTable learners, TrainingsTable trainings, TimeProvider time)
{
    /// <param name="texts">In the reader's language: who changed what is said in it.</param>
    /// <param name="did">The act that the page comes after, if any.</param>
    public async Task<Result<PlacementPageModel>> RunAsync(
        Result<Route<PlacementId>> route, Caller caller, Texts texts, string? did, CancellationToken cancellation)
    {
        var file = route.IsOk ? await files.OpenAsync(route.Value, caller, cancellation) : route.Refusal;
        return file.IsOk
            ? await ModelAsync(file.Value, caller, texts, cancellation) with { Did = PlacementPageModel.Acts.FirstOrDefault(a => a == did) }
            : file.Refusal;
    }

    private async Task<PlacementPageModel> ModelAsync(PlacementFile file, Caller caller, Texts texts, CancellationToken cancellation)
    {
        var (placement, now) = (file.State.Placement, time.GetUtcNow());
        var (terms, today) = (placement.Terms, file.Clock.DateAt(now));
        var learner = await learners.FindAsync(file.Organisation.Id, placement.LearnerRef, cancellation);
        var training = await trainings.FindAsync(file.Organisation.Id, placement.TrainingRef, cancellation);
        var name = learner is null ? placement.LearnerRef.Value : $"{learner.Value.FirstName} {learner.Value.LastName}";
        var url = PlacementRoute.Url(file.Organisation.Id, file.Id);
        return new PlacementPageModel
        {
            Organisation = file.Organisation.Id,
            Url = url,
            WeekUrl = $"/o/{file.Organisation.Id}/placements/{file.Id}/week?week=",
            Version = placement.Version,
            CanChange = caller.Kind == Callers.Manager,
            Learner = name,
            Training = training?.Value.Title ?? placement.TrainingRef.Value,
            Group = placement.Group,
            Company = terms.Company,
            First = terms.FirstDay,
            Last = terms.LastDay,
            Today = today,
            MinutesADay = terms.MinutesADay,
            State = PlacementProgress.Of(file.State, file.Calendar, file.Clock, now).State,
            DaysOff = terms.DaysOff,
            Tutors = [.. terms.Tutors.Select(t => new PlacementTutorModel(t.Key, t.Name, t.Email?.Value, t.From, t.To))],
            Weeks = ShownHours.Weeks(file, terms.FirstDay, terms.LastDay, today),
            Mails = await names.MailsAsync(file, name, cancellation),
            Documents = ShownHours.Documents(file, file.Calendar.Periods(), url, today),
            Changes = await names.ChangesAsync(file, texts, cancellation),
        };
    }
}
