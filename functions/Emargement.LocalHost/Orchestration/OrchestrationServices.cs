using Azure.Data.Tables;
using Azure.Identity;
using Emargement.LocalHost.Orchestration.State;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.LocalHost.Orchestration;

/// <summary>Registers the orchestration engine. It keeps its state in one table of the app's own storage.</summary>
internal static class OrchestrationServices
{
    private const string TableName = "LocalHost";

    public static void AddOrchestration(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(EngineOptions.Default);
        services.AddSingleton(provider => new OrchestrationStore(
            TableService(configuration), configuration["Storage:Prefix"] + TableName, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<InstanceQueue>();
        services.AddSingleton<EffectDelivery>();
        services.AddSingleton<ActivityRunner>();
        services.AddSingleton<InstanceStep>();
        services.AddSingleton<DurableTaskClient, LocalDurableClient>();
        services.AddHostedService<OrchestrationWorker>();
    }

    private static TableServiceClient TableService(IConfiguration configuration) =>
        configuration["Storage:ConnectionString"] is { Length: > 0 } connection
            ? new TableServiceClient(connection)
            : new TableServiceClient(
                new Uri($"https://{configuration["Storage:AccountName"]}.table.core.windows.net"),
                new DefaultAzureCredential());
}
