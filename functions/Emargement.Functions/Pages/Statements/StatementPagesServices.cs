using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Pages.Statements;

internal static class StatementPagesServices
{
    public static IServiceCollection AddStatementPages(this IServiceCollection services) => services
        .AddSingleton<ShowLearnerStatements>()
        .AddSingleton<ShowStatements>();
}
