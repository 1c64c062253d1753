using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Privacy.Erasure;

/// <param name="Until">The last day on which what proves the training is kept.</param>
public sealed record KeptProofView(Reference Training, string Title, RetentionRule Rule, DateOnly Until);

/// <param name="ErasedOn">Since when account, sessions, address and telephone are gone.</param>
/// <param name="OnHold">Whether a legal hold keeps everything.</param>
/// <param name="KeptUntil">The last day on which any of it is kept; none where nothing is.</param>
/// <param name="Kept">What stays, and by which rule.</param>
public sealed record ErasureView(
    string Person, DateOnly? ErasedOn, bool OnHold, DateOnly? KeptUntil, IReadOnlyList<KeptProofView> Kept)
{
    public static ErasureView Of(ErasureAnswer answer) => new(
        answer.Person.Key,
        answer.ErasedOn,
        answer.OnHold,
        answer.KeptUntil,
        [.. answer.Kept.Select(k => new KeptProofView(k.Training.Ref, k.Training.Title, k.Term.Rule, k.Term.Until))]);
}

/// <summary>Somebody who asks to be erased.</summary>
public sealed class ErasureFunctions(OrganisationSettings organisations, ErasePerson erase)
{
    private const string Address = AccountRoute.Address + "/erasure";

    /// <summary>What erasing a person would leave, and until when.</summary>
    [Function("ShowErasure")]
    [Access(Callers.Manager)]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await OfAsync(request, cancellation),
            asked => erase.ShowAsync(asked.Organisation, asked.Person, cancellation),
            answer => ApiJson.Ok(ErasureView.Of(answer)));

    /// <summary>Erases account, sessions, address and telephone of a person for good. What proves their trainings stays until its term: the
    /// answer says what, and why.</summary>
    [Function("ErasePerson")]
    [Access(Callers.Manager, PerMinute = 20)]
    [Audit(AuditKind.Erasure)]
    public async Task<IResult> Erase(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await OfAsync(request, cancellation),
            asked => erase.RunAsync(asked.Organisation, asked.Person, request.Caller(), cancellation),
            answer => ApiJson.Ok(ErasureView.Of(answer)));

    private Task<Result<(Organisation Organisation, AccountId Person)>> OfAsync(HttpRequest request, CancellationToken cancellation) =>
        organisations.OfAsync(request, cancellation).ThenAsync(organisation => Task.FromResult(
            AccountRoute.Of(request).Then(route => (organisation, route.Id))));
}
