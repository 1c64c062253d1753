using System.Text;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Platform.Access;
using Fido2NetLib;
using Fido2NetLib.Objects;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Passkeys;

/// <param name="Options">What <c>navigator.credentials</c> takes, as JSON; bytes in it are base64url.</param>
public sealed record PasskeyOptions(string Options);

/// <param name="Nickname">What its owner calls it, 1 to 60 characters.</param>
/// <param name="Credential">As <c>PublicKeyCredential.toJSON</c> writes it.</param>
public sealed record AddPasskeyBody(string Nickname, string Credential);

/// <summary>Adds a passkey to the account of whoever is signed in: asked for first, with the password and a code; made then.</summary>
public sealed class AddPasskey(
    PasskeysTable passkeys,
    PasskeyIdsTable ids,
    PasskeyChallenges challenges,
    PasskeyParty party,
    ForgetPasskeys forget,
    OwnerCheck owner,
    AccountsTable accounts,
    TellSecondStep tell,
    TimeProvider time)
{
    private const int MaxNickname = 60;

    // More than anybody has devices; a list that a page shows.
    private const int Most = 10;

    /// <returns>What to ask of the device, or a refusal of the password or the code (OWASP ASVS 5.0, 7.5.1).</returns>
    public async Task<Result<PasskeyOptions>> OfferAsync(HttpRequest request, ConfirmOwnerBody body, CancellationToken cancellation)
    {
        var caller = request.Caller();
        var known = await owner.ConfirmAsync(caller, body, cancellation);
        if (!known.IsOk)
        {
            return known.Refusal;
        }

        var (organisation, id) = (caller.Organisation!.Value, caller.Account!.Value);
        var have = await passkeys.ListAsync(organisation, id, cancellation);
        if (have.Count >= Most)
        {
            return Refusal.Conflict("passkey-too-many");
        }

        var options = party.Of(request).RequestNewCredential(new RequestNewCredentialParams
        {
            User = new Fido2User
            {
                Id = Handle(organisation, id),
                Name = known.Value.Email?.Value ?? id.Person.Value,
                DisplayName = known.Value.DisplayName,
            },
            ExcludeCredentials = [.. have.Select(p => new PublicKeyCredentialDescriptor(p.CredentialId))],
            AuthenticatorSelection = new AuthenticatorSelection
            {
                ResidentKey = ResidentKeyRequirement.Required,
                UserVerification = UserVerificationRequirement.Required,
            },
            AttestationPreference = AttestationConveyancePreference.None,
        }).ToJson();
        challenges.Give(request.HttpContext, Purpose(caller, known.Value), options);
        return new PasskeyOptions(options);
    }

    /// <returns>The passkey, or <c>name-invalid</c>, <c>passkey-refused</c> or <c>passkey-known</c>.</returns>
    public async Task<Result<SecondStepChange>> RunAsync(HttpRequest request, AddPasskeyBody body, CancellationToken cancellation)
    {
        var caller = request.Caller();
        var (organisation, id) = (caller.Organisation!.Value, caller.Account!.Value);
        if (PlainText.Within(body.Nickname, MaxNickname) is not { } nickname)
        {
            return Refusal.BadInput("name-invalid");
        }

        var known = await accounts.GetAsync(organisation, id, cancellation);
        if (!known.IsOk)
        {
            return known.Refusal;
        }

        var purpose = Purpose(caller, known.Value.Value);
        if (await challenges.TakeAsync(request.HttpContext, organisation, purpose, cancellation) is not { } asked)
        {
            return PasskeyParty.Refused();
        }

        var made = await PasskeyParty.JudgeAsync(
            body.Credential,
            (AuthenticatorAttestationRawResponse given) => party.Of(request).MakeNewCredentialAsync(
                new MakeNewCredentialParams
                {
                    AttestationResponse = given,
                    OriginalOptions = CredentialCreateOptions.FromJson(asked),
                    IsCredentialIdUniqueToUserCallback = (_, _) => Task.FromResult(true),
                },
                cancellation));
        return made.IsOk
            ? await KeepAsync(known.Value.Value, organisation, nickname, made.Value, cancellation)
            : made.Refusal;
    }

    /// <summary>What a device keeps beside the key: the account, without a name.</summary>
    internal static byte[] Handle(OrganisationId organisation, AccountId account) =>
        System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{organisation}|{account.Key}"));

    // With the stamp: a factor or password that changes meanwhile makes what was asked for void.
    private static string Purpose(Caller caller, Account account) =>
        $"add|{caller.Organisation}|{caller.Id}|{caller.Device}|{account.Stamp}";

    private async Task<Result<SecondStepChange>> KeepAsync(
        Account known, OrganisationId organisation, string nickname, RegisteredPublicKeyCredential made, CancellationToken cancellation)
    {
        var id = known.Id;
        var passkey = new Passkey(
            Passkey.IdOf(made.Id),
            made.Id,
            made.PublicKey,
            made.SignCount,
            made.IsBackupEligible,
            made.IsBackedUp,
            string.Join(' ', made.Transports ?? []),
            made.AaGuid,
            nickname,
            time.GetUtcNow(),
            UsedAt: null);

        // Whose it is comes first: a row that names no passkey opens nothing.
        if (!await ids.TryInsertAsync(organisation, id, passkey.Id, cancellation)
            || !await passkeys.TryInsertAsync(organisation, id, passkey, cancellation))
        {
            return Refusal.Conflict("passkey-known");
        }

        // Whoever takes factors away changes the stamp first and looks for passkeys then: either they saw this one, or this sees the stamp.
        var now = await accounts.FindAsync(organisation, id, cancellation);
        if (now?.Value.Stamp != known.Stamp)
        {
            await forget.RunAsync(organisation, id, passkey.Id, cancellation);
            return PasskeyParty.Refused();
        }

        return new SecondStepChange(known, [], await tell.RunAsync(organisation, known, SecondStepMail.PasskeyAdded, cancellation));
    }
}
