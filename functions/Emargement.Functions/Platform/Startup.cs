using Emargement.Functions.Access;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Planning;
using Emargement.Functions.Platform.Archive;
using Emargement.Functions.Platform.Health;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Protection;
using Emargement.Functions.Platform.Settings;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Functions.Region;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets;
using Emargement.Functions.Signing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Emargement.Functions.Platform;

/// <summary>The app's composition, the same whether the Functions worker or LocalHost runs it.</summary>
public static class EmargementApp
{
    /// <summary>Worker middlewares (<c>IFunctionsWorkerMiddleware</c>) in the order in which a call passes them.</summary>
    public static IReadOnlyList<Type> Middlewares { get; } = [typeof(TelemetryMiddleware), typeof(FaultMiddleware), typeof(SecurityHeadersMiddleware), typeof(AccessMiddleware)];

    public static IServiceCollection AddEmargement(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<StorageOptions>(configuration);
        services.AddSingleton<AppStorage>();
        services.AddTelemetry(configuration);
        services.AddHealth();
        services.AddSessions();
        services.AddSigning();
        services.AddProtection(configuration);
        services.AddHttp();
        services.AddMail(configuration);
        services.AddAccess(configuration);
        services.AddPeople();
        services.AddPlanning();
        services.AddSheets(configuration);
        services.AddRegion();
        services.AddPlacements(configuration);
        services.AddArchive();
        return services;
    }
}
