using Emargement.Functions.Absences;
using Emargement.Functions.Accounts;
using Emargement.Functions.Archive;
using Emargement.Functions.Health;
using Emargement.Functions.Journal;
using Emargement.Functions.Months;
using Emargement.Functions.Pages;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Planning;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Middleware;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Outgoing;
using Emargement.Functions.Platform.Protection;
using Emargement.Functions.Platform.Settings;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Functions.Portal;
using Emargement.Functions.Privacy;
using Emargement.Functions.Region;
using Emargement.Functions.Reminders;
using Emargement.Functions.Sealing;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets;
using Emargement.Functions.Signing;
using Emargement.Functions.Statements;
using Emargement.Functions.Verification;
using Emargement.Functions.Webhooks;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Emargement.Functions;

/// <summary>The app's composition, the same whether the Functions worker or LocalHost runs it.</summary>
public static class EmargementApp
{
    /// <summary>Worker middlewares (<c>IFunctionsWorkerMiddleware</c>) in the order in which a call passes them.</summary>
    public static IReadOnlyList<Type> Middlewares { get; } =
    [
        typeof(TelemetryMiddleware),
        typeof(FaultMiddleware),
        typeof(BodyLimitMiddleware),
        typeof(SecurityHeadersMiddleware),
        typeof(AuditMiddleware),
        typeof(AccessMiddleware),
    ];

    /// <summary>The app as the worker runs it, ready to be built.</summary>
    /// <param name="settings">Settings over those of the environment.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args, IReadOnlyDictionary<string, string?>? settings = null)
    {
        // No file of settings changes while the app runs: watching for that would watch every file below.
        var builder = FunctionsApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        // Puts the environment over all that was there before.
        builder.ConfigureFunctionsWebApplication();
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Services.AddEmargement(builder.Configuration);
        if (TelemetryServices.IsSent(builder.Configuration))
        {
            // Tells the host that the worker sends its own telemetry, and names the service as the host does.
            builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
        }

        foreach (var middleware in Middlewares)
        {
            builder.Services.TryAddSingleton(middleware);
            builder.Use(next => context =>
                ((IFunctionsWorkerMiddleware)context.InstanceServices.GetRequiredService(middleware)).Invoke(context, next));
        }

        return builder;
    }

    public static IServiceCollection AddEmargement(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<StorageOptions>(configuration);
        services.AddSingleton<AppStorage>();
        services.AddTelemetry(configuration);
        services.AddProtection(configuration);
        services.AddHttp();
        services.AddAccess(configuration);
        services.AddAudit();
        services.AddMail(configuration);
        services.AddOutgoing(configuration);
        services.AddSealing(configuration);
        services.AddPeople();
        services.AddAccounts();
        services.AddWebhooks();
        services.AddSessions();
        services.AddPlanning();
        services.AddSigning();
        services.AddSheets();
        services.AddPlacements(configuration);
        services.AddAbsences();
        services.AddRegion();
        services.AddStatements();
        services.AddVerification();
        services.AddMonths();
        services.AddReminders();
        services.AddPortal();
        services.AddPrivacy();
        services.AddJournal();
        services.AddPages();
        services.AddArchive();
        services.AddHealth();
        return services;
    }
}
