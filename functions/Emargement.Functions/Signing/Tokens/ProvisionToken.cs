using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Codes;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>A token to hand to a learner, shown this once.</summary>
/// <param name="Otpauth">What the QR code holds.</param>
/// <param name="QrSvg">The QR code as an SVG document.</param>
public sealed record ProvisionedToken(string Otpauth, string QrSvg);

/// <summary>Gives a learner a token. A new one replaces the one before, which stops at once.</summary>
public sealed class ProvisionToken(TokenHolders holders)
{
    /// <returns>The token, or <c>organisation-unknown</c> or <c>learner-not-found</c>.</returns>
    public async Task<Result<ProvisionedToken>> RunAsync(OrganisationId organisation, Reference learner, CancellationToken cancellation)
    {
        var secret = TimeCodes.NewSecret();
        var holder = await holders.ChangeAsync(
            organisation, learner, t => t with { Secret = secret, Memory = t.Memory.WithNewToken() }, cancellation);
        if (!holder.IsOk)
        {
            return holder.Refusal;
        }

        var uri = TimeCodes.ProvisioningUri(secret, holder.Value.Organisation.Name, learner.Value);
        return new ProvisionedToken(uri, TimeCodes.QrSvg(uri));
    }
}
