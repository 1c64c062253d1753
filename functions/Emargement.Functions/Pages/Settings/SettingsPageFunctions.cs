using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Storage;
using Emargement.Web.People.Settings;
using Emargement.Web.Platform;
using Emargement.Web.Platform.Navigation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Settings;

/// <summary>The pages of an organisation's settings. Their forms need no script.</summary>
public sealed class SettingsPageFunctions(
    OrganisationSettings organisations, OrganisationsTable table, ChangeSettingsByForm change, ShowClosedMonths closed)
{
    private const string Own = $"o/{{org}}/{SettingsPaths.Organisation}";
    private const string Reminders = $"o/{{org}}/{SettingsPaths.Reminders}";

    /// <summary>What holds for the whole organisation.</summary>
    [Function("ShowSettingsPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Own)] HttpRequest request, CancellationToken cancellation) =>
        await ShowAsync<OrganisationSettingsPage>(request, cancellation);

    /// <summary>Saves it, and shows it again.</summary>
    [Function("ChangeSettingsOnPage")]
    [Access(Callers.Manager, PerMinute = 30)]
    [Page]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Own)] HttpRequest request, CancellationToken cancellation) =>
        ChangeAsync<OrganisationSettingsPage>(request, SettingsForms.Own, SettingsPaths.Organisation, cancellation);

    /// <summary>Of what people are reminded.</summary>
    [Function("ShowReminderSettingsPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> ShowReminders(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Reminders)] HttpRequest request, CancellationToken cancellation) =>
        await ShowAsync<ReminderSettingsPage>(request, cancellation);

    /// <summary>Saves it, and shows it again.</summary>
    [Function("ChangeRemindersOnPage")]
    [Access(Callers.Manager, PerMinute = 30)]
    [Page]
    public Task<IResult> ChangeReminders(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Reminders)] HttpRequest request, CancellationToken cancellation) =>
        ChangeAsync<ReminderSettingsPage>(request, SettingsForms.Reminders, SettingsPaths.Reminders, cancellation);

    /// <summary>The months that change no more, why, and by whom.</summary>
    [Function("ShowClosedMonthsPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> ShowMonths(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = $"o/{{org}}/{SettingsPaths.Months}")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<ClosedMonthsPage, ClosedMonthsModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => closed.RunAsync(organisation, request.Texts(), cancellation));

    private async Task<IResult> ShowAsync<TPage>(HttpRequest request, CancellationToken cancellation)
        where TPage : PageComponent<SettingsModel> =>
        await request.ShowAsync<TPage, SettingsModel>(
            await organisations.OfAsync(request, cancellation),
            async organisation => (await table.GetAsync(organisation.Id, cancellation)).Then(
                read => ModelOf(read) with { Saved = request.Query.ContainsKey("saved") }));

    private Task<IResult> ChangeAsync<TPage>(
        HttpRequest request, Func<FormFields, Result<SettingsChange>> read, string path, CancellationToken cancellation)
        where TPage : PageComponent<SettingsModel> =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            async (organisation, form) => await AnswerAsync<TPage>(
                request, organisation, form, await change.RunAsync(organisation.Id, read(form), cancellation), path, cancellation),
            cancellation);

    private async Task<IResult> AnswerAsync<TPage>(
        HttpRequest request, Organisation organisation, FormFields form, Result<Organisation> changed, string path,
        CancellationToken cancellation)
        where TPage : PageComponent<SettingsModel>
    {
        if (changed.IsOk)
        {
            return Results.Redirect($"/o/{organisation.Id}/{path}?saved");
        }

        var refusal = SettingsForms.Named(changed.Refusal, request.Texts());
        return await request.ReturnAsync<TPage, SettingsModel>(
            organisation,
            refusal,
            ShownAsync(organisation, cancellation),
            shown => shown with { Returned = request.Returned(SettingsModel.Form, form, refusal, organisation) });
    }

    private async Task<Result<SettingsModel>> ShownAsync(Organisation organisation, CancellationToken cancellation) =>
        (await table.GetAsync(organisation.Id, cancellation)).Then(ModelOf);

    private static SettingsModel ModelOf(Stored<Organisation> read) => new(read.Value, read.ETag.ToString());
}
