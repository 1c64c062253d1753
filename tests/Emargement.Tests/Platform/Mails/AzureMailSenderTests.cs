using Azure;
using Azure.Communication.Email;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Mail.Senders;
using Microsoft.Extensions.Options;
using Address = Emargement.Domain.Platform.EmailAddress;

namespace Emargement.Tests.Platform.Mails;

public sealed class AzureMailSenderTests
{
    private static readonly Guid Operation = new("11111111-2222-3333-4444-555555555555");

    [Fact]
    public async Task The_slot_s_operation_is_the_provider_s_so_that_a_repeat_is_dropped()
    {
        var client = new Client(null);

        var outcome = await SendAsync(client);

        outcome.ShouldBe(new MailOutcome(MailOutcomeKind.Sent, Operation.ToString()));
        client.Operations.ShouldBe([Operation]);
        client.Message!.UserEngagementTrackingDisabled.ShouldBe(true, "nobody is followed through their mail");
    }

    [Theory]
    [InlineData(429, MailOutcomeKind.Throttled)]
    [InlineData(400, MailOutcomeKind.Refused)]
    [InlineData(200, MailOutcomeKind.Refused)] // accepted, then failed
    public async Task What_the_provider_says_is_understood(int status, MailOutcomeKind expected) =>
        (await SendAsync(new Client(new RequestFailedException(status, "no", "InvalidRecipient", null)))).Kind.ShouldBe(expected);

    [Fact]
    public async Task A_provider_that_is_down_is_a_fault() =>
        await Should.ThrowAsync<RequestFailedException>(() => SendAsync(new Client(new RequestFailedException(503, "down"))));

    private static Task<MailOutcome> SendAsync(Client client) =>
        new AzureMailSender(client, Options.Create(new MailOptions())).SendAsync(
            new Mail(Address.Parse("awa@exemple.test"), "s", "t", "<p>t</p>", "fr"), Operation, TestContext.Current.CancellationToken);

    private sealed class Client(RequestFailedException? fault) : EmailClient
    {
        public List<Guid> Operations { get; } = [];

        public EmailMessage? Message { get; private set; }

        public override Task<EmailSendOperation> SendAsync(
            WaitUntil wait, EmailMessage message, Guid operationId, CancellationToken cancellationToken = default)
        {
            (Message, _) = (message, wait);
            Operations.Add(operationId);
            return fault is null ? Task.FromResult(new EmailSendOperation(operationId.ToString(), this)) : throw fault;
        }
    }
}
