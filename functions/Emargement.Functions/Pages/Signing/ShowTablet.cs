using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Pages.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Signing.Tablet;
using Emargement.Web.Signing;

namespace Emargement.Functions.Pages.Signing;

/// <summary>Makes what the handed-round device shows: the names of those who have not signed.</summary>
public sealed class ShowTablet(ListTabletLearners list)
{
    /// <param name="chosen">Who was picked on the trainer's page already.</param>
    public async Task<Result<TabletModel>> RunAsync(
        Route<SessionId> session, Caller caller, string? chosen, CancellationToken cancellation)
    {
        var view = await list.RunAsync(session.Organisation, session.Id, caller, cancellation);
        return !view.IsOk ? view.Refusal : new TabletModel
        {
            Organisation = session.Organisation,
            Session = SessionViews.Signed(view.Value.Session),
            Unsigned = [.. view.Value.Learners.Where(l => !l.Signed).Select(Person)],
            Chosen = chosen,
        };
    }

    private static TabletPersonModel Person(TabletLearner learner) =>
        new(learner.Learner.Value, Namesakes.Named($"{learner.LastName} {learner.FirstName}", learner.Apart));
}
