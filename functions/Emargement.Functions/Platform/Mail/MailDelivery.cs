using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Platform.Mail;

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
    public async Task<TimeSpan?> DeliverAsync(MailSlot slot, CancellationToken cancellation)
    {
        if (await table.FindAsync(slot, cancellation) is not { } stored)
        {
            return null;
        }

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

        var mail = await _templates[stored.Value.Template].ComposeAsync(slot, stored.Value.Args, cancellation);
        if (mail is null)
        {
            await EndAsync(stored, MailState.Dropped, null, null, cancellation);
            return null;
        }

        return await table.TryReplaceAsync(stored, stored.Value with { State = MailState.Sending }, cancellation)
            ? await HandOverAsync(slot, mail, cancellation)
            : DefaultWait;
    }

    private async Task<TimeSpan?> HandOverAsync(MailSlot slot, Mail mail, CancellationToken cancellation)
    {
        MailOutcome outcome;
        try
        {
            outcome = await sender.SendAsync(mail, slot.OperationId, cancellation);
        }
        catch (MailNotHandedOverException)
        {
            await EndAsync(slot, MailState.Queued, null, null, cancellation);
            throw;
        }

        switch (outcome.Kind)
        {
            case MailOutcomeKind.Throttled:
                await EndAsync(slot, MailState.Queued, null, null, cancellation);
                return outcome.RetryAfter ?? DefaultWait;
            case MailOutcomeKind.Refused:
                await EndAsync(slot, MailState.Refused, outcome.ProviderId, outcome.Reason, cancellation);
                LogRefused(slot.OperationId, outcome.Reason);
                return null;
            default:
                await EndAsync(slot, MailState.Sent, outcome.ProviderId, null, cancellation);
                LogSent(slot.OperationId);
                return null;
        }
    }

    private async Task EndAsync(MailSlot slot, MailState state, string? providerId, string? reason, CancellationToken cancellation)
    {
        if (await table.FindAsync(slot, cancellation) is { } stored)
        {
            await EndAsync(stored, state, providerId, reason, cancellation);
        }
    }

    private async Task EndAsync(
        Stored<QueuedMail> stored, MailState state, string? providerId, string? reason, CancellationToken cancellation)
    {
        var ends = state != MailState.Queued;
        var ended = stored.Value with { State = state, EndedAt = ends ? time.GetUtcNow() : null, ProviderId = providerId, Reason = reason };
        // Losing the race means that another try of the same mail wrote what came of it.
        if (await table.TryReplaceAsync(stored, ended, cancellation) && ends)
        {
            instruments.MailEnded(state.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Mail {Operation} was sent")]
    private partial void LogSent(Guid operation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Operation} was refused: {Reason}")]
    private partial void LogRefused(Guid operation, string? reason);
}
