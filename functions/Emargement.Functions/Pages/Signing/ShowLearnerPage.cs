using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts;
using Emargement.Functions.Pages.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Web.Platform;
using Emargement.Web.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Signing;

/// <summary><c>GET o/{org}/sign</c>: the learner's home. Without a sign-in it takes a personal token, which says who.</summary>
public sealed class ShowLearnerPage(OrganisationSettings organisations, DayList days, AccountsTable accounts, PlacementsTable placements, TimeProvider time)
{
    [Function("ShowLearnerPage")]
    [Public("A personal token says who signs, without a sign-in; the day's sessions are shown to a signed-in learner only.", PerMinute = 600)]
    [Page]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/sign")] HttpRequest request, string org, CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(org, cancellation);
        if (!organisation.IsOk)
        {
            return await request.RefusalPageAsync(null, organisation.Refusal);
        }

        var now = time.GetUtcNow();
        var model = new LearnerHomeModel { Organisation = organisation.Value.Id, Today = organisation.Value.Zone.DateAt(now) };
        return await request.PageAsync<LearnerHomePage, LearnerHomeModel>(organisation.Value, await WithLearnerAsync(model, organisation.Value, request.Caller(), now, cancellation));
    }

    private async Task<LearnerHomeModel> WithLearnerAsync(
        LearnerHomeModel model, Organisation organisation, Caller caller, DateTimeOffset now, CancellationToken cancellation)
    {
        if (caller is not { Kind: Callers.Learner, Account: { } account } || !caller.IsOf(organisation.Id)
            || await accounts.FindAsync(organisation.Id, account, cancellation) is not { } stored)
        {
            return model;
        }

        var list = await days.ReadAsync(organisation.Id, null, caller, cancellation);
        var inCompany = (await placements.OfLearnerAsync(organisation.Id, account.Person, cancellation))
            .Where(p => p.FirstDay <= model.Today && p.Progress.State is not (PlacementProgressState.Cancelled or PlacementProgressState.Sealed));
        return model with
        {
            LearnerName = stored.Value.FirstName,
            Sessions = [.. (list.Value ?? []).Select(day => Session(day, now)).OrderBy(s => s.Session.Start)],
            Placements = [.. inCompany.Select(p => new LinkModel($"/o/{organisation.Id}/placements/{p.Id}/week", p.Company))],
        };
    }

    private static LearnerSessionModel Session(DaySession day, DateTimeOffset now)
    {
        var session = day.Session;
        var remote = session is { State: SessionState.Open, Modality: Modality.Distance } && session.WindowOpens <= now && now <= session.WindowEnds;
        return new LearnerSessionModel(SessionViews.Signed(session), session.State, day.Signed == true, remote, now < session.WindowOpens ? session.WindowOpens : null);
    }
}
