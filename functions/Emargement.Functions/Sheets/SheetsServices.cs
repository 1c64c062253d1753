using Emargement.Functions.Sheets.Blank;
using Emargement.Functions.Sheets.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Sheets;

internal static class SheetsServices
{
    public static IServiceCollection AddSheets(this IServiceCollection services) => services
        .AddSingleton<SheetsTable>()
        .AddSingleton<SheetBlobs>()
        .AddSingleton<SheetSources>()
        .AddSingleton<SealSheet>()
        .AddSingleton<StampSheets>()
        .AddSingleton<FindUnsealedSheets>()
        .AddSingleton<PrintBlankSheet>()
        .AddSingleton<SheetDownloads>();
}
