using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts;
using Emargement.Functions.Pages.Sessions;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Web.Platform;
using Emargement.Web.Signing;

namespace Emargement.Functions.Pages.Signing;

/// <summary>
/// Makes what the learner's home shows: to a signed-in learner the day's sessions and the placements, to others the way to sign with a
/// token.
/// </summary>
public sealed class ShowLearnerHome(ListSessionsOfDay list, AccountsTable accounts, PlacementsTable placements, TimeProvider time)
{
    public async Task<Result<LearnerHomeModel>> RunAsync(Organisation organisation, Caller caller, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var model = new LearnerHomeModel { Organisation = organisation.Id, Today = organisation.Zone.DateAt(now) };
        if (caller is not { Kind: Callers.Learner, Account: { } account } || !caller.IsOf(organisation.Id)
            || await accounts.FindAsync(organisation.Id, account, cancellation) is not { } stored)
        {
            return model;
        }

        var sessions = await list.RunAsync(organisation.Id, null, caller, cancellation);
        var inCompany = (await placements.OfLearnerAsync(organisation.Id, account.Person, cancellation))
            .Where(
                p => p.FirstDay <= model.Today
                    && p.Progress.State is not (PlacementProgressState.Cancelled or PlacementProgressState.Sealed));
        return model with
        {
            LearnerName = stored.Value.FirstName,
            Sessions = [.. (sessions.Value ?? []).Select(day => Session(day, now)).OrderBy(s => s.Session.Start)],
            Placements = [.. inCompany.Select(p => new LinkModel($"/o/{organisation.Id}/placements/{p.Id}/week", p.Company))],
        };
    }

    private static LearnerSessionModel Session(DaySession day, DateTimeOffset now)
    {
        var session = day.Session;
        var remote = session is { State: SessionState.Open, Modality: Modality.Distance } && session.WindowOpens <= now
            && now <= session.WindowEnds;
        return new LearnerSessionModel(
            SessionViews.Signed(session),
            session.State,
            day.Signed == true,
            remote,
            now < session.WindowOpens ? session.WindowOpens : null);
    }
}
