using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Sessions;

internal static class SessionsServices
{
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<SessionsTable>()
        .AddSingleton<FactsTable>()
        .AddSingleton<SessionScenes>()
        .AddSingleton<ListSessionsOfDay>()
        .AddSingleton<WatchSession>()
        .AddSingleton<OpenSession>()
        .AddSingleton<MarkLearner>()
        .AddSingleton<CloseSession>()
        .AddSingleton<CorrectAttendance>()
        .AddSingleton<SealStarter>();
}
