using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Recovery;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts.Links;

/// <summary>Gives an account the password that its holder chose behind a link; who had a way in before is told by mail.</summary>
public sealed class ChoosePassword(Activations activations, TellPasswordChanged tell)
{
    /// <returns>The account with the mail to send, or what <see cref="Activations.ChooseAsync"/> refuses.</returns>
    public async Task<Result<QueuedMails<Activation>>> RunAsync(string secret, string password, CancellationToken cancellation)
    {
        var chosen = await activations.ChooseAsync(secret, password, cancellation);
        if (!chosen.IsOk)
        {
            return chosen.Refusal;
        }

        var (link, account) = (chosen.Value.Link, chosen.Value.Account);
        var isNews = chosen.Value.WasOpen || link.Purpose == LinkPurpose.Recover;
        return new QueuedMails<Activation>(
            chosen.Value, isNews ? await tell.RunAsync(link.Organisation, account, cancellation) : null);
    }
}
