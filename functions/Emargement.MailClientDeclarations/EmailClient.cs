using Azure.Core;

namespace Azure.Communication.Email;

public class EmailClientOptions : ClientOptions
{
    // The package's enum has named values; the app names none of them.
    public enum ServiceVersion;

    public EmailClientOptions(ServiceVersion version = (ServiceVersion)5)
    {
    }
}

public class EmailClient
{
    public EmailClient(string connectionString)
    {
    }

    public EmailClient(Uri endpoint, TokenCredential credential, EmailClientOptions? options = default)
    {
    }

    protected EmailClient()
    {
    }

    public virtual Task<EmailSendOperation> SendAsync(
        WaitUntil wait, EmailMessage message, CancellationToken cancellationToken = default) =>
        throw NotInThisBuild();

    public virtual Task<EmailSendOperation> SendAsync(
        WaitUntil wait, EmailMessage message, Guid operationId, CancellationToken cancellationToken = default) => throw NotInThisBuild();

    internal static NotSupportedException NotInThisBuild() =>
        new("This build has no mail client of Azure Communication Services in it: configure SMTP or the mailbox folder.");
}

public class EmailSendOperation : Operation<EmailSendResult>
{
    public EmailSendOperation(string id, EmailClient client) => Id = id;

    protected EmailSendOperation() => Id = string.Empty;

    public override string Id { get; }

    public override bool HasCompleted => throw EmailClient.NotInThisBuild();

    public override bool HasValue => throw EmailClient.NotInThisBuild();

    public override EmailSendResult Value => throw EmailClient.NotInThisBuild();

    public override Response GetRawResponse() => throw EmailClient.NotInThisBuild();

    public override Response UpdateStatus(CancellationToken cancellationToken = default) => throw EmailClient.NotInThisBuild();

    public override ValueTask<Response> UpdateStatusAsync(CancellationToken cancellationToken = default) =>
        throw EmailClient.NotInThisBuild();
}

public class EmailSendResult
{
    internal EmailSendResult(EmailSendStatus status) => Status = status;

    public EmailSendStatus Status { get; }
}

public readonly struct EmailSendStatus(string value) : IEquatable<EmailSendStatus>
{
    private readonly string _value = value;

    public static EmailSendStatus Canceled { get; } = new("Canceled");

    public static EmailSendStatus Failed { get; } = new("Failed");

    public static EmailSendStatus NotStarted { get; } = new("NotStarted");

    public static EmailSendStatus Running { get; } = new("Running");

    public static EmailSendStatus Succeeded { get; } = new("Succeeded");

    public static implicit operator EmailSendStatus(string value) => new(value);

    public static bool operator ==(EmailSendStatus left, EmailSendStatus right) => left.Equals(right);

    public static bool operator !=(EmailSendStatus left, EmailSendStatus right) => !left.Equals(right);

    public bool Equals(EmailSendStatus other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => obj is EmailSendStatus other && Equals(other);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(_value ?? string.Empty);

    public override string ToString() => _value;
}
