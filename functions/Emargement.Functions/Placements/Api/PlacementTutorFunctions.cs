using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Terms;
using Emargement.Functions.Placements.Tutors;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary>The tutors of a placement: who answers, at which address, and the links that they were sent.</summary>
public sealed class PlacementTutorFunctions(
    AddTutor add, ReplaceTutorAddress replace, MailTutorAgain mail, RevokeTutorLinks revoke, PlacementAnswers answers)
{
    private const string All = PlacementRoute.Address + "/tutors";
    private const string One = All + "/{tutor}";

    /// <summary>Another tutor from a day on; the one before answers until then.</summary>
    [Function("AddPlacementTutor")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> Add(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = All)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        answers.ChangedAsync(
            request,
            client,
            PlacementRoute.Of(request),
            (Route<PlacementId> route, NextTutorRequest body) => add.RunAsync(route, body, request.Caller().Id, cancellation),
            cancellation);

    /// <summary>A new address; the links sent to the old one die.</summary>
    [Function("ChangeTutorAddress")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> Address(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One + "/address")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        answers.ChangedAsync(
            request,
            client,
            PlacementRoute.Of(request),
            (Route<PlacementId> route, TutorAddressRequest body) =>
                replace.RunAsync(route, Tutor(request), body, request.Caller().Id, cancellation),
            cancellation);

    /// <summary>The tutor's mail again, now or from a day on.</summary>
    [Function("ResendTutorMail")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> MailAgain(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One + "/mail")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        answers.ChangedAsync(
            request,
            client,
            PlacementRoute.Of(request),
            (Route<PlacementId> route, ResendRequest body) =>
                mail.RunAsync(route, Tutor(request), body.NotBefore, request.Caller().Id, cancellation),
            cancellation);

    /// <summary>The links that this tutor was sent open nothing any more.</summary>
    [Function("RevokeTutorLinks")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.People)]
    public Task<IResult> Revoke(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One + "/revocation")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        answers.ChangedAsync(
            request,
            client,
            PlacementRoute.Of(request),
            (Route<PlacementId> route, RevokeLinksRequest body) =>
                revoke.RunAsync(route, Tutor(request), body.Reason, request.Caller().Id, cancellation),
            cancellation);

    private static string Tutor(HttpRequest request) => request.RouteText("tutor");
}
