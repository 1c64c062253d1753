using System.Collections.Concurrent;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Mail;
using Emargement.Tests.Platform.Access;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Emargement.Tests.Platform.Mails;

/// <summary>Runs of mails under real replay: the provider's pace, its refusals, one mail a slot.</summary>
public sealed class SendMailsTests : IAsyncLifetime
{
    private static readonly OrganisationId Organisation = OrganisationId.Parse("greta");

    private readonly Provider _provider = new();
    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await AccessHost.StartAsync(
        services =>
        {
            services.Replace(ServiceDescriptor.Singleton<IMailSender>(_provider));
            services.AddSingleton<IMailTemplate>(new Template());
        },
        ("Mail:PerMinute", "3"),
        ("Mail:PerHour", "5"));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Mails_leave_at_the_provider_s_pace()
    {
        (await QueueAsync("L1", "L2", "L3", "L4", "L5", "L6", "L7")).ShouldBe(7);

        await _host.WhenIdleAsync();
        _provider.Sent.Count.ShouldBe(3);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        _provider.Sent.Count.ShouldBe(3, "a timer may fire a second early: it is set for a second later");
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        _provider.Sent.Count.ShouldBe(5);
        await AdvanceAsync(TimeSpan.FromMinutes(59) - TimeSpan.FromSeconds(1));
        _provider.Sent.Count.ShouldBe(5);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        _provider.Sent.Count.ShouldBe(7);
    }

    [Fact]
    public async Task A_call_that_is_repeated_sends_nothing_twice()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => QueueAsync("L1", "L2")));
        await _host.WhenIdleAsync();
        (await QueueAsync("L1", "L2", "L3")).ShouldBe(1);
        await AdvanceAsync(TimeSpan.FromHours(3));

        _provider.Sent.Order().ShouldBe(["l1@exemple.test", "l2@exemple.test", "l3@exemple.test"]);
    }

    [Fact]
    public async Task A_provider_that_asks_to_wait_gets_the_mail_later()
    {
        _provider.Answers.Enqueue(new MailOutcome(MailOutcomeKind.Throttled, RetryAfter: TimeSpan.FromMinutes(10)));
        await QueueAsync("L1");
        await _host.WhenIdleAsync();
        _provider.Sent.ShouldBeEmpty();

        await AdvanceAsync(TimeSpan.FromMinutes(10));
        _provider.Sent.ShouldBeEmpty("a timer may fire a second early: it is set for a second later");
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        _provider.Sent.ShouldBe(["l1@exemple.test"]);
    }

    [Fact]
    public async Task A_refused_address_keeps_nobody_else_from_their_mail()
    {
        _provider.Answers.Enqueue(new MailOutcome(MailOutcomeKind.Refused, Reason: "InvalidRecipient"));
        await QueueAsync("L1", "L2");
        await _host.WhenIdleAsync();

        _provider.Sent.Count.ShouldBe(1);
        var states = await _host.Services.GetRequiredService<MailsTable>().ListAsync(Organisation, "s1", "link", Cancellation);
        states.Select(m => m.State).Order().ShouldBe([MailState.Sent, MailState.Refused]);
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_gets_the_mail_later_and_keeps_no_other_waiting()
    {
        _provider.Unreachable = 1;
        await QueueAsync("L1", "L2");
        await _host.WhenIdleAsync();
        _provider.Sent.Count.ShouldBe(1);

        await AdvanceAsync(TimeSpan.FromSeconds(30));
        _provider.Sent.Order().ShouldBe(["l1@exemple.test", "l2@exemple.test"]);
    }

    [Fact]
    public async Task A_run_that_an_older_version_started_goes_on_one_by_one()
    {
        var queued = await EnqueueAsync("L1", "L2", "L3", "L4");
        await _host.Services.GetRequiredService<DurableTaskClient>().ScheduleNewOrchestrationInstanceAsync(
            SendMailsOrchestrator.Name, queued.Batch! with { Shape = 0 }, Cancellation);

        await _host.WhenIdleAsync();
        _provider.Sent.Count.ShouldBe(3);
        await AdvanceAsync(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(1));
        _provider.Sent.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Mails_sent_by_who_queued_them_leave_at_the_provider_s_pace_and_a_run_sends_the_others()
    {
        _provider.Unreachable = 1;
        var left = await SendAtOnceAsync(await EnqueueAsync("L1", "L2", "L3", "L4"));
        _provider.Sent.Count.ShouldBe(2);

        await _host.Services.GetRequiredService<DurableTaskClient>().SendAsync(left, Cancellation);
        await _host.WhenIdleAsync();
        _provider.Sent.Count.ShouldBe(2);
        await AdvanceAsync(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(1));
        _provider.Sent.Count.ShouldBe(3);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        _provider.Sent.Distinct().Count().ShouldBe(4);
        _provider.Sent.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Mails_that_cannot_be_written_by_who_queued_them_are_left_to_a_run()
    {
        var queued = await EnqueueAsync("L1");
        var stored = queued.Fresh.ShouldHaveSingleItem();

        var left = await SendAtOnceAsync(queued, new FreshMail(stored, _ => throw new TimeoutException()));

        left.ShouldBe(queued.Batch);
        await _host.Services.GetRequiredService<DurableTaskClient>().SendAsync(left, Cancellation);
        await _host.WhenIdleAsync();
        _provider.Sent.ShouldBe(["l1@exemple.test"]);
    }

    [Fact]
    public async Task Runs_that_begin_together_take_their_places_together()
    {
        var reserve = _host.Services.GetRequiredService<ReserveMailTurns>();

        var turns = await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => reserve.RunAsync(1, Cancellation)));

        // Three a minute and five an hour, whoever asks.
        turns.SelectMany(t => t).GroupBy(t => t.At).OrderBy(g => g.Key).Select(g => g.Sum(t => t.Count)).ShouldBe([3, 2, 2]);
    }

    private Task<MailBatch?> SendAtOnceAsync(QueuedMails queued, params FreshMail[] fresh) =>
        _host.Services.GetRequiredService<SendAtOnce>()
            .RunAsync(queued.Batch!, fresh.ToDictionary(f => f.Queued.Value.Slot.Row), Cancellation);

    private async Task AdvanceAsync(TimeSpan by)
    {
        _host.Time.Advance(by);
        await _host.WhenIdleAsync();
    }

    private async Task<int> QueueAsync(params string[] people)
    {
        var queued = await EnqueueAsync(people);
        await _host.Services.GetRequiredService<DurableTaskClient>().SendAsync(queued.Batch, Cancellation);
        return queued.Added;
    }

    private Task<QueuedMails> EnqueueAsync(params string[] people) => _host.Services.GetRequiredService<MailQueue>().QueueAsync(
        Organisation, "s1", "link", "test", people, new Dictionary<string, string>(), Cancellation);

    private sealed class Provider : IMailSender
    {
        public bool DropsRepeats => false;

        public ConcurrentBag<string> Sent { get; } = [];

        public ConcurrentQueue<MailOutcome> Answers { get; } = new();

        /// <summary>How many calls do not reach it.</summary>
        public int Unreachable { get; set; }

        public Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken cancellation)
        {
            lock (Sent)
            {
                if (Unreachable-- > 0)
                {
                    throw new MailNotHandedOverException();
                }
            }

            if (!Answers.TryDequeue(out var outcome))
            {
                outcome = new MailOutcome(MailOutcomeKind.Sent);
                Sent.Add(mail.To.Value);
            }

            return Task.FromResult(outcome);
        }
    }

    private sealed class Template : IMailTemplate
    {
        public string Key => "test";

        public Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation) =>
            Task.FromResult<Mail?>(new Mail(EmailAddress.Parse($"{slot.Person}@exemple.test"), "s", "t", "<p>t</p>", "fr"));
    }
}
