using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Codes;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Accounts.Factors;

/// <summary>What somebody scans, or types, into an authenticator app. Nothing is stored until they give a code of it.</summary>
/// <param name="Offer">To send back with the code; good for half an hour, for this account.</param>
/// <param name="Otpauth">What the QR code holds.</param>
/// <param name="Secret">As it is typed into an app that cannot scan.</param>
/// <param name="QrSvg">The QR code as an SVG document.</param>
public sealed record SecondStepOffer(string Offer, string Otpauth, string Secret, string QrSvg);

/// <summary>Draws the secret of an authenticator app for whoever sets up the second step.</summary>
public sealed class OfferSecondStep(
    FactorsTable factors, AccountsTable accounts, OrganisationSettings organisations, AuthenticatorOffers offers)
{
    /// <param name="again">The offer that somebody has scanned already, whose code was wrong: it stays while it is good.</param>
    /// <returns>The offer, or <c>second-step-set</c>: one must be removed before there is another.</returns>
    public async Task<Result<SecondStepOffer>> RunAsync(
        Route<AccountId> own, CancellationToken cancellation, string? again = null)
    {
        if (await factors.FindAsync(own.Organisation, own.Id, cancellation) is not null)
        {
            return Refusal.Conflict("second-step-set");
        }

        var organisation = await organisations.GetAsync(own.Organisation, cancellation);
        var account = await accounts.GetAsync(own.Organisation, own.Id, cancellation);
        if (!organisation.IsOk || !account.IsOk)
        {
            return organisation.Refusal ?? account.Refusal!;
        }

        var secret = (again is null ? null : offers.Open(own.Organisation, own.Id, again)) ?? TimeCodes.NewSecret();
        var who = account.Value.Value.Email?.Value ?? own.Id.Person.Value;
        var uri = TimeCodes.ProvisioningUri(secret, organisation.Value.Name, who);
        return new SecondStepOffer(
            offers.Seal(own.Organisation, own.Id, secret), uri, TimeCodes.Written(secret), TimeCodes.QrSvg(uri));
    }
}
