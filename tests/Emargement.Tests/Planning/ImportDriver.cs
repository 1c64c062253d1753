using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Erasure;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Placements.Import;
using Emargement.Functions.Placements.Terms;
using Emargement.Functions.Placements.Workflow;
using Emargement.Functions.Planning;
using Emargement.Functions.Planning.Mapping;
using Emargement.Functions.Planning.Push;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Planning.Sources;
using Emargement.Functions.Planning.Writing;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Hand;
using Emargement.Functions.Sessions.Marks;
using Emargement.Tests.House;
using Emargement.Tests.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Planning;

/// <summary>Sets the scene of an import: an organisation of its own in the emulator, a clock that stands still, and a count of storage
/// calls.</summary>
internal sealed partial class ImportDriver
{
    private readonly EphemeralDataProtectionProvider _keys = new();

    public ImportDriver(Func<Organisation, Organisation>? settings = null)
    {
        Storage = new AppStorage(
            Options.Create(new StorageOptions { ConnectionString = AzuriteFixture.ConnectionString, Prefix = AzuriteFixture.NewPrefix() }),
            [Calls]);
        Trainings = new TrainingsTable(Storage);
        Trainers = new TrainersTable(Storage);
        Learners = new LearnersTable(Storage);
        Enrolments = new EnrolmentsTable(Storage);
        Sessions = new SessionsTable(Storage);
        Facts = new FactsTable(Storage);
        CalendarRules = new CalendarRulesTable(Storage);
        var organisation = new Organisation
        {
            Id = OrganisationId.Parse("garonne"),
            Name = "Garonne Formation",
            Nda = "76310000031",
            Siret = "12345678900011",
            Region = "occitanie",
        };
        Organisation = settings?.Invoke(organisation) ?? organisation;
        Import = new ImportPlanning(
            new PeopleReader(Trainings, Trainers, Learners, Enrolments, new ErasuresTable(Storage)),
            CalendarRules,
            new PeopleWriter(Trainings, Trainers, Learners, Enrolments, Accounts),
            Changes,
            new NoteConflicts(Sessions, new MonthMarksTable(Storage), Time),
            Placements(),
            Time);
    }

    public CallCounter Calls { get; } = new();

    public AppStorage Storage { get; }

    public Organisation Organisation { get; set; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 10, 30, 20, 0, 0, TimeSpan.Zero));

    public KnownAccounts Accounts { get; } = new();

    public TrainingsTable Trainings { get; }

    public TrainersTable Trainers { get; }

    public LearnersTable Learners { get; }

    public EnrolmentsTable Enrolments { get; }

    public SessionsTable Sessions { get; }

    public FactsTable Facts { get; }

    public CalendarRulesTable CalendarRules { get; }

    public ImportPlanning Import { get; }

    public SessionChanges Changes => new(
        Sessions, Facts, new PlanningMonths(new PlanningMonthsTable(Storage)), new HandWriter(Sessions, Facts, Marks), Marks);

    public MonthMarksTable Marks => new(Storage);

    public ImportLeases Leases => new(new ImportLeasesTable(Storage), Time, NullLogger<ImportLeases>.Instance);

    public ImportRuns Runs => new(new ImportRunsTable(Storage), new ImportBlobs(Storage), new RefusalSentences(), Time);

    public PushPlanning Push => PushOn(Time);

    /// <param name="waits">The clock on which a push waits for another import.</param>
    public PushPlanning PushOn(TimeProvider waits) => new(
        new PushSources(new PlanningSourcesTable(Storage, _keys), Time),
        new PlanningPushesTable(Storage),
        Import,
        Leases,
        new KeepPushReport(Runs, new ImportRunsTable(Storage), new ImportBlobs(Storage), Time),
        waits);

    public ImportUpload Upload => new(
        new OrganisationSettings(new OrganisationsTable(Storage), Time),
        new KeptImport(
            Import,
            Leases,
            Runs,
            new ImportRunsTable(Storage),
            new ImportBlobs(Storage),
            Time,
            NullLogger<KeptImport>.Instance),
        Time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string SamplePath(string set, string file) =>
        Path.Combine(Repository.Root, "tests", "Emargement.Tests", "Planning", "samples", set, file);

    public static (string Name, byte[] Content) Sample(string set, string file) => (file, File.ReadAllBytes(SamplePath(set, file)));

    public static (string Name, byte[] Content) Text(string name, params string[] lines) =>
        (name, Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n"));

    public Task<Result<ImportReport>> SampleAsync(string set, params string[] files) =>
        RunAsync([.. files.Select(f => Sample(set, f))]);

    public async Task<Result<ImportReport>> RunAsync(
        IReadOnlyList<(string Name, byte[] Content)> files, bool dryRun = false, bool force = false) =>
        await ImportAsync(files, dryRun, force).ThenAsync(imported => Task.FromResult(Result<ImportReport>.FromT(imported.Report)));

    public async Task<Result<Imported>> ImportAsync(
        IReadOnlyList<(string Name, byte[] Content)> files, bool dryRun = false, bool force = false)
    {
        var spooled = new List<SpooledFile>();
        try
        {
            foreach (var (name, content) in files)
            {
                var budget = new ByteBudget(ByteBudget.Limit);
                var file = await SpooledFile.ReceiveAsync(name, new MemoryStream(content), budget, Cancellation);
                if (!file.IsOk)
                {
                    return file.Refusal;
                }

                spooled.Add(file.Value);
            }

            var opened = await ImportFiles.OpenAsync(spooled, Cancellation);
            if (!opened.IsOk)
            {
                return opened.Refusal;
            }

            using var set = opened.Value;
            return await Import.RunAsync(Organisation, set, new ImportWish(dryRun, force), Cancellation);
        }
        finally
        {
            spooled.ForEach(f => f.Dispose());
        }
    }

    public async Task<IReadOnlyList<Stored<Session>>> StoredAsync(DateOnly? first = null, DateOnly? last = null)
    {
        var all = new List<Stored<Session>>();
        await foreach (var session in Sessions.BetweenAsync(
            Organisation.Id, first ?? new DateOnly(2026, 9, 1), last ?? new DateOnly(2027, 1, 31), Cancellation))
        {
            all.Add(session);
        }

        return all;
    }

    /// <summary>What a placement's workflow does first; nobody is mailed by it.</summary>
    public Task LookAsync(string placement) =>
        new LookAtPlacement(
            PlacementFiles(),
            new PlacementFactsTable(Storage),
            new PlacementsTable(Storage),
            Learners,
            new AccountsTable(Storage),
            new MailQueue(new MailsTable(Storage), Time),
            null!,
            [],
            Time).RunAsync(Organisation.Id, PlacementId.Parse(placement), null, Cancellation);

    private PlacementFiles PlacementFiles() => new(
        new OrganisationSettings(new OrganisationsTable(Storage), Time),
        new PlacementFactsTable(Storage),
        new TaughtGroups(new SessionsTable(Storage), new TrainingsTable(Storage), Time),
        Options.Create(new PlacementOptions()));

    private FollowPlanning Placements()
    {
        var (rows, facts, files) = (new PlacementsTable(Storage), new PlacementFactsTable(Storage), PlacementFiles());
        var waker = new PlacementWaker(Time, NullLogger<PlacementWaker>.Instance);
        return new FollowPlanning(rows, facts, files, new BeginPlacement(facts, files, rows, Time), waker, Time);
    }

    /// <summary>Remembers for whom an account was asked.</summary>
    public sealed class KnownAccounts : IAccountDirectory
    {
        public HashSet<string> Ids { get; } = [];

        public Task<AccountsReport> EnsureAsync(
            OrganisationId organisation, IReadOnlyCollection<AccountHolder> holders, CancellationToken cancellation)
        {
            var created = holders.Count(h => Ids.Add(h.Id.ToString()));
            return Task.FromResult(new AccountsReport(created, 0, []));
        }
    }

    /// <summary>Counts the calls that reach the storage, and cuts the line after so many of them, as when a process is killed.</summary>
    public sealed partial class CallCounter : HttpPipelineSynchronousPolicy
    {
        private ConcurrentQueue<string> _months = new();
        private int _count;

        public int Count => _count;

        /// <summary>Months of Sessions that were asked for, in order.</summary>
        public IEnumerable<string> MonthsRead => _months;

        public int CutAfter { get; set; } = int.MaxValue;

        public override void OnSendingRequest(HttpMessage message)
        {
            if (Interlocked.Increment(ref _count) > CutAfter)
            {
                throw new IOException("The line is cut.");
            }

            if (SessionsOfMonth().Match(Uri.UnescapeDataString(message.Request.Uri.ToString())) is { Success: true } asked)
            {
                _months.Enqueue(asked.Groups[1].Value);
            }
        }

        public void Reset(int cutAfter = int.MaxValue)
        {
            _count = 0;
            _months = new();
            CutAfter = cutAfter;
        }

        [GeneratedRegex("Sessions\\(\\).*PartitionKey eq '[^|]+\\|([0-9]{4}-[0-9]{2})'")]
        private static partial Regex SessionsOfMonth();
    }
}
