using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Privacy.Holds;

/// <param name="Hold">How addresses name it: <c>organisation</c>, <c>training:REFKEY</c> or <c>learner:REFKEY</c>.</param>
/// <param name="By">Who placed it.</param>
/// <param name="Until">The last day on which it counts; none until it is lifted.</param>
/// <param name="LiftAskedBy">Who asked to lift it and waits for another manager.</param>
public sealed record HoldView(
    string Hold, HoldScope Scope, Reference? Target, string Reason, string By, DateTimeOffset At, DateOnly? Until, string? LiftAskedBy)
{
    public static HoldView Of(LegalHold hold) => new(
        hold.Id.ToString(), hold.Id.Scope, hold.Id.Target, hold.Reason, hold.By, hold.At, hold.Until, hold.LiftAskedBy);
}

/// <param name="Lifted">False while another manager has to agree.</param>
public sealed record LiftView(bool Lifted);

/// <summary>Legal holds: what is in dispute, or inspected, is not deleted.</summary>
public sealed class HoldFunctions(OrganisationSettings organisations, LegalHoldsTable table, PlaceHold place, LiftHold lift)
{
    private const string Address = "api/organisations/{org}/holds";

    /// <summary>Every legal hold of the organisation.</summary>
    [Function("ListHolds")]
    [Access(Callers.Manager)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request, CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        return organisation.IsOk
            ? ApiJson.Ok((await table.AllAsync(organisation.Value.Id, cancellation)).Select(HoldView.Of))
            : Problem.From(organisation.Refusal);
    }

    /// <summary>Holds a training, a learner or all of the organisation: nothing of it is deleted until the hold ends.</summary>
    [Function("PlaceHold")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Hold)]
    public async Task<IResult> Place(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, PlaceHoldBody body) => place.RunAsync(organisation, body, request.Caller(), cancellation),
            hold =>
            {
                request.HttpContext.NoteHold(request.Organisation().Value, hold.Id);
                return ApiJson.Ok(HoldView.Of(hold), StatusCodes.Status201Created);
            },
            cancellation);

    /// <summary>Asks to lift a hold, or agrees with another manager who asked.</summary>
    [Function("LiftHold")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Hold)]
    public Task<IResult> Lift(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address + "/{hold}/lift")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            Routes.Of<HoldId>(request, "hold", HoldId.TryParse!, "hold-unknown"),
            hold =>
            {
                request.HttpContext.NoteHold(hold.Organisation, hold.Id);
                return lift.RunAsync(hold, request.Caller(), cancellation);
            },
            lifted => ApiJson.Ok(new LiftView(lifted.Waiting is null)));
}
