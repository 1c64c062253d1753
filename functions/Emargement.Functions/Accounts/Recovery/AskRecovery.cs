using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Gates;

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
public sealed class AskRecovery(TryGate gate, TimeProvider time)
{
    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(10);

    /// <param name="network">From where it is asked: one that asks for everybody is asked to wait.</param>
    /// <returns>What to answer in the background, or <c>login-missing</c> for a text that can be nobody's login, or
    /// <c>recovery-asked-often</c> with <c>minutes</c>.</returns>
    public async Task<Result<RecoveryAsked>> RunAsync(
        OrganisationId organisation, string login, string network, CancellationToken cancellation)
    {
        if (!LoginName.TryParse(login, out var name))
        {
            return Refusal.BadInput("login-missing");
        }

        var now = time.GetUtcNow();
        return await gate.CountAsync(organisation, "recovery", network, cancellation) is { } until
            ? Locks.Refuse("recovery-asked-often", until, now)
            : new RecoveryAsked(organisation.Value, name.Key, (now.Ticks / Slot.Ticks).ToString(CultureInfo.InvariantCulture));
    }
}
