using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Months;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Months.Validation;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Region;
using Emargement.Functions.Region.Export;
using Emargement.Functions.Sealing.Seal;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Modes;
using Emargement.Functions.Sheets.Records;
using Emargement.Tests.Platform;
using Emargement.Tests.Sealing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Emargement.Tests.Region;

/// <summary>The export over the emulator, with its own tables, and a count of the calls that it makes.</summary>
internal sealed class ExportRig
{
    public static readonly RegionCode Occitanie = RegionCode.Parse("occitanie");

    private readonly string _prefix = AzuriteFixture.NewPrefix();
    private readonly SealCertificate _certificate = SealCertificates.Ours();
    private readonly Counter _counter = new();

    public ExportRig()
    {
        Storage = new AppStorage(
            Options.Create(new StorageOptions { ConnectionString = AzuriteFixture.ConnectionString, Prefix = _prefix }), [_counter]);
        Exports = new ExportsTable(Storage);
        Export = new ExportOrganisation(
            new OrganisationsTable(Storage),
            new KnownRegions(new RegionsTable(Storage), TimeProvider.System),
            Exports,
            new ExportContainer(Storage),
            new MonthReader(
                new SessionsTable(Storage), new FactsTable(Storage), new MonthSheets(new SheetsTable(Storage)),
                new TrainingsTable(Storage), new TrainersTable(Storage), new LearnersTable(Storage),
                new EnrolmentsTable(Storage), new GroupModesTable(Storage, TimeProvider.System)),
            new PlacementWeeks(
                new PlacementsTable(Storage),
                new PlacementFiles(
                    new OrganisationSettings(new OrganisationsTable(Storage), TimeProvider.System),
                    new PlacementFactsTable(Storage),
                    new TaughtGroups(new SessionsTable(Storage), new TrainingsTable(Storage), TimeProvider.System),
                    Options.Create(new PlacementOptions()))),
            new MonthsTable(Storage),
            new HealthCodes(new AbsencesTable(Storage)),
            new CmsSeal(_certificate),
            NullLogger<ExportOrganisation>.Instance);
        Tell = new TellRegion(
            new OrganisationSettings(new OrganisationsTable(Storage), TimeProvider.System), new MonthsTable(Storage), Exports,
            new RegionMonthsTable(Storage), new RegionAmendmentsTable(Storage));
    }

    public AppStorage Storage { get; }

    /// <summary>What the activity does once a version is written.</summary>
    public TellRegion Tell { get; }

    public ExportsTable Exports { get; }

    public ExportOrganisation Export { get; }

    public int Calls => _counter.Calls;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private BlobContainerClient Container => new(AzuriteFixture.ConnectionString, _prefix + "exports");

    public async Task<ExportRig> HoldingAsync(RegionWorld world)
    {
        await HoldAsync(Storage, world);
        return this;
    }

    public async Task SealAsync(SessionId session, int version, string sha256)
    {
        var sheet = new SheetRecord
        {
            Session = session,
            Version = version,
            Code = VerificationCode.From(new int[VerificationCode.Size]),
            Sha256 = sha256,
            Root = sha256,
            Facts = 1,
            Signed = 1,
            Expected = 1,
            Level = "B-B",
            SealedBy = "Sceau",
            SealedAt = RegionWorld.At(12, 31),
            Development = true,
        };
        (await new SheetsTable(Storage).TryInsertAsync(OrganisationId.Parse("garonne"), sheet, Cancellation)).ShouldBeTrue();
    }

    /// <summary>Stores a placement with what was said of it.</summary>
    public async Task AddAsync(RegionWorld world, PlacementState state)
    {
        var (placement, terms) = (state.Placement, state.Placement.Terms);
        var progress = new PlacementProgress(PlacementProgressState.InProgress, 0, 0, 0, 0, null);
        var row = new PlacementRow(
            world.Organisation.Id, placement.Id, placement.LearnerRef, placement.TrainingRef, placement.Group, terms.Company,
            terms.FirstDay, terms.LastDay, progress, state.Facts.Count, null, null);
        (await new PlacementsTable(Storage).TryInsertAsync(row, Cancellation)).ShouldBeTrue();
        (await new PlacementFactsTable(Storage).TryInsertAsync(
            world.Organisation.Id, placement.Id, [.. state.Facts.Select(f => new NewPlacementFact(f))], Cancellation)).ShouldBeTrue();
    }

    public Task AddAsync(IEnumerable<SessionFacts> sessions) => AddAsync(Storage, sessions);

    /// <summary>Stores all that the world holds.</summary>
    public static async Task HoldAsync(AppStorage storage, RegionWorld world)
    {
        var org = world.Organisation.Id;
        (await new OrganisationsTable(storage).TryInsertAsync(world.Organisation, Cancellation)).ShouldBeTrue();
        (await new TrainingsTable(storage).TryWriteAsync(org, world.Trainings, [], Cancellation)).ShouldBeTrue();
        (await new TrainersTable(storage).TryWriteAsync(org, world.Trainers, [], Cancellation)).ShouldBeTrue();
        foreach (var learners in world.Learners.Chunk(100))
        {
            (await new LearnersTable(storage).TryWriteAsync(org, learners, [], Cancellation)).ShouldBeTrue();
        }

        var names = world.Learners.ToDictionary(l => l.Ref);
        foreach (var enrolments in world.Enrolments.Chunk(EnrolmentsTable.BatchSize))
        {
            var rows = enrolments.Select(e => new EnrolledLearner(e, names[e.LearnerRef].LastName, names[e.LearnerRef].FirstName, false));
            (await new EnrolmentsTable(storage).TryWriteAsync(org, rows, [], Cancellation)).ShouldBeTrue();
        }

        await AddAsync(storage, world.Sessions);
    }

    public static async Task AddAsync(AppStorage storage, IEnumerable<SessionFacts> sessions)
    {
        foreach (var session in sessions)
        {
            (await new SessionsTable(storage).TryInsertAsync(session.Session, Cancellation)).ShouldBeTrue();
            foreach (var facts in session.Facts.Chunk(100))
            {
                var rows = facts.Select(f => new NewFact(f, new string('7', 2000)));
                (await new FactsTable(storage).TryInsertAllAsync(
                    session.Session.Organisation, session.Session.Id, rows, Cancellation)).ShouldBeTrue();
            }
        }
    }

    public Task<ExportVersion?> RunAsync(RegionWorld world, string run = "run-1", DateTimeOffset? at = null) => Export.RunAsync(
        new ExportRequest(
            Occitanie,
            RegionWorld.Month,
            world.Organisation.Id,
            run,
            "operator",
            at ?? new DateTimeOffset(2026, 12, 1, 0, 10, 0, TimeSpan.Zero)), Cancellation);

    public async Task<byte[]> FileAsync(int version, string file, string nda = "76310000001")
    {
        var content = await Container.GetBlobClient($"occitanie/2026-11/{nda}/v{version}/{file}").DownloadContentAsync(Cancellation);
        return content.Value.Content.ToArray();
    }

    public Task RemoveAsync(int version, string file) =>
        Container.DeleteBlobAsync($"occitanie/2026-11/76310000001/v{version}/{file}", cancellationToken: Cancellation);

    public async Task<string[]> PathsAsync()
    {
        await Container.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        return await Container.GetBlobsAsync(cancellationToken: Cancellation).Select(b => b.Name).ToArrayAsync(Cancellation);
    }

    private sealed class Counter : HttpPipelineSynchronousPolicy
    {
        private int _calls;

        public int Calls => _calls;

        public override void OnSendingRequest(HttpMessage message)
        {
            // Making a table or container that a process sees for the first time is not the export's doing.
            if (message.Request.Method != RequestMethod.Post || !message.Request.Uri.Path.EndsWith("/Tables", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _calls);
            }
        }
    }
}
