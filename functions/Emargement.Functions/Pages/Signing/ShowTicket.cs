using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Pages.Sessions;
using Emargement.Functions.Sessions;
using Emargement.Functions.Signing;
using Emargement.Web.Signing;

namespace Emargement.Functions.Pages.Signing;

/// <summary>Makes the page of a presence ticket that came back by a form: who signs what.</summary>
public sealed class ShowTicket(PresenceTickets tickets, SessionScenes scenes)
{
    /// <returns>The page, or <c>ticket-invalid</c>, or what opening the Session refuses.</returns>
    public async Task<Result<SignModel>> RunAsync(Organisation organisation, string? text, CancellationToken cancellation)
    {
        if (text is null || tickets.Read(text) is not { } ticket || ticket.Organisation != organisation.Id)
        {
            return Refusal.BadInput("ticket-invalid");
        }

        var scene = await scenes.LatelyAsync(ticket.Organisation, ticket.Session, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        var (session, training) = (scene.Value.Session, scene.Value.Training);
        var line = scene.Value.Find(ticket.Learner);
        return new SignModel
        {
            Organisation = organisation.Id,
            LearnerName = line is null ? null : Namesakes.Named($"{line.FirstName} {line.LastName}", line.Apart),
            Session = SessionViews.Signed(SessionSummary.Of(session, training, organisation)),
            Ticket = text,
            DrawingWanted = ticket.DrawingWanted,
        };
    }
}
