using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;
using Emargement.Functions.Sheets;
using Emargement.Functions.Signing;
using Emargement.Functions.Signing.Tokens;
using Emargement.Tests.Sessions;
using Emargement.Tests.Signing.Tokens;
using OtpNet;

namespace Emargement.Tests.Signing;

/// <summary>The storage calls of the actions that a whole Région does at half past eight, in a process that has served before.</summary>
public sealed class StorageBudgetTests
{
    [Fact]
    public async Task Opening_takes_three_calls()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.LiveAsync();
        world.Calls.Reset();

        await world.OpenAsync();

        world.Calls.Made.Count.ShouldBe(StorageBudget.Open, string.Join('\n', world.Calls.Made));
    }

    [Fact]
    public async Task The_live_view_takes_one_call()
    {
        await using var world = await HalfDayWorld.StartAsync(learners: 30);
        await world.OpenAsync();
        await world.SignAsync(1);
        await world.LiveAsync();
        world.Calls.Reset();

        await world.LiveAsync();

        world.Calls.Made.Count.ShouldBe(StorageBudget.LiveView, string.Join('\n', world.Calls.Made));
    }

    [Fact]
    public async Task Signing_takes_two_calls_with_a_drawing()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.SignAsync(1);
        var ticket = await world.TicketAsync(2);
        world.Calls.Reset();

        (await world.SignAsync(ticket, world.Learner(2))).ShouldBeOk();

        world.Calls.Made.Count.ShouldBe(StorageBudget.SignWithDrawing, string.Join('\n', world.Calls.Made));
        world.Calls.Made.ShouldAllBe(c => c.StartsWith("POST"));
    }

    [Fact]
    public async Task Signing_takes_one_call_without_a_drawing()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.SignAsync(1);
        var secret = (await world.Get<ProvisionToken>().RunAsync(world.Org, HalfDayWorld.Ref(2), HalfDayWorld.Cancellation)).ShouldBeOk()
            .Secret();
        var code = new Totp(secret).ComputeTotp(world.Time.GetUtcNow().UtcDateTime);
        var ticket = (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, code), world.Id)).ShouldBeOk().Ticket!;
        world.Calls.Reset();

        (await world.SignAsync(ticket, Caller.Nobody, drawing: null)).ShouldBeOk();

        world.Calls.Made.Count.ShouldBe(StorageBudget.SignWithoutDrawing, string.Join('\n', world.Calls.Made));
    }

    [Fact]
    public async Task Showing_a_scan_takes_one_call()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.ScanAsync(1);
        world.Calls.Reset();

        (await world.ScanAsync(2)).ShouldBeOk();

        world.Calls.Made.Count.ShouldBe(StorageBudget.ShowScan, string.Join('\n', world.Calls.Made));
    }

    [Fact]
    public async Task Closing_takes_six_calls_however_many_did_not_sign()
    {
        await using var world = await HalfDayWorld.StartAsync(learners: 90);
        await world.OpenAsync();
        world.Time.SetUtcNow(Example.At("11:30:00"));
        await world.LiveAsync();
        await world.Get<IAcceptedAbsences>().OfAsync(world.Org, world.Id, HalfDayWorld.Cancellation);
        world.Calls.Reset();

        (await world.CloseAsync()).ShouldBeOk();

        // Session, facts, roster, accepted absences, one transaction, session.
        world.Calls.Made.Count.ShouldBe(StorageBudget.Close, string.Join('\n', world.Calls.Made));
    }

    [Fact]
    public async Task Sealing_reads_what_the_sheet_says_and_writes_each_document_once()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.SignAsync(1);
        world.Time.SetUtcNow(Example.At("11:30:00"));
        (await world.CloseAsync()).ShouldBeOk();
        var activity = new SealSheetActivity(world.Get<SealSheet>(), world.Get<MonthMarksTable>(), world.Get<IAnnouncer>());
        var request = SealRequested.Of(world.Org, world.Id);
        (await activity.RunAsync(request, null!, HalfDayWorld.Cancellation)).ShouldBe("v1");
        var corrected = new Corrected
        {
            At = Example.At("12:00:00"),
            By = "trainer:F1",
            Learner = HalfDayWorld.Ref(2),
            Mark = AttendanceMark.AbsentJustified,
            Reason = "certificat",
        };
        (await world.Get<FactsTable>().TryInsertAsync(
            world.Org, world.Id, new NewFact(corrected), HalfDayWorld.Cancellation)).ShouldBeTrue();
        world.Calls.Reset();

        (await activity.RunAsync(request, null!, HalfDayWorld.Cancellation)).ShouldBe("v2");

        // Tables begin with a capital letter, containers do not.
        var blobs = world.Calls.Made.Count(
            call => call.Contains("sheets/", StringComparison.Ordinal) || call.Contains("evidence/", StringComparison.Ordinal));
        (world.Calls.Made.Count - blobs, blobs).ShouldBe(
            (StorageBudget.SealTables, StorageBudget.SealBlobs), string.Join('\n', world.Calls.Made));
    }
}
