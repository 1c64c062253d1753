using Emargement.Domain.People;
using Emargement.Domain.Reminders;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Reminders.Stopping;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Reminders;

/// <summary>« Mes rappels » on the page of one's own account. It needs no script.</summary>
public sealed class OwnReminderPageFunctions(OrganisationSettings organisations, MuteReminders mute)
{
    private const string Account = "o/{org}/account";

    /// <summary>Says of what one wants to be reminded, and shows one's account again.</summary>
    [Function("ChangeOwnRemindersOnPage")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    [Page(Of = Account)]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Account + "/reminders")] HttpRequest request,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => ChangeAsync(request, organisation, form, cancellation),
            cancellation);

    // What is not ticked of what was shown is not wanted; what was not shown stays as it is.
    private async Task<IResult> ChangeAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var own = AccountRoute.Own(request);
        var (shown, wanted) = (KindsOf(form.All("shown")), KindsOf(form.All("wanted")));
        var changed = await mute.ChooseAsync(
            organisation, own.Id, before => before.Except(shown).Concat(shown.Except(wanted)), cancellation);
        return changed.IsOk
            ? Results.Redirect($"{organisation.Id.Pages}/account?reminders#reminders")
            : await request.RefusalPageAsync(organisation, changed.Refusal);
    }

    private static List<ReminderKind> KindsOf(IEnumerable<string> words) =>
        [.. words.Select(w => ReminderKinds.TryParse(w, out var kind) ? kind : default(ReminderKind?)).OfType<ReminderKind>()];
}
