using Emargement.Functions.Platform.Settings;
using Emargement.Functions.Sealing.Seal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Sealing;

internal static class SealingServices
{
    public static IServiceCollection AddSealing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<SealOptions>(configuration);
        services.AddSingleton<IValidateOptions<SealOptions>>(new SealOptionsValidator(name => configuration[name]));
        services.AddSingleton<DevelopmentCertificate>();
        services.AddSingleton(Certificate);
        services.AddSingleton<CmsSeal>();
        services.AddSingleton<PdfSeal>();
        services.AddSingleton<PdfVerifier>();
        services.AddHttpClient(nameof(TimestampClient));
        services.AddSingleton(provider => new TimestampClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(TimestampClient)), provider
                .GetRequiredService<IOptions<SealOptions>>()));
        services.AddSingleton<SheetCodesTable>();
        services.AddSingleton<SealedDocuments>();
        return services;
    }

    private static SealCertificate Certificate(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<SealOptions>>().Value;
        return string.IsNullOrWhiteSpace(options.Certificate)
            // Waited for once, on a developer's machine only: a deployed application has its certificate in the settings.
            ? SealCertificate.OfDevelopment(
                provider.GetRequiredService<DevelopmentCertificate>().LoadAsync(CancellationToken.None).GetAwaiter().GetResult(), options)
            : SealCertificate.Configured(options);
    }
}
