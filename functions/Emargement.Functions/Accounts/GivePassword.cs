using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Recovery;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts;

/// <summary>Gives somebody a password that a manager chose; who is written to is told.</summary>
public sealed class GivePassword(Passwords passwords, TellPasswordChanged tell)
{
    /// <returns>The account with the mail to send, or what <see cref="Passwords.SetAsync"/> refuses.</returns>
    public async Task<Result<QueuedMails<Account>>> RunAsync(Route<AccountId> account, string password, CancellationToken cancellation)
    {
        var given = await passwords.SetAsync(
            account.Organisation, account.Id, password, known: null, keptDevice: null, cancellation);
        return given.IsOk
            ? new QueuedMails<Account>(given.Value, await tell.RunAsync(account.Organisation, given.Value, cancellation))
            : given.Refusal;
    }
}
