using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Journal;

internal static class JournalServices
{
    public static IServiceCollection AddJournal(this IServiceCollection services) => services
        .AddSingleton<CompleteAudit>()
        .AddSingleton<ReadJournal>()
        .AddSingleton<JournalQuestions>();
}
