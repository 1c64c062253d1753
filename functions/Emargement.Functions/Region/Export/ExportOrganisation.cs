using System.Security.Cryptography;
using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Sealing.Seal;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Region.Export;

/// <summary>What to export, for whom, and in which run: the same run gives the same version however often it is tried.</summary>
public sealed record ExportRequest(
    RegionCode Region, YearMonth Month, OrganisationId Organisation, string Run, string By, DateTimeOffset At)
{
    /// <summary>Whether it says an amendment of a closed month.</summary>
    public bool Amended { get; init; }
}

/// <summary>
/// Writes the next version of one organisation's month for its Région. Every run writes a whole version, even when nothing changed: what
/// was asked for is there to be shown.
/// </summary>
public sealed partial class ExportOrganisation(
    OrganisationsTable organisations, KnownRegions regions, ExportsTable exports, ExportContainer container, MonthReader reader,
    PlacementWeeks placements, IAcceptances acceptances, IHealthCodes healthCodes, CmsSeal seal, ILogger<ExportOrganisation> logger)
{
    /// <returns>The version, or null when the organisation has nothing of that month for that Région.</returns>
    public async Task<ExportVersion?> RunAsync(ExportRequest request, CancellationToken cancellation)
    {
        var organisation = (await organisations.FindAsync(request.Organisation, cancellation))?.Value;
        if (organisation is null || organisation.Region != request.Region.Value)
        {
            return null;
        }

        var settings = await regions.OfAsync(request.Region, cancellation);
        var schema = settings.FirstSchema ? ExportManifest.FirstSchema : ExportManifest.CurrentSchema;
        var attempt = new Attempt(request, organisation, schema);
        await attempt.ReloadAsync(exports, cancellation);
        var scope = attempt.Mine is { Stage: ExportStage.Complete }
            ? null
            : await reader.ScopeAsync(organisation, request.Month, cancellation);
        while (attempt.Mine is not { Stage: ExportStage.Complete })
        {
            if ((scope!.IsEmpty && attempt.Versions.Count == 0) || !await WriteAsync(attempt, scope, cancellation))
            {
                return null;
            }
        }

        return attempt.Mine;
    }

    /// <returns>False when there was nothing to write. Otherwise the attempt holds the run's version, complete unless the data changed
    /// under it.</returns>
    private async Task<bool> WriteAsync(Attempt attempt, RegionScope scope, CancellationToken cancellation)
    {
        var accepted = await acceptances.AcceptedAsync(attempt.Request.Organisation, attempt.Request.Month, cancellation);
        var codes = await healthCodes.HealthCodesAsync(attempt.Request.Organisation, attempt.Request.Month, cancellation);
        var month = new RegionMonth(scope, accepted, codes);
        var tally = new RegionTally(scope, attempt.Request.At);
        ExportFiles? files = null;
        var readWeeks = WeeksAsync(attempt, scope, cancellation);
        try
        {
            await foreach (var day in reader.DaysAsync(attempt.Request.Organisation, attempt.Request.Month, cancellation))
            {
                var rows = month.Read(day);
                if (rows.HalfDays.Count == 0 && rows.Anomalies.Count == 0)
                {
                    continue;
                }

                files ??= await OpenAsync(attempt, scope, cancellation);
                tally.Add(day, rows);
                await files.AddAsync(rows, cancellation);
            }

            var weeks = await readWeeks;

            // A month that was sent and has since lost its last half-day is corrected by an empty version.
            if (files is null && weeks.Count == 0 && attempt.Versions.Count == 0)
            {
                return false;
            }

            files ??= await OpenAsync(attempt, scope, cancellation);
            await files.AddAsync(month.Summary(weeks), weeks, cancellation);
            await FinishAsync(attempt, files, tally.Finish(weeks), tally.Modes(), cancellation);
            return true;
        }
        finally
        {
            files?.Dispose();
        }
    }

    /// <summary>The weeks in companies of the enrolments that the Région pays, on the days when it does.</summary>
    private Task<IReadOnlyList<PlacementWeekRow>> WeeksAsync(Attempt attempt, RegionScope scope, CancellationToken cancellation) =>
        placements.OfMonthAsync(
        attempt.Request.Organisation, attempt.Request.Month, (placement, day) => scope.IsFunded(
            placement.Training, placement.Group, placement.Learner, day), cancellation);

    /// <summary>Takes the run's version, the one that an earlier try took or else the next, and opens its files.</summary>
    private async Task<ExportFiles> OpenAsync(Attempt attempt, RegionScope scope, CancellationToken cancellation)
    {
        while (attempt.Mine is null)
        {
            await exports.TryInsertAsync(attempt.Next(), cancellation);
            await attempt.ReloadAsync(exports, cancellation);
        }

        return await ExportFiles.OpenAsync(scope, attempt.Schema, container, attempt.Mine);
    }

    private async Task FinishAsync(
        Attempt attempt, ExportFiles files, RegionFigures figures, IReadOnlyList<ManifestMode> modes, CancellationToken cancellation)
    {
        var mine = attempt.Mine!;
        var written = await files.TryFinishAsync(cancellation);
        var manifest = written is null ? null : ManifestOf(attempt, mine, modes, written).ToJson();
        if (manifest is not null && await container.TryWriteAsync(mine, RegionFiles.ManifestName, manifest, cancellation))
        {
            await container.WriteSealAsync(mine, RegionFiles.SealName, seal.SignDetached(manifest), cancellation);
            var done = mine with
            {
                Stage = ExportStage.Complete,
                Manifest = manifest,
                ManifestSha256 = Convert.ToHexStringLower(
                SHA256.HashData(manifest)),
                Figures = figures,
            };
            if (await exports.TryReplaceAsync(mine, done, cancellation))
            {
                attempt.Mine = done;
                return;
            }
        }
        else if (await exports.TryReplaceAsync(mine, mine with { Stage = ExportStage.Abandoned }, cancellation))
        {
            LogAbandoned(attempt.Request.Run, mine.Version);
        }

        await attempt.ReloadAsync(exports, cancellation);
    }

    private static ExportManifest ManifestOf(
        Attempt attempt, ExportVersion mine, IReadOnlyList<ManifestMode> modes, IReadOnlyList<ManifestFile> files)
    {
        var organisation = attempt.Organisation;
        var previous = attempt.Versions.LastOrDefault(v => v.Version < mine.Version && v.Stage == ExportStage.Complete);
        var before = previous is null ? null : ExportManifest.FromJson(previous.Manifest);
        return new ExportManifest
        {
            SchemaVersion = attempt.Schema,
            Region = mine.Region.Value,
            Organisation = new ManifestOrganisation(organisation.Nda, organisation.Siret, organisation.Name),
            Month = mine.Month.ToString(),
            Version = mine.Version,
            Previous = previous is null ? null : new ManifestPrevious(previous.Version, previous.ManifestSha256!),
            Status = new ManifestStatus(
                ExportStates.Of(
                    organisation.LockedMonths.Contains(mine.Month), organisation.FrozenMonths.Contains(mine.Month), before?.Status.State,
                    attempt.Request.Amended),
                mine.By,
                mine.At.UtcDateTime),
            Modes = attempt.Schema == ExportManifest.FirstSchema ? null : modes,
            Files = files,
        };
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The data changed between two tries of export run {Run}: version {Version} is given up for the next one")]
    private partial void LogAbandoned(string run, int version);

    /// <summary>What one try knows of the versions that exist.</summary>
    private sealed class Attempt(ExportRequest request, Organisation organisation, int schema)
    {
        public ExportRequest Request => request;

        public Organisation Organisation => organisation;

        /// <summary>Of its files, as the Région has it now.</summary>
        public int Schema => schema;

        /// <summary>Oldest first.</summary>
        public IReadOnlyList<ExportVersion> Versions { get; private set; } = [];

        /// <summary>The run's version, if it has one that was not given up.</summary>
        public ExportVersion? Mine { get; set; }

        public ExportVersion Next() => new()
        {
            Region = request.Region,
            Month = request.Month,
            Nda = organisation.Nda,
            Version = Versions.Count == 0 ? 1 : Versions[^1].Version + 1,
            Organisation = request.Organisation,
            Run = request.Run,
            By = request.By,
            At = request.At,
        };

        public async Task ReloadAsync(ExportsTable exports, CancellationToken cancellation)
        {
            Versions = await exports.OfOrganisationAsync(request.Region, request.Month, organisation.Nda, cancellation);
            Mine = Versions.LastOrDefault(v => v.Run == request.Run && v.Stage != ExportStage.Abandoned);
        }
    }
}
