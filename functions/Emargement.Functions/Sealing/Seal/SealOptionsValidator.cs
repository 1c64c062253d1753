using Microsoft.Extensions.Options;

namespace Emargement.Functions.Sealing.Seal;


/// <summary>
/// Refuses to start without a certificate where the application is deployed: a generated one would seal legal documents with a key that
/// nobody answers for.
/// </summary>
public sealed class SealOptionsValidator(Func<string, string?> environment) : IValidateOptions<SealOptions>
{
    public ValidateOptionsResult Validate(string? name, SealOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Certificate))
        {
            return IsDeployed()
                ? ValidateOptionsResult.Fail(
                    "No certificate to seal the attendance sheets. Set Seal__Certificate to a Key Vault reference of the organisation's "
                        + "seal certificate "
                    + "(PKCS #12 in base64), then start the application again.")
                : ValidateOptionsResult.Success;
        }

        try
        {
            SealCertificate.Configured(options).Dispose();
            return ValidateOptionsResult.Success;
        }
        catch (InvalidOperationException unreadable)
        {
            return ValidateOptionsResult.Fail(unreadable.Message);
        }
    }

    /// <summary>On Azure, or wherever the environment is declared as production.</summary>
    private bool IsDeployed() =>
        !string.IsNullOrEmpty(environment("WEBSITE_SITE_NAME"))
        || string.Equals(environment("AZURE_FUNCTIONS_ENVIRONMENT"), "Production", StringComparison.OrdinalIgnoreCase);
}
