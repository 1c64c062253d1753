using Emargement.Domain.Platform;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Platform.Mail;

/// <summary>Mails to send, by their places: keys only, never an address.</summary>
public sealed record MailBatch(string Partition, IReadOnlyList<string> Rows)
{
    /// <summary>Mails of one subject, sent by one run.</summary>
    public static MailBatch? Together(MailBatch? first, MailBatch? second) =>
        first is null || second is null ? first ?? second : first with { Rows = [.. first.Rows, .. second.Rows] };
}

/// <summary>Sends mails when the provider's limits leave them a place; those that it asks to delay wait as long as it asks.</summary>
public static class SendMailsOrchestrator
{
    public const string Name = "SendMails";

    // A provider that is down for an hour loses no mail.
    private static readonly TaskOptions Retried = TaskOptions.FromRetryPolicy(
        new RetryPolicy(8, TimeSpan.FromSeconds(15), 2, TimeSpan.FromMinutes(20)));

    [Function(Name)]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var batch = context.GetInput<MailBatch>()!;
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

        var delayed = results.Where(r => r.RetryAfter is not null).ToList();
        if (delayed.Count > 0)
        {
            await WaitUntilAsync(context, context.CurrentUtcDateTime + delayed.Max(r => r.RetryAfter!.Value));
            context.ContinueAsNew(batch with { Rows = [.. delayed.Select(r => r.Row)] });
        }
    }

    private static Task WaitUntilAsync(TaskOrchestrationContext context, DateTime until) =>
        until > context.CurrentUtcDateTime ? context.CreateTimer(until, CancellationToken.None) : Task.CompletedTask;
}
