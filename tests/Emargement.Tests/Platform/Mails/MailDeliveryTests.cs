using Azure.Storage.Blobs;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Mail.Senders;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Emargement.Tests.Platform.Mails;

public sealed class MailDeliveryTests
{
    private static readonly MailSlot Slot = new(OrganisationId.Parse("greta"), "20261123-1-S1", "link", "L1");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
    private readonly string _prefix = AzuriteFixture.NewPrefix();
    private readonly AppStorage _storage;
    private readonly MailsTable _table;

    public MailDeliveryTests()
    {
        _storage = new AppStorage(
            Options.Create(new StorageOptions { ConnectionString = AzuriteFixture.ConnectionString, Prefix = _prefix }), []);
        _table = new MailsTable(_storage);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_is_kept_in_the_mailbox_once_however_often_it_is_delivered()
    {
        await QueueAsync();
        var delivery = Delivery(new MailboxSender(_storage, Settings(), _time));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => delivery.DeliverAsync(Slot, Cancellation)));
        (await delivery.DeliverAsync(Slot, Cancellation)).ShouldBeNull();

        var container = new BlobContainerClient(AzuriteFixture.ConnectionString, _prefix + MailboxSender.Container);
        var blobs = await container.GetBlobsAsync(cancellationToken: Cancellation).ToListAsync(Cancellation);
        var content = await container.GetBlobClient(blobs.ShouldHaveSingleItem().Name).DownloadContentAsync(Cancellation);
        var message = await MimeMessage.LoadAsync(content.Value.Content.ToStream(), Cancellation);
        message.To.ToString().ShouldBe("awa@exemple.test");
        message.Subject.ShouldBe("Émargement");
        message.TextBody!.ShouldContain("Signez ici");
        message.HtmlBody!.ShouldContain("<p>");
        (await StateAsync()).ShouldBe(MailState.Sent);
    }

    [Fact]
    public async Task A_mail_that_is_no_longer_wanted_is_dropped()
    {
        await QueueAsync();
        await using var server = new SmtpServer();

        await Delivery(Smtp(server.Port), mail: null).DeliverAsync(Slot, Cancellation);

        (await StateAsync()).ShouldBe(MailState.Dropped);
        server.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_smtp_server_takes_the_mail_with_an_id_that_names_the_slot()
    {
        await QueueAsync();
        await using var server = new SmtpServer();

        (await Delivery(Smtp(server.Port)).DeliverAsync(Slot, Cancellation)).ShouldBeNull();

        server.Messages.ShouldHaveSingleItem().ShouldContain($"<{Slot.OperationId:N}@exemple.test>");
        (await StateAsync()).ShouldBe(MailState.Sent);
    }

    [Fact]
    public async Task An_address_that_the_server_refuses_is_recorded_and_never_tried_again()
    {
        await QueueAsync();
        await using var server = new SmtpServer { Recipient = "550 no such user" };
        var delivery = Delivery(Smtp(server.Port));

        (await delivery.DeliverAsync(Slot, Cancellation)).ShouldBeNull();

        var stored = (await _table.FindAsync(Slot, Cancellation))!.Value;
        stored.State.ShouldBe(MailState.Refused);
        stored.Reason.ShouldBe("550");
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_leaves_the_mail_queued()
    {
        await QueueAsync();
        await using var server = new SmtpServer { Recipient = "451 later" };

        (await Delivery(Smtp(server.Port)).DeliverAsync(Slot, Cancellation)).ShouldBe(TimeSpan.FromMinutes(5));

        (await StateAsync()).ShouldBe(MailState.Queued);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_leaves_the_mail_queued()
    {
        await QueueAsync();
        var server = new SmtpServer();
        var port = server.Port;
        await server.DisposeAsync();

        await Should.ThrowAsync<MailNotHandedOverException>(() => Delivery(Smtp(port)).DeliverAsync(Slot, Cancellation));

        (await StateAsync()).ShouldBe(MailState.Queued);
    }

    [Fact]
    public async Task A_try_of_unknown_outcome_is_not_repeated_over_smtp()
    {
        await QueueAsync();
        await using var server = new SmtpServer { HangsUpAfterData = true };
        var delivery = Delivery(Smtp(server.Port));
        await Should.ThrowAsync<Exception>(() => delivery.DeliverAsync(Slot, Cancellation));

        (await delivery.DeliverAsync(Slot, Cancellation)).ShouldBeNull();

        server.Messages.Count.ShouldBe(1);
        (await StateAsync()).ShouldBe(MailState.Uncertain);
    }

    [Fact]
    public async Task Nothing_in_the_table_or_the_log_says_who_the_mail_is_for()
    {
        await QueueAsync();
        await using var server = new SmtpServer { Recipient = "550 awa@exemple.test is unknown" };
        var log = new ListLogger<MailDelivery>();

        await Delivery(Smtp(server.Port), log: log).DeliverAsync(Slot, Cancellation);

        log.Messages.ShouldHaveSingleItem().ShouldNotContain("awa@exemple.test");
        var stored = (await _table.FindAsync(Slot, Cancellation))!.Value;
        System.Text.Json.JsonSerializer.Serialize(stored).ShouldNotContain("awa@exemple.test");
    }

    [Fact]
    public void The_same_slot_is_always_the_same_operation()
    {
        Slot.OperationId.ShouldBe((Slot with { }).OperationId);
        Slot.OperationId.ShouldNotBe((Slot with { Slot = "link-2" }).OperationId);
        MailSlot.Parse(Slot.Partition, Slot.Row).ShouldBe(Slot);
    }

    private static IOptions<MailOptions> Settings(int port = 25) =>
        Options.Create(new MailOptions { SmtpHost = "127.0.0.1", SmtpPort = port, SmtpTls = false, Sender = "emargement@exemple.test" });

    private static Mail Hello() => new(EmailAddress.Parse("awa@exemple.test"), "Émargement", "Signez ici", "<p>Signez ici</p>", "fr");

    private SmtpMailSender Smtp(int port) => new(Settings(port), _time);

    private MailDelivery Delivery(IMailSender sender, ListLogger<MailDelivery>? log = null) => Delivery(sender, Hello(), log);

    private MailDelivery Delivery(IMailSender sender, Mail? mail, ListLogger<MailDelivery>? log = null) =>
        new(_table, sender, [new FixedTemplate(mail)], new Instruments(), _time, log ?? new ListLogger<MailDelivery>());

    private async Task QueueAsync()
    {
        var mail = new QueuedMail(Slot, "fixed", new Dictionary<string, string>(), MailState.Queued, _time.GetUtcNow());
        (await _table.TryInsertAsync(mail, Cancellation)).ShouldNotBeNull();
    }

    private async Task<MailState> StateAsync() => (await _table.FindAsync(Slot, Cancellation))!.Value.State;

    private sealed class FixedTemplate(Mail? mail) : IMailTemplate
    {
        public string Key => "fixed";

        public Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation) =>
            Task.FromResult(mail);
    }
}
