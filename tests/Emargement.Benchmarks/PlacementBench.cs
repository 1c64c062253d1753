using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Placements.Terms;
using Emargement.Functions.Placements.Weeks;
using Emargement.Functions.Placements.Workflow;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Benchmarks;

/// <summary>Placements under way at once: the seconds to create them with their first look, and those of a week's reminders, against as
/// many bare inserts as they make calls to tables and queues.</summary>
/// <remarks>The emulator looks at every row of a table for each query: with more of them it alone would be measured.</remarks>
internal static class PlacementBench
{
    private const int Placements = 200;
    private const double Aim = 0.2;

    private static readonly OrganisationId Organisation = OrganisationId.Parse("entreprises");
    private static readonly Reference Training = Reference.Parse("A1");
    private static readonly DateOnly Monday = new(2026, 11, 2);
    private static readonly IReadOnlyList<DateOnly> ReminderDays = [Monday.AddDays(4), Monday.AddDays(5), Monday.AddDays(7)];
    private static readonly Caller Manager = new(Callers.Manager, Organisation, Reference.Parse("M1"), "manager:M1");

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var clock = new FakeTimeProvider(At(Monday, 8));
        var mails = new CountedMails();
        await using var host = await BenchHost.StartAsync(clock, services => services.AddSingleton<IMailSender>(mails));
        await host.CreateOrganisationAsync(Organisation.Value);
        var learners = await EnrolAsync(host.Services);

        var ids = new List<PlacementId>();
        var created = await MeasureAsync(host, $"{Placements} placements created", async () => ids = await CreateAsync(host, learners));

        await MoveAsync(host, clock, At(Monday.AddDays(4), 15));
        await DeclareAsync(host, [.. ids.Where((_, i) => i % 2 == 0)]);
        var reminded = await MeasureAsync(host, $"a week's reminders of {Placements} placements, half of them undeclared", async () =>
        {
            foreach (var day in ReminderDays)
            {
                await MoveAsync(host, clock, At(day, 16));
            }
        });
        return mails.Count == Placements / 2 * ReminderDays.Count
            ? [created, reminded]
            : throw new InvalidOperationException($"{mails.Count} reminders left: this benchmark measures something else than it says.");
    }

    private static async Task<Figure> MeasureAsync(BenchHost host, string name, Func<Task> work)
    {
        using var meter = host.Meter();
        var watch = Stopwatch.StartNew();
        await work();
        var (ours, calls) = (watch.Elapsed.TotalSeconds, meter.Calls);
        var all = (int)(calls.Tables + calls.EngineTables + calls.EngineQueues);
        var raw = all / await BareAsync(host, all);
        return new Figure(name, "s", ours, raw, raw / ours, Aim, 1, (double)all / Placements)
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"{(double)calls.Tables / Placements:0.0} of the app, the engine's are {(double)calls.EngineTables / Placements:0.0} "
                    + $"to tables and {(double)calls.EngineQueues / Placements:0.0} to queues"),
        };
    }

    private static async Task<double> BareAsync(BenchHost host, int calls)
    {
        var table = await host.BareTableAsync($"bareplacements{calls}");
        return await BenchHost.RateAsync(Enumerable.Range(0, calls).ToList(), BenchHost.Concurrency, async (i, cancellation) =>
            await table.AddEntityAsync(
                new TableEntity($"entreprises|{i % Placements}", $"fact|{i:D8}") { ["Json"] = new string('a', 400) }, cancellation));
    }

    private static async Task<List<Reference>> EnrolAsync(IServiceProvider services)
    {
        var cancellation = CancellationToken.None;
        await services.GetRequiredService<TrainingsTable>().TryWriteAsync(
            Organisation,
            [new Training { Ref = Training, Title = "Cuisine", FirstDay = new(2026, 9, 1), LastDay = new(2027, 6, 30) }],
            [],
            cancellation);
        var learners = Enumerable.Range(0, Placements).Select(i => Reference.Parse($"S{i:D4}")).ToList();
        foreach (var some in learners.Chunk(25))
        {
            await services.GetRequiredService<LearnersTable>().TryWriteAsync(
                Organisation,
                some.Select(
                    l => new Learner
                    {
                        Ref = l,
                        LastName = "Nom " + l,
                        FirstName = "Prénom",
                        Email = EmailAddress.Parse($"{l}@stagiaire.example"),
                    }),
                [],
                cancellation);
            await services.GetRequiredService<EnrolmentsTable>().TryWriteAsync(
                Organisation, some.Select(l => new EnrolledLearner(Enrol(l), "Nom " + l, "Prénom", true)), [], cancellation);
        }

        return learners;
    }

    private static Enrolment Enrol(Reference learner) => new()
    {
        LearnerRef = learner,
        TrainingRef = Training,
        Group = "G1",
        Periods = [new EnrolmentPeriod(EnrolmentPeriod.RegionFunder, "R", "BDC", new(2026, 9, 1), null)],
    };

    private static async Task<List<PlacementId>> CreateAsync(BenchHost host, IReadOnlyCollection<Reference> learners)
    {
        var create = host.Services.GetRequiredService<CreatePlacement>();
        var waker = host.Services.GetRequiredService<PlacementWaker>();
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        var tutors = new[] { new TutorRequest("Mme Ruiz", EmailAddress.Parse("ruiz@chez-ruiz.example")) };
        await BenchHost.RateAsync(learners, BenchHost.Concurrency, async (learner, cancellation) =>
        {
            var request = new CreatePlacementRequest(learner, Training, "G1", "Chez Ruiz", tutors, Monday, Monday.AddDays(25), 420);
            var created = await create.RunAsync(Organisation, request, Manager.Id, "https://emargement.example", cancellation);
            await waker.WakeAsync(client, Check(created), cancellation);
        });
        await host.WhenIdleAsync();
        return [.. learners.Select(l => PlacementId.Of(Organisation, l, Training, "G1", "Chez Ruiz", Monday))];
    }

    private static async Task DeclareAsync(BenchHost host, IReadOnlyCollection<PlacementId> placements)
    {
        var declare = host.Services.GetRequiredService<DeclareWeek>();
        var waker = host.Services.GetRequiredService<PlacementWaker>();
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        var days = Enumerable.Range(0, 5).Select(i => new DayRequest(Monday.AddDays(i), Minutes: 420));
        var request = new DeclareRequest([.. days], TypedName: "Prénom Nom");
        await BenchHost.RateAsync(placements, BenchHost.Concurrency, async (placement, cancellation) =>
        {
            var week = new PlacementWeek(new Route<PlacementId>(Organisation, placement), IsoWeek.Of(Monday));
            var device = Manager with { Kind = Callers.Tablet, Week = new HandedWeek(placement, week.Week) };
            Check(await declare.RunAsync(week, request, device, "192.0.2.0/24", cancellation));
            await waker.WakeAsync(client, Organisation, placement, cancellation);
        });
        await host.WhenIdleAsync();
    }

    private static T Check<T>(Result<T> result) =>
        result.IsOk ? result.Value : throw new InvalidOperationException($"Refused: {result.Refusal.Code}.");

    private static async Task MoveAsync(BenchHost host, FakeTimeProvider clock, DateTimeOffset until)
    {
        // Workflows are woken a moment after what they wait for.
        clock.Advance(until.AddSeconds(5) - clock.GetUtcNow());
        await host.WhenIdleAsync();

        // Whoever lost a race for a mail's turn tries again within the minute.
        clock.Advance(TimeSpan.FromMinutes(1));
        await host.WhenIdleAsync();
    }

    private static DateTimeOffset At(DateOnly day, int hour) => SiteZone.Paris.ToInstant(day, new TimeOnly(hour, 0));

    /// <summary>Takes every mail at once, as a provider with no limit would.</summary>
    private sealed class CountedMails : IMailSender
    {
        private int _count;

        public int Count => _count;

        public bool DropsRepeats => true;

        public Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _count);
            return Task.FromResult(new MailOutcome(MailOutcomeKind.Sent, operationId.ToString("N")));
        }
    }
}
