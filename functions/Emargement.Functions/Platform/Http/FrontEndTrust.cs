using Emargement.Functions.Platform.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Http;

/// <summary>Refuses to start in Azure (which sets <c>WEBSITE_SITE_NAME</c>) where the host does not believe its front end:
/// every client would come from one address, and share one limit of calls and one lock of sign-ins.</summary>
internal sealed class FrontEndTrust(IConfiguration configuration) : IValidateOptions<AccessOptions>
{
    internal const string Setting = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";

    public ValidateOptionsResult Validate(string? name, AccessOptions options) =>
        string.IsNullOrEmpty(configuration["WEBSITE_SITE_NAME"])
            || string.Equals(configuration[Setting], "true", StringComparison.OrdinalIgnoreCase)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{Setting} is not true: set it, as infra/ does, or all clients have the address of Azure's front end.");
}
