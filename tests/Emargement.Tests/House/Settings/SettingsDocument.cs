using System.Text;
using Emargement.Tests.House.OpenApi;

namespace Emargement.Tests.House.Settings;

/// <summary>docs/configuration.md, made from the options classes.</summary>
internal static class SettingsDocument
{
    private const string Head = """
        # Configuration

        Made from the options classes of the code; a test holds it to them, and each setting's name, type, default and rule are
        what the app checks when it starts.

        A setting is an app setting in Azure (`infra/main.bicep` sets those of a deployment), an environment variable,
        or an entry of `Values` in `local.settings.json`, for which `local.settings.example.json` holds every one.
        In names, two underscores stand between section and setting. Nothing is needed to try the app with `./run`. In Azure,
        `Storage__AccountName`, `Seal__Certificate` and, so that somebody can create organisations, `Access__OperatorKey` are.

        A setting that is missing or wrong stops the start with a sentence that names it, and so does one that contradicts another:

        ```
        Mail__SmtpPort is a port, 1 to 65535; 587 or 465 for nearly every server.
        Set Storage__AccountName (reached with a managed identity) or Storage__ConnectionString, and only one of them.
        ```

        **Secret** settings belong in Key Vault; in Azure each is a reference to it. They are never logged.

        """;

    private const string Foot = """

        ## Of the platform

        Read by the Functions host, by Azure's libraries or by OpenTelemetry's, under names that they chose:

        | setting | meaning |
        |---|---|
        | `FUNCTIONS_WORKER_RUNTIME` | `dotnet-isolated`, for Core Tools |
        | `AzureWebJobsStorage` | the host's own storage; in Azure `AzureWebJobsStorage__accountName`, `…__credential`, `…__clientId` |
        | `AzureWebJobsDisableHomepage` | `true`: the root page is the app's |
        | `AZURE_CLIENT_ID` | which managed identity reaches storage and mail |
        | `APPLICATIONINSIGHTS_CONNECTION_STRING` | sends traces, metrics and logs to Azure Monitor, with the managed identity |
        | `APPLICATIONINSIGHTS_AUTHENTICATION_STRING` | the identity with which the host sends its own |
        | `OTEL_EXPORTER_OTLP_ENDPOINT` | sends traces, metrics and logs to an OpenTelemetry collector; with neither, they go nowhere |
        | `ASPNETCORE_FORWARDEDHEADERS_ENABLED` | `true` in Azure, or the app does not start: its front end says who calls; else `false` |
        | `WEBSITE_SITE_NAME` | set by Azure: the app is deployed, so a seal certificate and the setting above are needed |
        | `AZURE_FUNCTIONS_ENVIRONMENT` | `Production` asks for a seal certificate anywhere |

        """;

    public static string Write(IEnumerable<Setting> settings)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var section in settings.GroupBy(s => s.Section))
        {
            text.Append('\n').Append("## ").Append(section.Key).Append("\n\n").Append(
                SourceSummary.MarkdownOf(section.First().Options)).Append("\n\n");
            text.Append("| setting | type | default | accepted | meaning |\n|---|---|---|---|---|\n");
            foreach (var setting in section)
            {
                var (type, accepted) = (setting.Type + (setting.IsSecret ? ", **secret**" : ""), setting.Accepted);
                var row = $"| `{setting.Name}` | {type} | {setting.Default} | {accepted} | {setting.Meaning} |\n";
                text.Append(row.Replace("|  |", "| |", StringComparison.Ordinal));
            }
        }

        return text.Append(Foot.ReplaceLineEndings("\n")).ToString().TrimEnd('\n') + "\n";
    }
}
