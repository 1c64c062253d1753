using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Audit;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Journal;

/// <summary>What a call asks of a journal; what it asks stands in the journal too.</summary>
public sealed class JournalQuestions(OrganisationSettings organisations, TimeProvider time)
{
    /// <returns>What is asked of whose journal, or <c>organisation-unknown</c>, or as <see cref="JournalQuery.Of"/>.</returns>
    public async Task<Result<(Organisation Organisation, JournalQuery Query)>> OfAsync(
        HttpRequest request, JournalAsk ask, CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        return organisation.IsOk ? Of(request, ask, organisation.Value) : organisation.Refusal;
    }

    /// <returns>As <see cref="JournalQuery.Of"/>.</returns>
    public Result<(Organisation Organisation, JournalQuery Query)> Of(HttpRequest request, JournalAsk ask, Organisation organisation)
    {
        var query = JournalQuery.Of(ask, organisation.Zone.DateAt(time.GetUtcNow()));
        if (!query.IsOk)
        {
            return query.Refusal;
        }

        var asked = query.Value.Question;
        request.HttpContext.NoteAudit(new AuditNote(
            organisation.Id,
            Person: asked?.Letter == AuditQuestion.PersonLetter ? asked.Of : null,
            Session: asked?.Letter == AuditQuestion.SessionLetter ? asked.Of : null));
        return (organisation, query.Value);
    }
}
