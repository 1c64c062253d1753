namespace Emargement.Functions.Platform.Mail;

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
