using Emargement.Domain.Platform;

namespace Emargement.Functions.Platform.Mail;

/// <summary>One e-mail to one person.</summary>
/// <param name="Language">Two letters: the language of its texts.</param>
public sealed record Mail(EmailAddress To, string Subject, string Text, string Html, string Language)
{
    /// <summary>Where its reader asks for no more of its kind (RFC 8058); null where there is nothing to ask.</summary>
    public Uri? Stop { get; init; }

    /// <summary>Headers by which a mail program asks, in one click and without opening the page.</summary>
    public IEnumerable<(string Name, string Value)> StopHeaders =>
        Stop is null ? [] : [("List-Unsubscribe", $"<{Stop}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")];
}

public enum MailOutcomeKind
{
    /// <summary>The provider took it.</summary>
    Sent,

    /// <summary>The provider will never take it (unknown or refused address); trying again changes nothing.</summary>
    Refused,

    /// <summary>The provider asks to slow down: try again after <see cref="MailOutcome.RetryAfter"/>.</summary>
    Throttled,
}

/// <param name="ProviderId">The provider's own id of the message, when it gives one.</param>
/// <param name="Reason">Why it was refused: a short code without personal data.</param>
public sealed record MailOutcome(MailOutcomeKind Kind, string? ProviderId = null, string? Reason = null, TimeSpan? RetryAfter = null);

/// <summary>
/// Hands one e-mail to whatever delivers it. A provider that is down is a fault (an exception): the orchestration tries again.
/// </summary>
public interface IMailSender
{
    /// <summary>
    /// Whether the provider drops a second call with the same operation id, so that a try of unknown outcome may be repeated.
    /// </summary>
    bool DropsRepeats { get; }

    Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken cancellation);
}

/// <summary>The mail certainly did not leave: the provider could not be reached or did not let us in. Trying again is safe.</summary>
public sealed class MailNotHandedOverException : Exception
{
    public MailNotHandedOverException()
    {
    }

    public MailNotHandedOverException(string message)
        : base(message)
    {
    }

    public MailNotHandedOverException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
