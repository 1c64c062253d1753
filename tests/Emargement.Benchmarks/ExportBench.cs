using System.Diagnostics;
using Azure.Data.Tables;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.People;
using Emargement.Functions.Region.Export;
using Emargement.Functions.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Benchmarks;

/// <summary>
/// Rows a second from the month's partitions to six sealed files, against a bare scan of
/// the same columns of the same partitions.
/// </summary>
internal static class ExportBench
{
    private const int Groups = 20;
    private const int LearnersOfGroup = 25;
    private const int Days = 20;
    private const int Rounds = 5;
    private const string Partition = "export|2026-11";

    private static readonly OrganisationId Organisation = OrganisationId.Parse("export");
    private static readonly YearMonth Month = new(2026, 11);

    public static async Task<Figure> RunAsync(BenchHost host)
    {
        await host.CreateOrganisationAsync(Organisation.Value);
        var rows = await FillAsync(host.Services);
        var export = host.Services.GetRequiredService<ExportOrganisation>();
        return await Figure.CompareAsync(
            host,
            $"export of a month ({rows} rows)",
            "rows a second",
            0.6,
            Rounds,
            async round =>
            {
                var request = new ExportRequest(
                    RegionCode.Parse("occitanie"), Month, Organisation, $"round-{round}", "operator", TimeProvider.System.GetUtcNow());
                var watch = Stopwatch.StartNew();
                _ = await export.RunAsync(request, CancellationToken.None) ?? throw new InvalidOperationException("Nothing was exported.");
                return rows / watch.Elapsed.TotalSeconds;
            },
            async _ =>
            {
                var watch = Stopwatch.StartNew();
                var read = await ScanAsync(host, "Sessions", null) + await ScanAsync(host, "Attendance", ["RowKey", "Json"]);
                return read == rows
                    ? rows / watch.Elapsed.TotalSeconds
                    : throw new InvalidOperationException($"The scan read {read} of {rows} rows.");
            });
    }

    private static async Task<int> ScanAsync(BenchHost host, string name, string[]? columns)
    {
        var table = await host.TableAsync(name);
        var read = 0;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var _ in table.QueryAsync<TableEntity>(filter, maxPerPage: 1000, select: columns))
        {
            read++;
        }

        return read;
    }

    private static async Task<int> FillAsync(IServiceProvider services)
    {
        var cancellation = CancellationToken.None;
        var training = Reference.Parse("A1");
        await services.GetRequiredService<TrainingsTable>().TryWriteAsync(
            Organisation,
            [new Training { Ref = training, Title = "Accueil", FirstDay = new(2026, 1, 1), LastDay = new(2026, 12, 31) }],
            [],
            cancellation);
        var sessions = services.GetRequiredService<SessionsTable>();
        var facts = services.GetRequiredService<FactsTable>();
        for (var group = 0; group < Groups; group++)
        {
            var learners = Enumerable.Range(0, LearnersOfGroup).Select(i => Reference.Parse($"S{group:D2}-{i:D2}")).ToList();
            await services.GetRequiredService<LearnersTable>().TryWriteAsync(
                Organisation, learners.Select(l => new Learner { Ref = l, LastName = "Nom " + l, FirstName = "Prénom" }), [], cancellation);
            await services.GetRequiredService<EnrolmentsTable>().TryWriteAsync(
                Organisation,
                learners.Select((l, i) => new EnrolledLearner(Enrol(l, training, $"G{group}", i), "Nom " + l, "Prénom", false)),
                [],
                cancellation);
        }

        var rows = 0;
        for (var day = Month.FirstDay.AddDays(1); day < Month.FirstDay.AddDays(1 + Days); day = day.AddDays(1))
        {
            for (var group = 0; group < Groups; group++)
            {
                var session = Closed(day, training, group);
                await sessions.TryInsertAsync(session, cancellation);
                await facts.TryInsertAllAsync(Organisation, session.Id, FactsOf(session, group), cancellation);
                rows += LearnersOfGroup + 3;
            }
        }

        return rows;
    }

    private static Enrolment Enrol(Reference learner, Reference training, string group, int i) => new()
    {
        LearnerRef = learner,
        TrainingRef = training,
        Group = group,
        // Three in four are paid by the Région, as in a real room.
        Periods = [new EnrolmentPeriod(i % 4 == 3 ? "OPCO" : EnrolmentPeriod.RegionFunder, $"R{i}", "BDC", new(2026, 1, 1), null)],
    };

    private static Session Closed(DateOnly day, Reference training, int group)
    {
        var start = SiteZone.Paris.ToInstant(day, new TimeOnly(9, 0));
        var reference = Reference.Parse($"R-{day:yyMMdd}-G{group}");
        return new Session
        {
            Organisation = Organisation,
            Id = new SessionId(day, HalfDay.Morning, reference),
            SlotRef = reference,
            TrainingRef = training,
            Group = $"G{group}",
            Module = "Communication",
            Site = "Toulouse",
            Room = $"Salle {group}",
            Modality = Modality.Centre,
            Start = start,
            End = start.AddMinutes(210),
            Source = "import",
            ContentHash = new string('a', 64),
            State = SessionState.Closed,
            OpenedAt = start,
            ClosedAt = start.AddMinutes(210),
        };
    }

    private static IEnumerable<NewFact> FactsOf(Session session, int group) =>
    [
        new(new Opened { At = session.Start, By = "trainer:F1" }),
        new(new Closed
        {
            At = session.End,
            By = "trainer:F1",
            HeadCount = LearnersOfGroup,
            Expected = LearnersOfGroup,
            SignedCount = LearnersOfGroup,
            TypedName = "Formateur",
        }),
        .. Enumerable.Range(0, LearnersOfGroup).Select(i => new NewFact(
            new Signed
            {
                At = session.Start.AddSeconds(20 * i),
                By = $"learner:S{group:D2}-{i:D2}",
                Learner = Reference.Parse($"S{group:D2}-{i:D2}"),
                Method = SigningMethod.Qr,
                LateMinutes = 0,
                Network = "192.0.2.0/24",
                Device = $"device{group:D2}{i:D2}",
                DrawingSha256 = new string('b', 64),
            },
            Drawing)),
    ];

    private static readonly string Drawing = "M 12,60" + string.Concat(Enumerable.Range(0, 100).Select(i => $" L {i * 3},{i * 7 % 60}"));
}
