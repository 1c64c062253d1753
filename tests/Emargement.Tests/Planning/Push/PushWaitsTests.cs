using System.Threading.Channels;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Push;
using Emargement.Functions.Planning.Runs;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Planning.Push;

/// <summary>A push that meets another import of its organisation waits for it, as long as a caller would.</summary>
public sealed class PushWaitsTests
{
    private static readonly PushBatch Trainer = new(Trainers: [new(Reference.Parse("F1"), LastName: "Le Goff", FirstName: "Chloé")]);

    private readonly ImportDriver _driver = new();
    private readonly WatchedClock _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_goes_on_when_the_other_has_ended()
    {
        var push = await WhileAnotherRunsAsync(async () =>
        {
            var waiting = PushAsync();
            await _clock.WaitedForAsync(Cancellation);
            waiting.IsCompleted.ShouldBeFalse();
            return waiting;
        });

        _clock.Advance(TimeSpan.FromMilliseconds(500));

        (await push).Value!.Answer.Items.ShouldHaveSingleItem().Outcome.ShouldBe(PushOutcome.Created);
    }

    [Fact]
    public async Task It_is_refused_when_the_other_takes_too_long()
    {
        await WhileAnotherRunsAsync(async () =>
        {
            var waiting = PushAsync();
            for (var pause = 0; pause < 20; pause++)
            {
                await _clock.WaitedForAsync(Cancellation);
                _clock.Advance(TimeSpan.FromMilliseconds(500));
            }

            (await waiting).Refusal!.Code.ShouldBe("import-running");
            return waiting;
        });
    }

    private Task<Result<Pushed>> PushAsync() =>
        _driver.PushOn(_clock).RunAsync(_driver.Organisation, Trainer, new PushWish("erp", null, null, "machine:K1"), Cancellation);

    private async Task<Task<Result<Pushed>>> WhileAnotherRunsAsync(Func<Task<Task<Result<Pushed>>>> act)
    {
        Task<Result<Pushed>>? push = null;
        var other = await _driver.Leases.RunAsync(
            _driver.Organisation.Id,
            ImportRunId.Upload(_driver.Time.GetUtcNow()),
            async (_, _) =>
            {
                push = await act();
                return Result<bool>.FromT(true);
            },
            Cancellation);
        other.IsOk.ShouldBeTrue();
        return push!;
    }

    /// <summary>Tells of each wait that began.</summary>
    private sealed class WatchedClock : FakeTimeProvider
    {
        private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

        public async Task WaitedForAsync(CancellationToken cancellation) => await _waits.Reader.ReadAsync(cancellation);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _waits.Writer.TryWrite(dueTime);
            return timer;
        }
    }
}
