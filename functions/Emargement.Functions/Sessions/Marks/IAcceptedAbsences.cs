using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Functions.Sessions.Marks;

/// <summary>What a closing asks whoever examines absences: which are accepted already.</summary>
public interface IAcceptedAbsences
{
    /// <summary>What accepted absences say of learners in a half-day, each in the name of who accepted it: one range.</summary>
    Task<IReadOnlyList<Marked>> OfAsync(OrganisationId organisation, SessionId session, CancellationToken cancellation);
}
