using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Fido2NetLib;
using Fido2NetLib.Objects;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Passkeys;

/// <param name="Credential">As <c>PublicKeyCredential.toJSON</c> writes it.</param>
public sealed record SignInWithPasskeyBody(string Credential);

/// <summary>
/// Signs somebody in by a passkey alone, without a name: it is held, and was unlocked for this by what its owner is or knows, so it counts
/// as two factors. One that was not unlocked is refused.
/// </summary>
public sealed class SignInWithPasskey(
    PasskeysTable passkeys,
    PasskeyIdsTable ids,
    PasskeyChallenges challenges,
    PasskeyParty party,
    AccountsTable accounts,
    AccountSessions sessions,
    TimeProvider time)
{
    /// <summary>What to ask of the device: any passkey of this app.</summary>
    public PasskeyOptions Offer(HttpRequest request, OrganisationId organisation)
    {
        var options = party.Of(request).GetAssertionOptions(new GetAssertionOptionsParams
        {
            AllowedCredentials = [],
            UserVerification = UserVerificationRequirement.Required,
        }).ToJson();
        challenges.Give(request.HttpContext, Purpose(organisation), options);
        return new PasskeyOptions(options);
    }

    /// <returns>The account, or <c>passkey-refused</c> whatever is wrong, or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<StartedSession>> RunAsync(
        HttpRequest request, OrganisationId organisation, SignInWithPasskeyBody body, CancellationToken cancellation)
    {
        if (await challenges.TakeAsync(request.HttpContext, organisation, Purpose(organisation), cancellation) is not { } asked)
        {
            return PasskeyParty.Refused();
        }

        var judged = await PasskeyParty.JudgeAsync(
            body.Credential,
            (AuthenticatorAssertionRawResponse given) => JudgeAsync(request, organisation, asked, given, cancellation));
        return judged is { IsOk: true, Value: { } account }
            ? await sessions.StartAsync(
                request.HttpContext, organisation, account, stay: false, SignInProof.TwoFactors, cancellation)
            : PasskeyParty.Refused();
    }

    private static string Purpose(OrganisationId organisation) => $"sign-in|{organisation}";

    /// <returns>The account whose passkey it is; null when it is none, or may not sign in.</returns>
    private async Task<Account?> JudgeAsync(
        HttpRequest request,
        OrganisationId organisation,
        string asked,
        AuthenticatorAssertionRawResponse given,
        CancellationToken cancellation)
    {
        var id = Passkey.IdOf(given.RawId);
        if (await ids.FindAsync(organisation, id, cancellation) is not { } account
            || await accounts.FindAsync(organisation, account, cancellation) is not { Value: { Suspended: false } holder }
            || await passkeys.FindAsync(organisation, account, id, cancellation) is not { } stored)
        {
            return null;
        }

        var passkey = stored.Value;
        var verified = await party.Of(request).MakeAssertionAsync(
            new MakeAssertionParams
            {
                AssertionResponse = given,
                OriginalOptions = AssertionOptions.FromJson(asked),
                StoredPublicKey = passkey.PublicKey,
                StoredSignatureCounter = passkey.Counter,
                IsUserHandleOwnerOfCredentialIdCallback = (owned, _) =>
                    Task.FromResult(owned.UserHandle.AsSpan().SequenceEqual(AddPasskey.Handle(organisation, account))),
            },
            cancellation);

        // A key that counts and says less than before, or nothing, was copied.
        if (verified.SignCount <= passkey.Counter && (verified.SignCount, passkey.Counter) != (0, 0))
        {
            return null;
        }

        var used = passkey with { Counter = verified.SignCount, BackedUp = verified.IsBackedUp, UsedAt = time.GetUtcNow() };
        return await passkeys.TryReplaceAsync(organisation, account, stored, used, cancellation) ? holder : null;
    }
}
