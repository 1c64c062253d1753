using System.Text.Json;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Planning;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets;
using Emargement.Functions.Sheets.Records;
using Emargement.Functions.Signing;
using Emargement.Tests.Planning;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Sessions;

/// <summary>A half-day of its own group, and all that may happen at once around its closing.</summary>
internal sealed class CrowdedHalfDay(HalfDayWorld world, int seed, SessionId id, string group)
{
    public const int Learners = 6;

    private readonly Random _random = new(seed);
    private readonly Dictionary<Reference, DateTimeOffset> _acknowledged = [];
    private readonly List<Marked> _marked = [];
    private readonly Dictionary<Reference, string> _tickets = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<CrowdedHalfDay> OpenAsync(HalfDayWorld world, int seed)
    {
        var (group, id) = ($"P{seed}", SessionId.Parse($"20261123-1-P{seed}"));
        await world.Get<SessionsTable>().TryInsertAsync(
            Example.Morning with { Id = id, SlotRef = id.Reference, Group = group, Modality = Modality.Distance }, Cancellation);
        var half = new CrowdedHalfDay(world, seed, id, group);
        for (var i = 0; i < Learners; i++)
        {
            await EnrolAsync(world, group, half.Ref(i), exit: null);
        }

        (await world.Get<OpenSession>().RunAsync(world.Org, id, world.Trainer(), Cancellation)).ShouldBeOk();
        for (var i = 0; i < Learners; i += 2)
        {
            await half.TakeTicketAsync(i);
        }

        return half;
    }

    public static async Task EnrolAsync(HalfDayWorld world, string group, Reference learner, DateOnly? exit)
    {
        var table = world.Get<EnrolmentsTable>();
        var period = new EnrolmentPeriod("REGION", null, null, new DateOnly(2026, 9, 1), exit);
        var enrolment = new Enrolment
        {
            LearnerRef = learner,
            TrainingRef = Example.Morning.TrainingRef,
            Group = group,
            Periods = [period],
        };
        var wanted = new EnrolledLearner(enrolment, "Nom", learner.Value, HasEmail: false);
        var read = await table.FindAsync(world.Org, Example.Morning.TrainingRef, group, learner, Cancellation);
        var written = read is null
            ? await table.TryWriteAsync(world.Org, [wanted], [], Cancellation)
            : await table.TryWriteAsync(world.Org, [], [new(read, wanted)], Cancellation);
        written.ShouldBeTrue();
    }

    public Task RunAsync()
    {
        var turns = new Interleaving(_random);
        world.Calls.Before = _ => turns.TurnAsync();
        List<Func<Task>> acts =
        [
            CloseAsync, CloseAsync, () => ImportAsync(0), () => EndAsync(1), () => EndAsync(2), () => JoinAsync(Learners),
            () => MarkAsync(3), () => MarkAsync(0),
            .. Enumerable.Range(0, Learners).Select(i => (Func<Task>)(() => SignAsync(i))),
        ];
        _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(acts));
        return turns.RunAsync(acts).ContinueWith(
            done =>
            {
                world.Calls.Before = null;
                return done;
            },
            TaskScheduler.Default).Unwrap();
    }

    public async Task CheckAsync()
    {
        var sealedFirst = await SealedAsync();

        // Those who still hold a ticket try again, when all is over.
        foreach (var learner in _tickets.Keys.ToList())
        {
            await SignAsync(learner);
        }

        var facts = await SealedAsync();
        facts.ShouldBe(sealedFirst);
        var closed = facts.OfType<Closed>().ShouldHaveSingleItem();
        facts.OfType<Signed>().ToDictionary(s => s.Learner, s => s.At).OrderBy(s => s.Key)
            .ShouldBe(_acknowledged.OrderBy(s => s.Key), $"seed {seed}");
        facts.OfType<Signed>().ShouldAllBe(s => s.At <= closed.At);
        facts.OfType<Marked>().OrderBy(m => m.At).ShouldBe(_marked.OrderBy(m => m.At));
        closed.SignedCount.ShouldBe(_acknowledged.Count);
    }

    private Reference Ref(int learner) => Reference.Parse($"P{seed}-{learner}");

    private Caller Caller(Reference learner) => new(Callers.Learner, world.Org, learner, $"learner:{learner}");

    private async Task<bool> TakeTicketAsync(int learner)
    {
        var reference = Ref(learner);
        var presence = await world.ShowAsync(Caller(reference), new ProofRequest(ProofKind.Remote), id);
        if (presence.IsOk)
        {
            lock (_tickets)
            {
                _tickets[reference] = presence.Value.Ticket!;
            }
        }

        return presence.IsOk;
    }

    private async Task SignAsync(int learner)
    {
        if (_tickets.ContainsKey(Ref(learner)) || await TakeTicketAsync(learner))
        {
            await SignAsync(Ref(learner));
        }
    }

    private async Task SignAsync(Reference learner)
    {
        string ticket;
        lock (_tickets)
        {
            ticket = _tickets[learner];
        }

        var signed = await world.SignAsync(ticket, Caller(learner), drawing: $"M0 0 L{seed + 10} 10 L40 5 L60 30");
        if (signed.IsOk)
        {
            lock (_acknowledged)
            {
                _acknowledged[learner] = signed.Value.SignedAt;
            }
        }
    }

    private async Task MarkAsync(int learner)
    {
        var request = new MarkRequest(Ref(learner), AttendanceMark.Late, 15);
        var marked = await world.Get<MarkLearner>().RunAsync(world.Org, id, request, world.Trainer(), Cancellation);
        if (marked.IsOk)
        {
            lock (_marked)
            {
                _marked.Add(marked.Value);
            }
        }
    }

    /// <summary>The night's files, in the middle of the day: the learner has left, and the session has other hours.</summary>
    private async Task ImportAsync(int learner)
    {
        (string Name, byte[] Content)[] files =
        [
            ImportDriver.Text(
                "stagiaires.csv",
                "stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree;sortie",
                $"{Ref(learner)};Nom;{Ref(learner)};AF1;{group};REGION;01/09/2026;22/11/2026"),
            ImportDriver.Text(
                "planning.csv",
                "seance_ref;action_ref;date;debut;fin;groupe;formateur_ref",
                $"{id.Reference};AF1;23/11/2026;08:00;11:00;{group};F2"),
        ];
        var spooled = new List<SpooledFile>();
        foreach (var (name, content) in files)
        {
            var budget = new ByteBudget(ByteBudget.Limit);
            spooled.Add((await SpooledFile.ReceiveAsync(name, new MemoryStream(content), budget, Cancellation)).ShouldBeOk());
        }

        using var set = (await ImportFiles.OpenAsync(spooled, Cancellation)).ShouldBeOk();
        (await world.Get<ImportPlanning>().RunAsync(
            world.Organisation, set, new ImportWish(DryRun: false, Force: true), Cancellation)).ShouldBeOk();
        spooled.ForEach(f => f.Dispose());
    }

    private Task EndAsync(int learner) => EnrolAsync(world, group, Ref(learner), new DateOnly(2026, 11, 22));

    private async Task JoinAsync(int learner)
    {
        await EnrolAsync(world, group, Ref(learner), exit: null);
        await SignAsync(learner);
    }

    private async Task CloseAsync() => (await world.Get<CloseSession>().RunAsync(
        world.Org, id, new CloseRequest(3, TypedName: "Anne Roux"), HalfDayWorld.Network, world.Trainer(), Cancellation)).ShouldBeOk();

    private async Task<IReadOnlyList<Fact>> SealedAsync()
    {
        var sheet = (await world.Get<SealSheet>().RunAsync(world.Org, id, Cancellation)).ShouldBeOk();
        var evidence = (await world.Get<SheetBlobs>().ReadEvidenceAsync(world.Org, sheet, Cancellation)).ShouldNotBeNull();
        using var json = JsonDocument.Parse(evidence);
        return
        [
            .. json.RootElement.GetProperty("facts").EnumerateArray()
                .Select(f => FactJson.Read(System.Text.Encoding.UTF8.GetBytes(f.GetProperty("json").GetString()!))),
        ];
    }
}
