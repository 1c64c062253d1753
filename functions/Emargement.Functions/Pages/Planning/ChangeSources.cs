using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning;
using Emargement.Functions.Planning.Sources;
using Emargement.Functions.Platform.Http.Bodies;

namespace Emargement.Functions.Pages.Planning;

/// <summary>What came of a form of the sources.</summary>
/// <param name="Done">A word under <c>sources.done.</c>; null when a report is shown.</param>
/// <param name="Trial">What an address would give.</param>
/// <param name="Ran">What was imported.</param>
public sealed record SourceActed(string? Done = null, ImportReport? Trial = null, Imported? Ran = null);

/// <summary>Does what a button of a source's form asks, by the use cases of the API.</summary>
public sealed class ChangeSources(TrySource trial, SaveSource save, RunSource run)
{
    public async Task<Result<SourceActed>> RunAsync(
        Organisation organisation, FormFields form, ImportWish wish, string by, CancellationToken cancellation)
    {
        var id = form.Text("source") ?? "";
        return form.Text("act") switch
        {
            "try" => Acted(
                await trial.RunAsync(
                    organisation, SourceTarget.Of(form.Text("kind"), form.Text("address"), Ypareo(form)), null, cancellation),
                report => new SourceActed(Trial: report)),
            "create" => Acted(
                await save.CreateAsync(
                    organisation,
                    new SourceBody(form.Text("kind") ?? "", form.Text("name") ?? "", form.Text("address") ?? "", Ypareo(form)),
                    by,
                    cancellation),
                _ => new SourceActed("created")),
            "run" => Acted(await run.RunAsync(organisation, id, wish, by, cancellation), imported => new SourceActed(Ran: imported)),
            "pause" => Acted(await PauseAsync(true), _ => new SourceActed("paused")),
            "resume" => Acted(await PauseAsync(false), _ => new SourceActed("resumed")),
            "delete" => Acted(
                await save.DeleteAsync(organisation.Id, id, Version(form), cancellation), _ => new SourceActed("deleted")),
            _ => Refusal.BadInput("form-invalid"),
        };

        Task<Result<Platform.Storage.Stored<PlanningSource>>> PauseAsync(bool paused) =>
            save.ChangeAsync(organisation, id, new SourcePatch(null, null, paused), Version(form), cancellation);
    }

    // Its secret is a password to the browser and to FormFields: it is never shown again.
    private static YpareoAccess? Ypareo(FormFields form) => form.Text("kind") != "ypareo" ? null : new YpareoAccess(
        form.Text("ypareoPassword") ?? "", form.Text("funder") ?? "", form.Text("login"), form.Text("training"), form.Text("groups"));

    private static ETag Version(FormFields form) => new(form.Text("version") ?? "none");

    private static Result<SourceActed> Acted<T>(Result<T> result, Func<T, SourceActed> done) =>
        result.IsOk ? done(result.Value) : result.Refusal;
}
