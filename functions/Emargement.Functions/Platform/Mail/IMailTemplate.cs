namespace Emargement.Functions.Platform.Mail;

/// <summary>
/// Writes one sort of mail at the moment it is sent: the address, the name and the
/// secret of a link are read or made then, and rest nowhere.
/// </summary>
public interface IMailTemplate
{
    /// <summary>Name of the template; its texts are <c>mail.{key}.subject</c>, <c>.body</c> and <c>.button</c>.</summary>
    string Key { get; }

    /// <param name="args">As queued: no personal data, no secret.</param>
    /// <returns>The mail, or null when it is no longer wanted (the person has signed meanwhile, has no address any more).</returns>
    Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation);
}
