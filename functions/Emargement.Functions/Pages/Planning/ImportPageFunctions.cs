using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Planning;
using Emargement.Functions.Planning.Endpoints;
using Emargement.Functions.Planning.Nightly;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Planning;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Planning;

/// <summary>Pages of imports and sources, and their forms, which need no script.</summary>
public sealed class ImportPageFunctions(
    OrganisationSettings organisations,
    ShowImports showAll,
    ShowImport showOne,
    ImportUpload upload,
    ImportAgain again,
    ChangeSources change,
    SettleConflict settle,
    WaitForNight wait,
    PreviewNight preview,
    ImportSequel sequel,
    PublicAddress address,
    LargeBodies bodies)
{
    private const string All = "o/{org}/imports";
    private const string One = All + "/{run}";

    /// <summary>The runs, the sources with their state, and the forms that send files or add a source.</summary>
    [Function("ShowImportsPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<ImportsPage, ImportsModel>(
            await organisations.OfAsync(request, cancellation), organisation => ShownAsync(request, organisation, cancellation));

    /// <summary>The report of a run.</summary>
    [Function("ShowImportPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Report(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<ImportReportPage, ImportReportModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => showOne.RunAsync(organisation, request.RouteText("run"), request.Texts(), cancellation));

    /// <summary>Imports the files of the form, or with <c>dryRun</c> shows what their import would do, or with <c>tonight</c> lets them
    /// wait for the night.</summary>
    [Function("ImportByForm")]
    [Access(Callers.Manager, PerMinute = 20)]
    [Page]
    public async Task<IResult> Send(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = All)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        if (request.TryFlag("tonight", out var tonight) && tonight)
        {
            return await WaitAsync(request, organisation, cancellation);
        }

        var imported = await organisation.ThenAsync(found => WokenAsync(client, UploadAsync(request, found, cancellation), cancellation));
        return imported.IsOk
            ? await ReportedAsync(request, organisation.Value!, imported.Value, cancellation)
            : await ReturnAsync(request, organisation.Value, "upload", FormFields.None, imported.Refusal, cancellation);
    }

    /// <summary>Looks at what tonight's import would do with the files that wait, then shows it on the page.</summary>
    [Function("PreviewNightByForm")]
    [Access(Callers.Manager, PerMinute = 20)]
    [Page(Of = All)]
    public async Task<IResult> LookAtTonight(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = All + "/next")] HttpRequest request, CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        var looked = await organisation.ThenAsync(found => preview.RunAsync(found, cancellation));
        return looked.IsOk
            ? Results.Redirect(SettleConflict.Tonight(organisation.Value!.Id))
            : await request.RefusalPageAsync(organisation.Value, looked.Refusal);
    }

    /// <summary>Imports the files of a run although they look cut short: the form says how many sessions they have.</summary>
    [Function("ForceImportByForm")]
    [Access(Callers.Manager, PerMinute = 20)]
    [Page]
    public Task<IResult> Force(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            async (organisation, form) =>
            {
                var run = request.RouteText("run");
                var forced = again.RunAsync(organisation, run, form.Text("count"), Wish(request), request.Caller().Id, cancellation);
                var imported = await WokenAsync(client, forced, cancellation);
                return imported.IsOk
                    ? await ReportedAsync(request, organisation, imported.Value, cancellation)
                    : await ReportAgainAsync(request, organisation, run, imported.Refusal, cancellation);
            },
            cancellation);

    /// <summary>Tries, adds, runs, pauses, resumes or deletes a source.</summary>
    [Function("ChangeSourcesByForm")]
    [Access(Callers.Manager, PerMinute = 20)]
    [Page(Of = All)]
    public Task<IResult> Sources(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "o/{org}/sources")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => ActAsync(request, client, organisation, form, cancellation),
            cancellation);

    /// <summary>Keeps what a person changed over what the file says, or follows the file.</summary>
    [Function("SettleConflictByForm")]
    [Access(Callers.Manager)]
    [Page(Of = All)]
    public Task<IResult> Settle(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "o/{org}/conflicts")] HttpRequest request,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            async (organisation, form) =>
            {
                var settled = await settle.RunAsync(organisation.Id, form, request.Caller(), cancellation);
                return settled.IsOk
                    ? Results.Redirect(SettleConflict.Back(organisation.Id, form, settled.Value))
                    : await request.RefusalPageAsync(organisation, settled.Refusal);
            },
            cancellation);

    private ImportWish Wish(HttpRequest request, bool dryRun = false) => new(dryRun, Force: false, address.Of(request));

    private Task<Result<ImportsModel>> ShownAsync(HttpRequest request, Organisation organisation, CancellationToken cancellation) =>
        showAll.RunAsync(organisation, request.Query["continuation"], request.Query["done"], request.Texts(), cancellation);

    private async Task<Result<Imported>> UploadAsync(HttpRequest request, Organisation organisation, CancellationToken cancellation) =>
        request.TryFlag("dryRun", out var dryRun)
            ? await bodies.SpooledAsync(
                request,
                files => upload.RunAsync(organisation.Id.Value, files, Wish(request, dryRun), request.Caller().Id, cancellation),
                cancellation)
            : Refusal.BadInput("query-invalid", ("names", "dryRun"));

    private async Task<IResult> WaitAsync(HttpRequest request, Result<Organisation> organisation, CancellationToken cancellation)
    {
        var waiting = await organisation.ThenAsync(found => bodies.SpooledAsync(
            request, files => wait.RunAsync(found, files, cancellation), cancellation));
        return waiting.IsOk
            ? Results.Redirect(SettleConflict.Tonight(organisation.Value!.Id))
            : await ReturnAsync(request, organisation.Value, "upload", FormFields.None, waiting.Refusal, cancellation);
    }

    private async Task<Result<Imported>> WokenAsync(
        DurableTaskClient client, Task<Result<Imported>> import, CancellationToken cancellation)
    {
        var imported = await import;
        if (imported is { IsOk: true, Value.Report.DryRun: false })
        {
            await sequel.StartAsync(client, imported.Value, cancellation);
        }

        return imported;
    }

    private async Task<IResult> ActAsync(
        HttpRequest request, DurableTaskClient client, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var acted = await change.RunAsync(organisation, form, Wish(request), request.Caller().Id, cancellation);
        if (!acted.IsOk)
        {
            return await ReturnAsync(request, organisation, form.Text("source") ?? "source", form, acted.Refusal, cancellation);
        }

        if (acted.Value.Ran is { } ran)
        {
            await sequel.StartAsync(client, ran, cancellation);
            return await ReportedAsync(request, organisation, ran, cancellation);
        }

        return acted.Value.Trial is null
            ? Results.Redirect($"/o/{organisation.Id}/imports?done={acted.Value.Done}")
            : await request.ShowAsync<ImportsPage, ImportsModel>(organisation, async found =>
                (await ShownAsync(request, found, cancellation)) is { IsOk: true, Value: var shown }
                    ? shown with { Trial = acted.Value.Trial, Returned = new ReturnedForm("source", "", form.Typed) }
                    : Refusal.NotFound("organisation-unknown"));
    }

    // What was kept has a page of its own, so that going back or loading again imports nothing twice.
    private async Task<IResult> ReportedAsync(
        HttpRequest request, Organisation organisation, Imported imported, CancellationToken cancellation) =>
        imported.Report.Run is { } run
            ? Results.Redirect($"/o/{organisation.Id}/imports/{run}")
            : await request.PageAsync<ImportReportPage, ImportReportModel>(
                organisation, await showOne.OfAsync(organisation, imported.Report, request.Texts(), cancellation));

    private async Task<IResult> ReturnAsync(
        HttpRequest request, Organisation? organisation, string form, FormFields fields, Refusal refusal, CancellationToken cancellation)
    {
        if (organisation is null)
        {
            return await request.RefusalPageAsync(null, refusal);
        }

        if (refusal.Code != ImportRefusals.RunningCode && refusal.Args?.GetValueOrDefault("run") is { } run)
        {
            return Results.Redirect($"/o/{organisation.Id}/imports/{run}");
        }

        return await request.ReturnAsync<ImportsPage, ImportsModel>(
            organisation,
            refusal,
            ShownAsync(request, organisation, cancellation),
            shown => shown with { Returned = request.Returned(form, fields, refusal, organisation) });
    }

    private Task<IResult> ReportAgainAsync(
        HttpRequest request, Organisation organisation, string run, Refusal refusal, CancellationToken cancellation) =>
        request.ReturnAsync<ImportReportPage, ImportReportModel>(
            organisation,
            refusal,
            showOne.RunAsync(organisation, run, request.Texts(), cancellation),
            shown => shown with { Refused = request.Texts().Refusal(refusal, organisation.Zone) });
}
