using Emargement.Domain.People;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Reminders.Stopping;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Reminders;

/// <summary>Of what one is reminded by mail.</summary>
public sealed class OwnReminderFunctions(OrganisationSettings organisations, AccountsTable accounts, MuteReminders mute)
{
    private const string Address = AccountRoute.OwnAddress + "/reminders";

    /// <summary>Of what one is reminded, and of what one asked not to be.</summary>
    [Function("ShowOwnReminders")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            async organisation => (await accounts.GetAsync(organisation.Id, AccountRoute.Own(request).Id, cancellation))
                .Then(own => OwnReminders.Of(organisation, own.Value)),
            own => ApiJson.Ok(own));

    /// <summary>Says of what one does not want to be reminded.</summary>
    [Function("ChangeOwnReminders")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public async Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, OwnRemindersPatch body) =>
                mute.ChooseAsync(organisation, AccountRoute.Own(request).Id, _ => body.Muted, cancellation),
            own => ApiJson.Ok(own),
            cancellation);
}
