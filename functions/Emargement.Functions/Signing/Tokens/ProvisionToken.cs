using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using QRCoder;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>A token to hand to a learner, shown this once.</summary>
/// <param name="Otpauth">What the QR code holds.</param>
/// <param name="QrSvg">The QR code as an SVG document.</param>
public sealed record ProvisionedToken(string Otpauth, string QrSvg);

/// <summary>A card to print, shown this once.</summary>
public sealed record PrintedCard(Organisation Organisation, Learner Learner, IReadOnlyList<string> Codes);

/// <summary>Gives learners tokens and cards, and takes them back. A new one replaces the one before, which stops at once.</summary>
public sealed class ProvisionToken(OrganisationSettings organisations, LearnersTable learners, TokensTable tokens)
{
    /// <returns>The token, or <c>organisation-unknown</c> or <c>learner-not-found</c>.</returns>
    public async Task<Result<ProvisionedToken>> TokenAsync(OrganisationId organisation, Reference learner, CancellationToken cancellation)
    {
        var secret = TokenCodes.NewSecret();
        var written = await ChangeAsync(organisation, learner, t => t with { Secret = secret, Memory = t.Memory with { LastStep = 0 } }, cancellation);
        if (!written.IsOk)
        {
            return written.Refusal;
        }

        var uri = TokenCodes.ProvisioningUri(secret, written.Value.Organisation.Name, learner.Value);
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return new ProvisionedToken(uri, svg.GetGraphic(4));
    }

    /// <returns>The card, or <c>organisation-unknown</c> or <c>learner-not-found</c>.</returns>
    public async Task<Result<PrintedCard>> CardAsync(OrganisationId organisation, Reference learner, CancellationToken cancellation)
    {
        var secret = TokenCodes.NewSecret();
        var written = await ChangeAsync(organisation, learner, t => t with { CardSecret = secret, Memory = t.Memory with { CardUsed = 0 } }, cancellation);
        return written.IsOk ? new PrintedCard(written.Value.Organisation, written.Value.Learner, TokenCodes.CardOf(secret)) : written.Refusal;
    }

    /// <summary>Takes back token and card, e.g. when lost. What was used stays known.</summary>
    public async Task<Result<bool>> RevokeAsync(OrganisationId organisation, Reference learner, CancellationToken cancellation)
    {
        var written = await ChangeAsync(organisation, learner, t => t with { Secret = null, CardSecret = null }, cancellation);
        return written.IsOk ? true : written.Refusal;
    }

    private async Task<Result<(Organisation Organisation, Learner Learner)>> ChangeAsync(
        OrganisationId organisation, Reference learner, Func<PersonalToken, PersonalToken> change, CancellationToken cancellation)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        if (await learners.FindAsync(organisation, learner, cancellation) is not { } stored)
        {
            return Refusal.NotFound("learner-not-found");
        }

        while (true)
        {
            var read = await tokens.FindAsync(organisation, learner, cancellation);
            if (await tokens.TryWriteAsync(organisation, read, change(read.Value), cancellation))
            {
                return (settings.Value, stored.Value);
            }
        }
    }
}
