using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Platform.Mail;

/// <summary>A queued mail as it is stored, and how it is written.</summary>
public sealed record FreshMail(Stored<QueuedMail> Queued, Func<CancellationToken, Task<Mail?>> ComposeAsync);

/// <summary>Hands one queued mail to the provider, and writes down what came of it.</summary>
public sealed partial class MailDelivery(
    MailsTable table,
    IMailSender sender,
    IEnumerable<IMailTemplate> templates,
    Instruments instruments,
    TimeProvider time,
    ILogger<MailDelivery> logger)
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, IMailTemplate> _templates = templates.ToDictionary(t => t.Key);

    /// <returns>How long to wait before calling again, or null when this mail has come to its end.</returns>
    /// <exception cref="MailNotHandedOverException">The provider cannot be reached; the mail is queued still.</exception>
    public async Task<TimeSpan?> DeliverAsync(MailSlot slot, CancellationToken cancellation) =>
        await table.FindAsync(slot, cancellation) is { Value: var queued } stored
            ? await DeliverAsync(
                new FreshMail(stored, token => _templates[queued.Template].ComposeAsync(slot, queued.Args, token)), cancellation)
            : null;

    /// <inheritdoc cref="DeliverAsync(MailSlot, CancellationToken)"/>
    public async Task<TimeSpan?> DeliverAsync(FreshMail fresh, CancellationToken cancellation)
    {
        var stored = fresh.Queued;
        switch (stored.Value.State)
        {
            case MailState.Queued:
                break;
            case MailState.Sending when !sender.DropsRepeats:
                await EndAsync(stored, MailState.Uncertain, null, "interrupted", cancellation);
                return null;
            case MailState.Sending:
                break;
            default:
                return null;
        }

        var mail = await fresh.ComposeAsync(cancellation);
        if (mail is null)
        {
            await EndAsync(stored, MailState.Dropped, null, null, cancellation);
            return null;
        }

        // A provider that drops repeats needs no note that a try is under way.
        if (sender.DropsRepeats)
        {
            return await HandOverAsync(stored, mail, cancellation);
        }

        return await table.TryReplaceAsync(stored, stored.Value with { State = MailState.Sending }, cancellation) is { } sending
            ? await HandOverAsync(sending, mail, cancellation)
            : DefaultWait;
    }

    private async Task<TimeSpan?> HandOverAsync(Stored<QueuedMail> sending, Mail mail, CancellationToken cancellation)
    {
        MailOutcome outcome;
        try
        {
            outcome = await sender.SendAsync(mail, sending.Value.Slot.OperationId, cancellation);
        }
        catch (MailNotHandedOverException)
        {
            await EndAsync(sending, MailState.Queued, null, null, cancellation);
            throw;
        }

        switch (outcome.Kind)
        {
            case MailOutcomeKind.Throttled:
                await EndAsync(sending, MailState.Queued, null, null, cancellation);
                return outcome.RetryAfter ?? DefaultWait;
            case MailOutcomeKind.Refused:
                await EndAsync(sending, MailState.Refused, outcome.ProviderId, outcome.Reason, cancellation);
                LogRefused(sending.Value.Slot.OperationId, outcome.Reason);
                return null;
            default:
                await EndAsync(sending, MailState.Sent, outcome.ProviderId, null, cancellation);
                LogSent(sending.Value.Slot.OperationId);
                return null;
        }
    }

    private async Task EndAsync(
        Stored<QueuedMail> stored, MailState state, string? providerId, string? reason, CancellationToken cancellation)
    {
        var ends = state != MailState.Queued;
        var ended = stored.Value with { State = state, EndedAt = ends ? time.GetUtcNow() : null, ProviderId = providerId, Reason = reason };
        // Another try of the same mail may have taken this one for interrupted: what came of it is known now.
        var written = await table.TryReplaceAsync(stored, ended, cancellation)
            ?? (await table.FindAsync(stored.Value.Slot, cancellation) is { } later
                ? await table.TryReplaceAsync(later, ended, cancellation)
                : null);
        if (written is not null && ends)
        {
            instruments.MailEnded(state.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Mail {Operation} was sent")]
    private partial void LogSent(Guid operation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Operation} was refused: {Reason}")]
    private partial void LogRefused(Guid operation, string? reason);
}
