using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Nightly;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Planning.Sources;
using Emargement.Functions.Platform.Storage;
using Emargement.Web.Planning;
using Emargement.Web.Platform;

namespace Emargement.Functions.Pages.Planning;

/// <summary>Makes what the page of imports and sources shows.</summary>
public sealed class ShowImports(
    ListImports list, PlanningSourcesTable sources, PreviewNight preview, ShowConflicts conflicts, TimeProvider time)
{
    private static readonly string[] Dones = ["created", "paused", "resumed", "deleted", "kept", "following"];

    public async Task<Result<ImportsModel>> RunAsync(
        Organisation organisation, string? continuation, string? done, Texts texts, CancellationToken cancellation)
    {
        var all = await sources.ListAsync(organisation.Id, cancellation);
        var page = await list.RunAsync(organisation.Id, continuation ?? "", cancellation);
        if (!page.IsOk)
        {
            return page.Refusal;
        }

        var tonight = await preview.ShowAsync(organisation, cancellation);
        if (!tonight.IsOk)
        {
            return tonight.Refusal;
        }

        var address = $"/o/{organisation.Id}/imports";
        var names = all.ToDictionary(s => s.Value.Id, s => s.Value.Name);
        return new ImportsModel
        {
            Organisation = organisation.Id,
            Next = tonight.Value.At,
            Waiting = tonight.Value.Files,
            Tonight = tonight.Value.Report,
            Conflicts = await conflicts.RunAsync(organisation, tonight.Value.Report?.Conflicts ?? [], null, texts, cancellation),
            Sources = [.. all.Select(s => Source(organisation, s, texts))],
            Runs = [.. page.Value.Items.Select(run => Run(address, run, names, texts))],
            More = page.Value.Continuation is { } next ? $"{address}?continuation={Uri.EscapeDataString(next)}" : null,
            Done = Dones.Contains(done) ? done : null,
        };
    }

    private SourceModel Source(Organisation organisation, Stored<PlanningSource> stored, Texts texts)
    {
        var (source, last) = (stored.Value, stored.Value.Last);
        return new SourceModel(
            source.Id,
            stored.ETag.ToString(),
            source.Name,
            source.Kind,
            source.Host,
            source.Paused,
            source.NextRun(organisation, time.GetUtcNow()),
            last.Run is { } run ? $"/o/{organisation.Id}/imports/{run}" : null,
            last.At,
            last.Code is { } code ? texts.Refusal(code, last.Args, organisation.Zone) : null,
            new ImportCounts { Created = last.Created, Updated = last.Updated, Cancelled = last.Cancelled, Rejected = last.Rejected },
            last.FailedNights);
    }

    private static ImportRunModel Run(string address, ImportRunView run, Dictionary<string, string> sources, Texts texts) => new(
        $"{address}/{run.Run}", run.StartedAt, By(run, sources, texts), run.State.ToString().ToLowerInvariant(), run.Files)
    {
        Counts = run.Counts is { } c
            ? texts["imports.counts", ("created", c.Created), ("updated", c.Updated), ("cancelled", c.Cancelled), ("rejected", c.Rejected)]
            : null,
    };

    private static string By(ImportRunView run, Dictionary<string, string> sources, Texts texts)
    {
        var who = run.By.Split(':', 2);
        return ImportRunId.TryParse(run.Run, out var id) && id.Source is { } source
            ? texts["imports.by.source", ("source", sources.GetValueOrDefault(source, "–"))]
            : texts[$"imports.by.{who[0]}", ("who", who[^1])];
    }
}
