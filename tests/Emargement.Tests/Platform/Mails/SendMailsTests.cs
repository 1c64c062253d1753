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

    private async Task AdvanceAsync(TimeSpan by)
    {
        _host.Time.Advance(by);
        await _host.WhenIdleAsync();
    }

    private async Task<int> QueueAsync(params string[] people)
    {
        var queued = await _host.Services.GetRequiredService<MailQueue>().QueueAsync(
            Organisation, "s1", "link", "test", people, new Dictionary<string, string>(), Cancellation);
        await _host.Services.GetRequiredService<DurableTaskClient>().SendAsync(queued.Batch, Cancellation);
        return queued.Added;
    }

    private sealed class Provider : IMailSender
    {
        public bool DropsRepeats => false;

        public ConcurrentBag<string> Sent { get; } = [];

        public ConcurrentQueue<MailOutcome> Answers { get; } = new();

        public Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken cancellation)
        {
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
