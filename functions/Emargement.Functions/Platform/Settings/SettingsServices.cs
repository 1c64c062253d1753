using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Settings;

internal static class SettingsServices
{
    /// <summary>Binds a section to its options. A value that cannot be read, or that its class refuses, stops the start.</summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, IConfiguration configuration)
        where T : class
    {
        services.AddOptions<T>().Configure(options => SettingsReader.Bind(configuration, options)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>, SettingsValidator<T>>();
        return services;
    }
}
