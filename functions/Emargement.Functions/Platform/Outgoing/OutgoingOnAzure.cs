using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Outgoing;

/// <summary>Refuses to start in Azure (which sets <c>WEBSITE_SITE_NAME</c>) when calls to the machine itself are allowed: there, that
/// machine gives the app's identity to whoever asks.</summary>
internal sealed class OutgoingOnAzure(IConfiguration configuration) : IValidateOptions<OutgoingOptions>
{
    public ValidateOptionsResult Validate(string? name, OutgoingOptions options) =>
        options.ThisMachine && !string.IsNullOrEmpty(configuration["WEBSITE_SITE_NAME"])
            ? ValidateOptionsResult.Fail("Outgoing__ThisMachine is for tests and is never true in Azure: take it out of the app settings.")
            : ValidateOptionsResult.Success;
}
