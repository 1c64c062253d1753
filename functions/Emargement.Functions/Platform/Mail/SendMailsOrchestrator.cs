using Emargement.Domain.Platform;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Platform.Mail;

/// <summary>Mails to send, by their places: keys only, never an address. Part of the history of runs, so members are only ever added.
/// </summary>
/// <param name="Shape">The shape of the code that started the run.</param>
/// <param name="Tries">How often the run has waited for the provider.</param>
/// <param name="Begun">What came of them when whoever queued them sent them at once; null when nobody did.</param>
public sealed record MailBatch(
    string Partition, IReadOnlyList<string> Rows, int Shape = 0, int Tries = 0, MailLotResult? Begun = null);

/// <summary>Sends mails when the provider's limits leave them a place; those that it asks to delay wait as long as it asks.</summary>
/// <remarks>The first shape sent each mail by an activity of its own; what it started goes on so until it ends or waits.</remarks>
public static class SendMailsOrchestrator
{
    public const string Name = "SendMails";
    public const int Shape = 1;

    // A storage that is away for an hour loses no mail.
    private static readonly TaskOptions Retried = TaskOptions.FromRetryPolicy(
        new RetryPolicy(8, TimeSpan.FromSeconds(15), 2, TimeSpan.FromMinutes(20)));

    [Function(Name)]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var batch = context.GetInput<MailBatch>()!;
        var results = batch.Shape == 0 ? await SendOneByOneAsync(context, batch) : await SendInLotsAsync(context, batch);
        var delayed = results.Where(r => r.RetryAfter is not null).ToList();
        if (delayed.Count > 0)
        {
            await WaitUntilAsync(context, context.CurrentUtcDateTime + delayed.Max(r => r.RetryAfter!.Value));
            var left = delayed.Select(r => r.Row);
            context.ContinueAsNew(batch with { Rows = [.. left], Shape = Shape, Tries = batch.Tries + 1, Begun = null });
        }
    }

    private static async Task<List<MailResult>> SendInLotsAsync(TaskOrchestrationContext context, MailBatch batch)
    {
        Task<MailLotResult> SendAsync(IEnumerable<string> rows, bool reserved) => context.CallActivityAsync<MailLotResult>(
            SendMailLotActivity.Name, new MailLot(batch.Partition, [.. rows], reserved, batch.Tries), Retried);

        var first = batch.Begun ?? await SendAsync(batch.Rows, reserved: false);
        var results = first.Results.ToList();
        foreach (var turn in first.Later)
        {
            await WaitUntilAsync(context, turn.At.UtcDateTime);
            var lots = batch.Rows.Skip(results.Count).Take(turn.Count).Chunk(SendMailLot.Largest)
                .Select(rows => SendAsync(rows, reserved: true));
            results.AddRange((await Task.WhenAll(lots)).SelectMany(lot => lot.Results));
        }

        return results;
    }

    private static async Task<List<MailResult>> SendOneByOneAsync(TaskOrchestrationContext context, MailBatch batch)
    {
        var turns = await context.CallActivityAsync<List<MailTurn>>(ReserveMailTurnsActivity.Name, batch.Rows.Count, Retried);
        var results = new List<MailResult>();
        foreach (var turn in turns)
        {
            await WaitUntilAsync(context, turn.At.UtcDateTime);
            var rows = batch.Rows.Skip(results.Count).Take(turn.Count);
            var sent = rows.Select(row => new MailPlace(batch.Partition, row))
                .Select(place => context.CallActivityAsync<MailResult>(SendMailActivity.Name, place, Retried));
            results.AddRange(await Task.WhenAll(sent));
        }

        return results;
    }

    private static Task WaitUntilAsync(TaskOrchestrationContext context, DateTime until) =>
        until > context.CurrentUtcDateTime ? context.CreateTimer(until, CancellationToken.None) : Task.CompletedTask;
}
