using Emargement.Domain.Placements;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Placements.Following;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Placements;

/// <summary><c>GET o/{org}/placements/{placement}</c>: the placement as the organisation follows and changes it; a learner is led to the week to declare.</summary>
public sealed class ShowPlacementPage(PlacementFiles files, PlacementPeopleNames names, LearnersTable learners, TrainingsTable trainings, TimeProvider time)
{
    [Function("ShowPlacementPage")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    [Page]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/placements/{placement}")] HttpRequest request, string org, string placement, CancellationToken cancellation)
    {
        if (request.Caller().Kind == Callers.Learner)
        {
            return Results.Redirect($"/o/{org}/placements/{placement}/week");
        }

        var route = PlacementRoute.Parse(org, placement);
        var read = route.IsOk ? await files.ReadAsync(route.Value.Organisation, route.Value.Placement, cancellation) : route.Refusal;
        return read.IsOk
            ? await request.PageAsync<PlacementPage, PlacementPageModel>(read.Value.Organisation, await ModelAsync(request, read.Value, cancellation))
            : await request.RefusalPageAsync(null, read.Refusal);
    }

    private async Task<PlacementPageModel> ModelAsync(HttpRequest request, PlacementFile file, CancellationToken cancellation)
    {
        var (placement, now) = (file.State.Placement, time.GetUtcNow());
        var (terms, today) = (placement.Terms, file.Clock.DateAt(now));
        var learner = await learners.FindAsync(file.Organisation.Id, placement.LearnerRef, cancellation);
        var training = await trainings.FindAsync(file.Organisation.Id, placement.TrainingRef, cancellation);
        var name = learner is null ? placement.LearnerRef.Value : $"{learner.Value.FirstName} {learner.Value.LastName}";
        var url = $"/api/organisations/{file.Organisation.Id}/placements/{file.Id}";
        return new PlacementPageModel
        {
            Organisation = file.Organisation.Id,
            Url = url,
            WeekUrl = $"/o/{file.Organisation.Id}/placements/{file.Id}/week?week=",
            Version = placement.Version,
            CanChange = request.Caller().Kind == Callers.Manager,
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
            Weeks = PlacementModelOf.Weeks(file, terms.FirstDay, terms.LastDay, today),
            Mails = await names.MailsAsync(file, name, cancellation),
            Documents = PlacementModelOf.Documents(file, file.Calendar.Periods(), url, today),
            Changes = await names.ChangesAsync(file, request.Texts(), cancellation),
        };
    }
}
