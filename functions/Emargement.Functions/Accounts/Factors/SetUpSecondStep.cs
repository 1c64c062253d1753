using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Logins;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Mail;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Factors;

/// <param name="Offer">As it was offered.</param>
/// <param name="Code">That the app shows now.</param>
/// <param name="Password">Needed by whoever is signed in already; whoever is signing in has just given it.</param>
public sealed record SetUpSecondStepBody(string Offer, string Code, string? Password = null);

/// <summary>A second step as it was changed.</summary>
/// <param name="Codes">New recovery codes, shown this once; none where it was removed.</param>
/// <param name="Mails">That tell its owner.</param>
public sealed record SecondStepChange(Account Account, IReadOnlyList<string> Codes, MailBatch? Mails);

/// <summary>Sets up the second step of whoever asks, once they show that their app has the secret.</summary>
public sealed class SetUpSecondStep(
    FactorsTable factors,
    AuthenticatorOffers offers,
    FactorCheck check,
    OwnerCheck owner,
    SpareCodes recovery,
    EndSignIns end,
    AccountSessions sessions,
    TellSecondStep tell,
    TimeProvider time)
{
    /// <returns>The recovery codes; the browser is signed in whole. Or <c>second-step-offer</c>, <c>second-step-wrong</c>,
    /// <c>second-step-set</c>, <c>changed-meanwhile</c>, or a refusal of the password.</returns>
    public async Task<Result<SecondStepChange>> RunAsync(HttpRequest request, SetUpSecondStepBody body, CancellationToken cancellation)
    {
        var caller = request.Caller();
        var (organisation, id) = (caller.Organisation!.Value, caller.Account!.Value);
        if (offers.Open(organisation, id, body.Offer) is not { } secret)
        {
            return Refusal.BadInput("second-step-offer");
        }

        if (check.StepOf(secret, body.Code) is not { } step)
        {
            return Refusal.BadInput("second-step-wrong");
        }

        var known = caller.Kind == Callers.OneFactor
            ? await sessions.WithFirstFactorAsync(request, cancellation)
            : await owner.PasswordAsync(caller, body.Password ?? string.Empty, cancellation);
        if (!known.IsOk)
        {
            return known.Refusal;
        }

        var codes = SpareCodes.Draw();
        if (await recovery.KeptAsync(id, codes, cancellation) is not { } kept)
        {
            return PasswordTurns.Busy;
        }

        return await factors.TryInsertAsync(organisation, id, new Factor(secret, step, kept, time.GetUtcNow()), cancellation)
            ? await FinishAsync(request, organisation, codes, cancellation)
            : Refusal.Conflict("second-step-set");
    }

    private async Task<Result<SecondStepChange>> FinishAsync(
        HttpRequest request, OrganisationId organisation, IReadOnlyList<string> codes, CancellationToken cancellation)
    {
        var caller = request.Caller();
        var ended = await end.RunAsync(organisation, caller.Account!.Value, caller.Device, cancellation);
        if (!ended.IsOk)
        {
            return ended.Refusal;
        }

        var started = await sessions.StartAsync(
            request.HttpContext, organisation, ended.Value, stay: false, SignInProof.TwoFactors, cancellation);

        // A factor, more than another sign-in of theirs.
        request.HttpContext.NoteAudit(new AuditNote(organisation, AuditKind.Factor, ended.Value.Id.Key, ended.Value.Id.ToString()));
        return started.IsOk
            ? new SecondStepChange(
                ended.Value, codes, await tell.RunAsync(organisation, ended.Value, SecondStepMail.Set, cancellation))
            : started.Refusal;
    }
}
