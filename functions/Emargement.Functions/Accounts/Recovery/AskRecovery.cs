using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.Recovery;

/// <summary>Somebody asks for a new password. Says the login as its hash only, because it rests in a history.</summary>
/// <param name="Slot">Ten minutes of the clock: each address gets one mail in it.</param>
public sealed record RecoveryAsked(string Organisation, string Login, string Slot)
{
    /// <summary>Of the run that answers: who asks again meanwhile, asks the same one.</summary>
    public string InstanceId
    {
        get
        {
            var asked = Encoding.UTF8.GetBytes($"{Organisation}|{Login}|{Slot}");
            return "recover-" + Convert.ToHexStringLower(SHA256.HashData(asked).AsSpan(0, 16));
        }
    }
}

/// <summary>
/// Takes the wish for a new password, and looks nothing up: who asks learns neither from the answer, nor from its time, nor from what it
/// costs whether there is such a person (OWASP, Forgot Password).
/// </summary>
public sealed class AskRecovery(TimeProvider time)
{
    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(10);

    /// <returns>What to answer in the background, or <c>login-missing</c> for a text that can be nobody's login.</returns>
    public Result<RecoveryAsked> Run(OrganisationId organisation, string login) => LoginName.TryParse(login, out var name)
        ? new RecoveryAsked(
            organisation.Value, name.Key, (time.GetUtcNow().Ticks / Slot.Ticks).ToString(CultureInfo.InvariantCulture))
        : Refusal.BadInput("login-missing");
}
