using Emargement.Functions.Statements.Bulk;
using Emargement.Functions.Statements.Issuing;
using Emargement.Functions.Statements.Records;
using Emargement.Functions.Statements.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Statements;

internal static class StatementsServices
{
    public static IServiceCollection AddStatements(this IServiceCollection services) => services
        .AddSingleton<StatementsTable>()
        .AddSingleton<StatementDocuments>()
        .AddSingleton<SignatoriesTable>()
        .AddSingleton<UseSignatory>()
        .AddSingleton<NameSignatory>()
        .AddSingleton<StatementReader>()
        .AddSingleton<PrepareStatement>()
        .AddSingleton<SealStatementVersion>()
        .AddSingleton<IssueStatement>()
        .AddSingleton<DraftStatement>()
        .AddSingleton<ListStatements>()
        .AddSingleton<OpenStatement>()
        .AddSingleton<StatementStanding>()
        .AddSingleton<StatementRuns>()
        .AddSingleton<StatementsZip>();
}
