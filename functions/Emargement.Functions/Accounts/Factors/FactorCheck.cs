using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Codes;
using Emargement.Functions.Accounts.Logins;
using Emargement.Functions.Platform.Codes;
using Emargement.Functions.Platform.Gates;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.Factors;

/// <summary>
/// Judges the code of a second step, the app's or a recovery code. A conditional write takes a right one, so that of two equal ones sent at
/// once one is refused; the gate counts the try before its outcome is told.
/// </summary>
public sealed class FactorCheck(FactorsTable table, TryGate gate, SpareCodes codes, TimeProvider time)
{
    /// <summary>Where the tries of those who sign in are counted; whoever has the password can lock it, and nothing else.</summary>
    public const string SignIn = "second-step";

    /// <summary>Where those of somebody who is signed in are counted.</summary>
    public const string Own = "own-factor";

    /// <param name="way">One of the two above.</param>
    /// <returns>The factor as it is now, or <c>second-step-wrong</c>, <c>second-step-used</c>, <c>second-step-not-set</c>, or
    /// <c>second-step-locked</c> with <c>minutes</c>.</returns>
    public async Task<Result<Factor>> UseAsync(
        OrganisationId organisation, AccountId account, string typed, string way, CancellationToken cancellation)
    {
        var told = await gate.TellAsync(
            TryPath.Of(organisation, way, account.Key), () => TakeAsync(organisation, account, typed, cancellation), cancellation);

        return told.Outcome ?? (told.LockedUntil is { } until
            ? Locks.Refuse("second-step-locked", until, time.GetUtcNow())
            : PasswordTurns.Busy);
    }

    /// <summary>The time step of an app whose code this is: the present one, or a neighbour, for clocks half a minute off.</summary>
    public long? StepOf(byte[] secret, string typed)
    {
        var now = TimeCodes.ClockStep(time.GetUtcNow());
        return TypedCode.Of(typed) is { } code ? TimeCodes.StepOf(secret, code, [now, now - 1, now + 1]) : null;
    }

    private async Task<Result<Factor>?> TakeAsync(
        OrganisationId organisation, AccountId account, string typed, CancellationToken cancellation)
    {
        while (true)
        {
            if (await table.FindAsync(organisation, account, cancellation) is not { } read)
            {
                return Refusal.Conflict("second-step-not-set");
            }

            var judged = await JudgeAsync(account, read.Value, typed, cancellation);
            if (judged is not { IsOk: true, Value: { } after }
                || await table.TryWriteUseAsync(organisation, account, read, after, cancellation))
            {
                return judged;
            }
        }
    }

    private async Task<Result<Factor>?> JudgeAsync(AccountId account, Factor factor, string typed, CancellationToken cancellation)
    {
        if (SpareCode.Of(typed) is { } code)
        {
            var (looked, kept) = await codes.FindAsync(account, factor.Codes, code, cancellation);
            return !looked ? null
                : kept is null ? Refusal.BadInput("second-step-wrong")
                : factor with { Codes = [.. factor.Codes.Where(c => c != kept)] };
        }

        return factor.Secret is null || StepOf(factor.Secret, typed) is not { } step ? Refusal.BadInput("second-step-wrong")
            : step <= factor.LastStep ? Refusal.Conflict("second-step-used")
            : factor with { LastStep = step };
    }
}
