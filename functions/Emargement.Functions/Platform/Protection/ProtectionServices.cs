using Emargement.Functions.Platform.Settings;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Protection;

internal static class ProtectionServices
{
    public static IServiceCollection AddProtection(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ProtectionOptions>(configuration);
        var options = SettingsReader.Read<ProtectionOptions>(configuration);

        // The ring belongs to the storage, not to a folder of one machine.
        var builder = services.AddDataProtection().SetApplicationName("Emargement");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(
                ring => ring.XmlRepository = new BlobKeyRing(provider.GetRequiredService<AppStorage>())));

        services.AddHostedService<WarmKeyRing>();

        var current = ProtectionOptions.Load(options.Certificate, options.Password);
        var former = ProtectionOptions.Load(options.FormerCertificate, options.FormerPassword);
        if (current is not null)
        {
            builder.ProtectKeysWithCertificate(current);
        }

        if (former is not null)
        {
            builder.UnprotectKeysWithAnyCertificate(former);
        }

        return services;
    }
}
