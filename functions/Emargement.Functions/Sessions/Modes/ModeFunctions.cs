using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Sessions.Modes;

/// <param name="FirstElectronic">Of the organisation.</param>
/// <param name="Trainings">Of those that have their own.</param>
public sealed record ModesDecided(string? FirstElectronic, IReadOnlyList<PilotTraining> Trainings);

/// <summary>On paper or electronically: by group and month, by training, for everybody.</summary>
public sealed class ModeFunctions(OrganisationSettings organisations, ListModes list, ChangeModes change)
{
    private const string Root = "api/organisations/{org}/";

    /// <summary>How the groups of a training sign.</summary>
    [Function("ListModes")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Planning)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Root + "trainings/{training}/modes")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => TrainingOf(request).ThenAsync(training => list.RunAsync(organisation, training, cancellation)),
            modes => ApiJson.Ok(modes));

    /// <summary>Decides how a group signs from a month on.</summary>
    [Function("ChangeGroupMode")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Planning)]
    public async Task<IResult> OfGroup(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Root + "groups/{training}/{group}/modes")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, GroupModeRequest body) => GroupOf(request).ThenAsync(of => ListedAsync(
                organisation, of.Training,
                change.OfGroupAsync(organisation, of.Training, of.Group, body, request.Caller(), cancellation), cancellation)),
            modes => ApiJson.Ok(modes),
            cancellation);

    /// <summary>Decides from which month on a training signs electronically.</summary>
    [Function("ChangeTrainingMode")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Planning)]
    public async Task<IResult> OfTraining(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Root + "trainings/{training}/modes")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, FirstMonthRequest body) => TrainingOf(request).ThenAsync(training => ListedAsync(
                organisation, training, change.OfTrainingAsync(organisation, training, body, request.Caller(), cancellation),
                cancellation)),
            modes => ApiJson.Ok(modes),
            cancellation);

    /// <summary>Decides for everybody: a pilot of some trainings, or all from a month on.</summary>
    [Function("ChangeModes")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Planning)]
    public async Task<IResult> OfAll(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Root + "modes")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, ModesRequest body) => change.OfAllAsync(organisation, body, request.Caller(), cancellation),
            modes => ApiJson.Ok(new ModesDecided(
                ListModes.Text(modes.Everybody),
                [
                    .. modes.Firsts.Where(f => f.Training is not null)
                        .Select(f => new PilotTraining(f.Training!.Value, ListModes.Text(f)!)),
                ])),
            cancellation);

    private async Task<Result<TrainingModes>> ListedAsync(
        Organisation organisation, Reference training, Task<Result<Domain.Sessions.Modes.GroupModes>> changed,
        CancellationToken cancellation) =>
        await (await changed).ThenAsync(async modes =>
            (Result<TrainingModes>)await list.OfAsync(organisation, training, modes, cancellation));

    private static Result<Reference> TrainingOf(HttpRequest request) =>
        Reference.TryParseKey(request.RouteText("training"), out var training) ? training : Refusal.NotFound("training-unknown");

    private static Result<(Reference Training, string Group)> GroupOf(HttpRequest request) =>
        Reference.TryParseKey(request.RouteText("training"), out var training)
        && Reference.TryParseKey(request.RouteText("group"), out var group)
            ? (training, group.Value)
            : Refusal.NotFound("group-unknown");
}
