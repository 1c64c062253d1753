using System.Globalization;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Planning.Push;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Hand;
using static Emargement.Tests.Planning.SmallPlanning;

namespace Emargement.Tests.Planning.Hand;

/// <summary>Files, pushes and hands in random order on one month. Whatever the order: no half-day is there twice, none that was signed
/// changes, no person's decision is lost without a line of the report, and importing or pushing again changes nothing.</summary>
public sealed class FilesAndHandsTests
{
    private const int Slots = 6;
    private const int Steps = 14;

    private readonly ImportDriver _driver = new();
    private readonly HandDesk _desk;
    private readonly Dictionary<SessionId, Session> _signed = [];

    public FilesAndHandsTests() => _desk = new HandDesk(_driver);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Whatever_the_order_of_files_pushes_and_hands_each_half_day_is_there_once_and_people_stand_above_files(int seed)
    {
        var chance = new Random(seed);
        var file = Enumerable.Range(0, Slots).Select(i => new Line(i, 2 + i, "09:00", "12:00", "Salle 1")).ToList();
        await _desk.StartAsync([.. file.Select(l => l.Text)]);
        for (var step = 0; step < Steps; step++)
        {
            _driver.Time.Advance(TimeSpan.FromMinutes(1));
            var told = $"seed {seed}, step {step}";
            switch (chance.Next(6))
            {
                case 0 or 1:
                    file = Another(file, chance);
                    await ImportAsync(file, told);
                    break;
                case 2:
                    await PushAsync(chance, told);
                    break;
                default:
                    told += ": " + await ActAsync(chance);
                    break;
            }

            await CheckAsync(told);
        }
    }

    private static List<Line> Another(List<Line> file, Random chance)
    {
        var next = file.ConvertAll(l => chance.Next(5) switch
        {
            0 => l with { Room = $"Salle {chance.Next(1, 4)}" },
            1 => l with { End = chance.Next(2) == 0 ? "12:00" : "17:00" },
            2 => l with { Day = chance.Next(2, 20) },
            3 => l with { Start = chance.Next(2) == 0 ? "09:00" : "09:30" },
            _ => l,
        });
        if (chance.Next(3) == 0)
        {
            next.RemoveAt(chance.Next(next.Count));
        }

        var missing = Enumerable.Range(0, Slots).Except(next.Select(l => l.Slot)).ToList();
        if (missing.Count > 0 && chance.Next(2) == 0)
        {
            next.Add(new Line(missing[0], chance.Next(2, 20), "09:00", "12:00", "Salle 1"));
        }

        return next;
    }

    private async Task ImportAsync(List<Line> file, string told)
    {
        var before = await AllAsync();
        var report = await _desk.ImportAsync([.. file.Select(l => l.Text)]);
        var after = await AllAsync();
        Doubles(after.Values).Except(Doubles(before.Values)).ShouldBeEmpty($"{told}: half-days that the file doubled");
        report.Conflicts.Where(c => after[c.Session].EditedByHand).ShouldAllBe(
            c => after[c.Session].Asked!.Version == c.Version, $"{told}: what is to be decided waits");
        foreach (var (id, was) in before.Where(s => s.Value.EditedByHand || s.Value.Source == "manual"))
        {
            var now = after[id];
            Content(now).ShouldBe(Content(was), $"{told}: what a person did to {id} stands");
            var planned = file.Exists(l => l.Ref == was.SlotRef.Value);
            if (was.EditedByHand && now.EditedByHand && planned)
            {
                report.Lines.ShouldContain(
                    l => l.Ref == was.SlotRef.Value && (l.Severity == ImportSeverity.Error || l.Code == ImportCode.HandKept),
                    $"{told}: {id} is kept, and a line says so");
            }
        }

        var again = await _desk.ImportAsync([.. file.Select(l => l.Text)]);
        (again.Planning.Created, again.Planning.Updated, again.Planning.Cancelled).ShouldBe((0, 0, 0), told);
        (await AllAsync()).Values.Select(Content).ShouldBe(after.Values.Select(Content), $"{told}: importing again changes nothing");
    }

    // Slots of the file's, which it takes over, and of its own; some of them no longer take place.
    private async Task PushAsync(Random chance, string told)
    {
        var before = await AllAsync();
        var lines = Another([.. Enumerable.Range(Slots - 2, 4).Select(i => new Line(i, 2 + i, "09:00", "12:00", "Salle 1"))], chance);
        var gone = lines[0].Ref;
        var batch = new PushBatch(
            Sessions: [.. lines.Skip(1).Select(l => l.Pushed)], Cancelled: [new CancelledPush(Reference.Parse(gone))]);
        var pushed = (await PushedAsync(batch)).Answer.Items.ToDictionary(i => i.Ref.Value);
        var after = await AllAsync();

        Doubles(after.Values).Except(Doubles(before.Values)).ShouldBeEmpty($"{told}: half-days that the push doubled");
        foreach (var (id, was) in before)
        {
            var item = pushed.GetValueOrDefault(was.SlotRef.Value);
            if (was.EditedByHand || was.Source == "manual" || item is null)
            {
                Content(after[id]).ShouldBe(Content(was), $"{told}: {id} is a person's, or is not named");
            }

            if (was.EditedByHand && after[id].EditedByHand && item?.Ref.Value != gone && item is not null)
            {
                (item.Outcome == PushOutcome.Rejected || item.Remarks.Any(r => r.Code == ImportCode.HandKept))
                    .ShouldBeTrue($"{told}: {id} is kept, and the answer says so");
            }
        }

        (await PushedAsync(batch)).Answer.Items.ShouldAllBe(
            i => i.Outcome == PushOutcome.Unchanged || i.Outcome == PushOutcome.Rejected, told);
        (await AllAsync()).Values.Select(Content).ShouldBe(after.Values.Select(Content), $"{told}: pushing again changes nothing");
    }

    private async Task<Pushed> PushedAsync(PushBatch batch) =>
        (await _driver.Push.RunAsync(_driver.Organisation, batch, new PushWish("erp", null, null, "machine:K1"), Cancellation)).Value!;

    private async Task<string> ActAsync(Random chance)
    {
        var all = (await AllAsync()).Values.ToList();
        var one = all[chance.Next(all.Count)];
        var id = one.Id.ToString();
        if (all.Find(s => s.Asked is not null) is { } waiting && chance.Next(3) == 0)
        {
            return $"keep {waiting.Id} {Code(await _desk.KeepAsync(waiting.Id.ToString(), waiting.Asked!.Version))}";
        }

        switch (chance.Next(9))
        {
            case 0:
                var room = $"Salle {chance.Next(4, 9)}";
                return $"room {id} {Code(await _desk.EditAsync(id, new SessionPatch(Room: room, Reason: "Panne")))}";
            case 1:
                var day = new DateOnly(2026, chance.Next(4) == 0 ? 12 : 11, chance.Next(2, 18));
                return $"day {id} {Code(await _desk.EditAsync(id, new SessionPatch(day, Reason: "Salle occupée")))}";
            case 2:
                var late = chance.Next(2) == 0;
                var (start, end) = late ? (new TimeOnly(13, 30), new TimeOnly(17, 0)) : (new TimeOnly(9, 0), new TimeOnly(13, 0));
                return $"hours {id} {Code(await _desk.EditAsync(id, new SessionPatch(Start: start, End: end, Reason: "Salle occupée")))}";
            case 3:
                return $"cancel {id} {Code(await _desk.CancelAsync(id))}";
            case 4:
                return $"restore {id} {Code(await _desk.RestoreAsync(id))}";
            case 5:
                return $"follow {id} {Code(await _desk.FollowAsync(id))}";
            case 6:
                return $"split {id} {Code(await _desk.SplitAsync(id, new TimeOnly(11, 0)))}";
            case 7:
                var other = all[chance.Next(all.Count)];
                return $"merge {id} {other.Id} {Code(await _desk.MergeAsync(id, other.Id.ToString()))}";
            default:
                return await SignAsync(one);
        }
    }

    private async Task<string> SignAsync(Session session)
    {
        if (session.State != SessionState.Planned || _signed.Count > 2)
        {
            return "nothing";
        }

        var stored = await _desk.StoredAsync(session.Id.ToString());
        await _driver.Sessions.TryReplaceAsync(stored, session with { State = SessionState.Open }, Cancellation);
        await _driver.Facts.TryOpenAsync(
            session.Organisation, session.Id, new Opened { At = _driver.Time.GetUtcNow(), By = "trainer:F1" }, Cancellation);
        var signed = new Signed
        {
            At = _driver.Time.GetUtcNow(),
            By = "learner:S1",
            Learner = Reference.Parse("S1"),
            Method = SigningMethod.Qr,
            LateMinutes = 0,
        };
        await _driver.Facts.AddWhileOpenAsync(session.Organisation, session.Id, new NewFact(signed), Cancellation);
        _signed[session.Id] = (await _desk.StoredAsync(session.Id.ToString())).Value;
        return $"sign {session.Id}";
    }

    private async Task CheckAsync(string told)
    {
        var all = await AllAsync();
        foreach (var slot in all.Values.Where(s => s.State != SessionState.Cancelled).GroupBy(s => s.SlotRef))
        {
            slot.Select(s => s.Id.Reference).ShouldBeUnique($"{told}: a reference is there twice");
        }

        foreach (var (id, was) in _signed)
        {
            (all[id].State, all[id].Start, all[id].End, all[id].Id).ShouldBe((was.State, was.Start, was.End, was.Id), told);
        }
    }

    // Two of one slot at the same time: a person may write that, and is warned; a file may not.
    private static IEnumerable<string> Doubles(IEnumerable<Session> all)
    {
        var live = all.Where(s => s.State != SessionState.Cancelled).ToList();
        return from one in live
               from two in live
               where one.SlotRef == two.SlotRef && one.Id.CompareTo(two.Id) < 0 && one.Start < two.End && two.Start < one.End
               select $"{one.Id} {two.Id}";
    }

    private async Task<SortedDictionary<SessionId, Session>> AllAsync() =>
        new((await _driver.StoredAsync()).ToDictionary(s => s.Value.Id, s => s.Value));

    private static string Code<T>(Result<T> result) => result.Refusal?.Code ?? "done";

    private static string Content(Session s) => string.Create(
        CultureInfo.InvariantCulture, $"{s.Id} {s.State} {s.Start:O} {s.End:O} {s.TrainerRef} {s.Site} {s.Room} {s.Module} {s.MovedTo}");

    private sealed record Line(int Slot, int Day, string Start, string End, string Room)
    {
        public string Ref => $"X-{Slot}";

        public PushedSession Pushed => new(
            Reference.Parse(Ref), null, "A1", $"{Day:D2}/11/2026", Start, End, null, null, "G1", "F1", "Communication", "Toulouse", Room,
            "P");

        public string Text => Row(Ref, $"{Day:D2}/11/2026", Start, End, room: Room);
    }
}
