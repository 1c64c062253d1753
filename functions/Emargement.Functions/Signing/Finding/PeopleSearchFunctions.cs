using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Signing.Finding;

/// <summary>A person as a search finds them.</summary>
/// <param name="Kind"><c>learner</c> or <c>trainer</c>.</param>
public sealed record PersonFound(
    string Kind,
    Reference Ref,
    string LastName,
    string FirstName,
    EmailAddress? Email,
    IReadOnlyList<string> Groups,
    AccessState Access,
    bool Token,
    int? CardLeft)
{
    public static PersonFound Of(FoundPerson p) => new(
        AccountId.Word(p.Account.Id.Kind), p.Account.Id.Person, p.Account.LastName, p.Account.FirstName, p.Account.Email, p.Groups,
        p.Access, p.Token, p.CardLeft);
}

/// <summary>Finds people by the start of any word of their name, reference or e-mail.</summary>
public sealed class PeopleSearchFunctions(OrganisationSettings organisations, FindPeople find)
{
    /// <summary>Learners and trainers some word of whose name, reference or e-mail starts so.</summary>
    [Function("SearchPeople")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Read)]
    public async Task<IResult> Search(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/people")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => SearchAsync(organisation, request, cancellation),
            page => ApiJson.Ok(new Page<PersonFound>([.. page.Items.Select(PersonFound.Of)], page.Continuation)));

    private async Task<Result<Page<FoundPerson>>> SearchAsync(
        Organisation organisation, HttpRequest request, CancellationToken cancellation)
    {
        var filter = request.Query["kind"].ToString() switch
        {
            "" => PeopleFilter.All,
            "learner" => PeopleFilter.Learners,
            "trainer" => PeopleFilter.Trainers,
            _ => (PeopleFilter?)null,
        };
        return filter is not { } known ? Refusal.BadInput("query-invalid", ("names", "kind"))
            : PersonWords.OfQuery(request.Query["q"]) is not { } words ? Refusal.BadInput("query-too-short")
            : await find.RunAsync(organisation, words, known, request.Query["continuation"], cancellation);
    }
}
