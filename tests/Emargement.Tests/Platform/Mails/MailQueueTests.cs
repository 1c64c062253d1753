using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Storage;
using Emargement.Tests.Signing;
using Microsoft.Extensions.Options;

namespace Emargement.Tests.Platform.Mails;

public sealed class MailQueueTests
{
    private readonly StorageCalls _calls = new();
    private readonly MailQueue _queue;
    private readonly MailsTable _table;

    public MailQueueTests()
    {
        var options = new StorageOptions { ConnectionString = AzuriteFixture.ConnectionString, Prefix = AzuriteFixture.NewPrefix() };
        _table = new MailsTable(new AppStorage(Options.Create(options), [_calls]));
        _queue = new MailQueue(_table, TimeProvider.System);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_mails_of_a_class_are_queued_in_one_call()
    {
        await _table.PaceAsync(Cancellation);
        _calls.Reset();

        var queued = await QueueAsync(Class(30));

        _calls.Made.Count.ShouldBe(1);
        (queued.Added, queued.Batch!.Rows.Count).ShouldBe((30, 30));
    }

    [Fact]
    public async Task A_class_that_grew_is_queued_again_for_whom_is_new_and_sent_to_all_that_wait()
    {
        await QueueAsync(Class(3));

        var queued = await QueueAsync([.. Class(4), "L2"]);

        (queued.Added, queued.Batch!.Rows.Count).ShouldBe((1, 4));
    }

    private static string[] Class(int size) => [.. Enumerable.Range(1, size).Select(i => $"L{i}")];

    private Task<QueuedMails> QueueAsync(string[] people) => _queue.QueueAsync(
        OrganisationId.Parse("greta"), "s1", "link", "sign-link", people, new Dictionary<string, string>(), Cancellation);
}
