using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Reminders;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Reminders.Stopping;
using Emargement.Web.Platform;

namespace Emargement.Functions.Reminders.Mails;

/// <summary>Who is reminded, as of when the mail is written.</summary>
public sealed record ReminderScene(Organisation Organisation, Account Account, DateTimeOffset Now, Texts Texts)
{
    /// <summary>Local.</summary>
    public DateOnly Today => Organisation.Zone.DateAt(Now);
}

/// <summary>What a reminder says.</summary>
/// <param name="Path">Below the organisation's pages, where its button leads.</param>
public sealed record ReminderWords(string Path, params (string Name, object Value)[] Values);

/// <summary>Writes one kind of reminder when it is sent. It counts and leads to a page; it names nobody but its reader.</summary>
public abstract class ReminderMail(ReminderMailParts parts) : IMailTemplate
{
    public string Key => KeyOf(Kind);

    protected abstract ReminderKind Kind { get; }

    public static string KeyOf(ReminderKind kind) => $"reminder-{ReminderKinds.Word(kind)}";

    public async Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation)
    {
        if (!AccountId.TryParseKey(slot.Person, out var id)
            || await parts.Accounts.FindAsync(slot.Organisation, id, cancellation) is not { Value: { Email: { } email } account }
            || !SendReminders.Reaches(account, Kind)
            || await parts.Organisations.FindAsync(slot.Organisation, cancellation) is not { Value: { } organisation })
        {
            return null;
        }

        var scene = new ReminderScene(organisation, account, parts.Time.GetUtcNow(), Texts.For(account.Language));
        return await WordsAsync(scene, args, cancellation) is { } words
            ? MailLayout.Compose(
                email,
                account.Language,
                Key,
                parts.Address.WithoutRequest($"o/{organisation.Id}/{words.Path}"),
                [("name", account.DisplayName), ("organisation", organisation.Name), .. words.Values])
                .WithStop(await parts.Stops.MintAsync(organisation.Id, id, Kind, cancellation))
            : null;
    }

    /// <returns>Null when there is nothing to remind of any more.</returns>
    protected abstract Task<ReminderWords?> WordsAsync(
        ReminderScene scene, IReadOnlyDictionary<string, string> args, CancellationToken cancellation);
}

/// <summary>What every reminder is written with.</summary>
public sealed class ReminderMailParts(
    AccountsTable accounts, OrganisationsTable organisations, StopLinks stops, PublicAddress address, TimeProvider time)
{
    public AccountsTable Accounts => accounts;

    public OrganisationsTable Organisations => organisations;

    public StopLinks Stops => stops;

    public PublicAddress Address => address;

    public TimeProvider Time => time;
}
