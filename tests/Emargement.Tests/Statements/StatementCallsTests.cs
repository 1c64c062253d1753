using Emargement.Domain.Platform;
using Emargement.Domain.Statements;
using Emargement.Functions.Sheets;
using Emargement.Functions.Statements.Issuing;
using Emargement.Functions.Statements.Records;
using Emargement.Tests.Sessions;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Statements;

/// <summary>The storage calls of a statement, in a process that has served before.</summary>
public sealed class StatementCallsTests
{
    // Enrolments, person, trainings, trainers; sessions, facts, sheets, placements of the month; versions.
    private const int Reading = 9;

    // Evidence, PDF, code, row.
    private const int Writing = 4;

    [Fact]
    public async Task A_statement_reads_the_learner_s_month_and_writes_each_document_once()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.SignAsync(1);
        await world.SignAsync(2);
        world.Time.SetUtcNow(Example.At("11:30:00"));
        (await world.CloseAsync()).ShouldBeOk();
        (await world.Get<SealSheet>().RunAsync(world.Org, world.Id, HalfDayWorld.Cancellation)).ShouldBeOk();
        await IssueAsync(world, 2);
        world.Calls.Reset();

        await IssueAsync(world, 1);
        world.Calls.Made.Count.ShouldBe(Reading + Writing, string.Join('\n', world.Calls.Made));

        world.Calls.Reset();
        await IssueAsync(world, 1);
        world.Calls.Made.Count.ShouldBe(Reading, string.Join('\n', world.Calls.Made));
    }

    private static async Task IssueAsync(HalfDayWorld world, int learner)
    {
        var span = StatementSpan.Of(Example.Morning.Id.Date, Example.Morning.Id.Date).Value;
        var key = new StatementKey(
            Example.Morning.TrainingRef, HalfDayWorld.Ref(learner), StatementKind.AttendanceStatement, span);
        (await world.Get<IssueStatement>().RunAsync(world.Organisation, key, world.Manager(), HalfDayWorld.Cancellation)).ShouldBeOk();
    }
}
