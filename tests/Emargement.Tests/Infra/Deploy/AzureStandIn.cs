using System.Text.Json;
using System.Text.Json.Nodes;
using DevLab.JmesPath;

namespace Emargement.Tests.Infra.Deploy;

/// <summary>
/// A subscription as <c>infra/deploy</c> sees it through az: it keeps a state, refuses what Azure refuses, and takes its time where Azure
/// does. Answers have the shape of Azure's, and the script's own queries are run on them.
/// </summary>
internal sealed partial class AzureStandIn(string stage)
{
    private static readonly string[] Sealed = ["sheets", "evidence", "papers", "exports"];
    private static readonly JmesPath Queries = new();

    private readonly List<Deployment> _deployments = [];
    private TimeSpan _now;
    private TimeSpan? _rightsGivenAt;

    /// <summary>The month that Azure counts in.</summary>
    public string Today { get; set; } = "2026-11-26";

    public string? ResourceGroup { get; set; }

    /// <summary>What the caller may do: actions, and exceptions from them.</summary>
    public List<(string[] Actions, string[] Exceptions)> Permissions { get; set; } = [(["*"], [])];

    public List<string> Registered { get; } = ["Microsoft.Web", "Microsoft.Storage"];

    /// <summary>How long a right takes to reach the vault.</summary>
    public TimeSpan Spread { get; set; } = TimeSpan.Zero;

    /// <summary>Whether the vault answers to machines outside of the network.</summary>
    public bool VaultIsOpen { get; set; } = true;

    public Dictionary<string, string> Policies { get; } = [];

    public Dictionary<string, string> Certificates { get; } = [];

    public Dictionary<string, string> Secrets { get; } = [];

    public string? BudgetFrom { get; set; }

    public bool RuleIsBound { get; set; }

    /// <summary>How often a deployment took the rule that masks addresses from the workspace for a moment.</summary>
    public int UnmaskedMoments { get; private set; }

    /// <summary>Whether the workflow of the peaks has run since the last deployment.</summary>
    public bool InstancesAreThoseOfTheClock { get; private set; }

    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>What Azure has fetched of the vault for the app, by setting; a failure stays until it is asked to refresh.</summary>
    public Dictionary<string, string> References { get; } = [];

    public string? Published { get; private set; }

    /// <summary>A domain of the app's own.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Whether that domain points to the app.</summary>
    public bool DomainIsBound { get; set; }

    public bool LocksRetention { get; set; }

    private string App => $"emargement-{stage}-abc123";

    private string AppId => Id($"Microsoft.Web/sites/{App}");

    private string Timetable => Id("Microsoft.Logic/workflows/peaks-emargement-prod");

    private string Rule => Id($"microsoft.insights/dataCollectionRules/dcr-log-emargement-{stage}");

    private string Record => $"emargement{stage}recabc123";

    private bool RightsHaveArrived => _rightsGivenAt is { } at && _now >= at + Spread;

    public bool Answers => Published is not null && References.Count == 3 && References.Values.All(r => r == "Resolved");

    /// <summary>All that must be the same however a deployment came about.</summary>
    public string State => JsonSerializer.Serialize(new
    {
        ResourceGroup,
        Policies = Policies.OrderBy(p => p.Key),
        Certificates = Certificates.OrderBy(c => c.Key),
        Secrets = Secrets.Keys.Order(),
        BudgetFrom,
        RuleIsBound,
        InstancesAreThoseOfTheClock,
        Settings = Settings.OrderBy(s => s.Key),
        References = References.OrderBy(r => r.Key),
        Published,
        Running = _deployments.Where(d => d.State != "Succeeded").Select(d => d.Name),
    });

    /// <summary>The outputs of infra/main.bicep; a test compares their names with the template's.</summary>
    public JsonObject Outputs => new()
    {
        ["appName"] = Output(App),
        ["appId"] = Output(AppId),
        ["defaultUrl"] = Output($"https://{App}.azurewebsites.net"),
        ["url"] = Output(PublicUrl ?? $"https://{App}.azurewebsites.net"),
        ["recordName"] = Output(Record),
        ["vaultName"] = Output($"kv-{stage}"),
        ["immutableContainers"] = Output(new JsonArray([.. Sealed.Select(s => JsonValue.Create(s))])),
        ["lockImmutability"] = Output(LocksRetention),
        ["timetableId"] = Output(stage == "prod" ? Timetable : ""),
        ["appSettings"] = Output(new JsonObject
        {
            ["Access__OperatorKey"] = $"@Microsoft.KeyVault(SecretUri=https://kv-{stage}.vault.azure.net/secrets/operator-key)",
            ["Protection__Certificate"] = $"@Microsoft.KeyVault(SecretUri=https://kv-{stage}.vault.azure.net/secrets/protection)",
            ["Seal__Certificate"] = $"@Microsoft.KeyVault(SecretUri=https://kv-{stage}.vault.azure.net/secrets/seal)",
            ["Storage__AccountName"] = Record,
        }),
    };

    /// <summary>Time that the script lets pass.</summary>
    public void Wait(TimeSpan time) => _now += time;

    public ProgramAnswer Answer(ProgramCall call)
    {
        JsonNode? result;
        try
        {
            result = Result(call);
        }
        catch (AzureException refusal)
        {
            return new ProgramAnswer(Error: $"ERROR: {refusal.Message}\n", Code: 1);
        }

        if (call.Option("--query") is { } query && result is not null)
        {
            result = JsonNode.Parse(Queries.Transform(result.ToJsonString(), query));
        }

        return new ProgramAnswer(call.Option("--output") switch
        {
            "none" => "",
            "tsv" => Tsv(result),
            _ => result is null ? "" : $"{result.ToJsonString()}\n",
        });
    }

    private JsonNode? Result(ProgramCall call)
    {
        if (call.Begins("version")) { return new JsonObject { ["azure-cli"] = "2.79.0" }; }
        if (call.Begins("account show")) { return new JsonObject { ["id"] = "0000" }; }
        if (call.Begins("group list"))
        {
            return ResourceGroup is null
            ? new JsonArray()
            : List(new JsonObject { ["name"] = ResourceGroup });
        }
        if (call.Begins("group create")) { return CreateGroup(call); }
        if (call.Begins("provider list"))
        {
            return new JsonArray(
                [.. Registered.Select(name => new JsonObject { ["namespace"] = name, ["registrationState"] = "Registered" })]);
        }

        if (call.Begins("rest")) { return Rest(call); }
        if (ResourceGroup is null || (call.Option("--resource-group") ?? ResourceGroup) != ResourceGroup)
        {
            throw new AzureException($"(ResourceGroupNotFound) Resource group '{call.Option("--resource-group")}' could not be found.");
        }

        if (call.Begins("deployment group list")) { return new JsonArray([.. _deployments.Select(d => d.Json)]); }
        if (call.Begins("deployment group show")) { return _deployments.Single(d => d.Name == call.Option("--name")).Json; }
        if (call.Begins("deployment group wait")) { return Finish(call.Option("--name")!); }
        if (call.Begins("deployment group create")) { return Deploy(call); }
        if (call.Begins("resource list")) { return Resources(); }
        if (call.Begins("storage container-rm list")) { return Containers(); }
        if (call.Begins("storage container immutability-policy")) { return Policy(call); }
        if (call.Begins("keyvault")) { return Vault(call); }
        if (call.Begins("functionapp config appsettings list"))
        {
            return new JsonArray(
                [.. Settings.Select(s => new JsonObject { ["name"] = s.Key, ["slotSetting"] = false, ["value"] = s.Value })]);
        }

        if (call.Begins("functionapp deployment source config-zip"))
        {
            Published = Path.GetFileName(call.Option("--src"));
            return new JsonObject();
        }

        throw new AzureException($"'{call.Line}' is not in this stand-in: teach it how Azure answers.");
    }

    private JsonObject? CreateGroup(ProgramCall call)
    {
        Demand("Microsoft.Resources/subscriptions/resourceGroups/write");
        ResourceGroup = call.Option("--name");
        return new JsonObject();
    }

    private JsonObject? Rest(ProgramCall call)
    {
        var url = call.Option("--url")!;
        if (url.Contains("/Microsoft.Authorization/permissions?", StringComparison.Ordinal))
        {
            // Of a group that does not exist nothing is known.
            return url.Contains("/resourceGroups/", StringComparison.Ordinal) && ResourceGroup is null
                ? throw new AzureException("(ResourceGroupNotFound)")
                : new JsonObject { ["value"] = new JsonArray([.. Permissions.Select(PermissionJson)]) };
        }

        if (url.Contains("/Microsoft.Consumption/budgets?", StringComparison.Ordinal))
        {
            var budget = new JsonObject
            {
                ["name"] = $"emargement-{stage}",
                ["properties"] = new JsonObject { ["timePeriod"] = new JsonObject { ["startDate"] = $"{BudgetFrom}T00:00:00Z" } },
            };
            return new JsonObject { ["value"] = BudgetFrom is null ? new JsonArray() : List(budget) };
        }

        if (url.StartsWith($"{Timetable}/triggers/WorkingDays/run?", StringComparison.Ordinal))
        {
            InstancesAreThoseOfTheClock = true;
            return null;
        }

        if (url.StartsWith($"{AppId}/config/configreferences/appsettings/refresh?", StringComparison.Ordinal))
        {
            FetchReferences();
            return null;
        }

        if (url.StartsWith($"{AppId}/config/configreferences/appsettings?", StringComparison.Ordinal))
        {
            return new JsonObject { ["value"] = new JsonArray([.. References.Select(r => ReferenceJson(r.Key, r.Value))]) };
        }

        throw new AzureException($"(NotFound) {url}");
    }

    private void Demand(string right)
    {
        var allowed = Permissions.Any(p => p.Actions.Any(a => Fits(a, right)) && !p.Exceptions.Any(e => Fits(e, right)));
        if (!allowed)
        {
            throw new AzureException($"(AuthorizationFailed) The client does not have authorization to perform action '{right}'.");
        }
    }

    private static bool Fits(string pattern, string right) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, right, ignoreCase: true);
}
