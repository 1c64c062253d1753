using System.Text.Json.Nodes;

namespace Emargement.Tests.Infra.Deploy;

/// <summary>Deployments: one at a time, with the rights that they need.</summary>
internal sealed partial class AzureStandIn
{
    /// <summary>The template was deployed by somebody else, such as azd.</summary>
    public void Provision(string name, string group)
    {
        ResourceGroup = group;
        BudgetFrom = Today[..7] + "-01";
        Template(name);
    }

    /// <summary>A deployment of that name goes on, though whoever asked for it was cut.</summary>
    public void LeaveRunning(string name)
    {
        var at = _deployments.FindIndex(d => d.Name == name);
        _deployments[at] = _deployments[at] with { State = "Running" };
    }

    private JsonNode? Deploy(ProgramCall call)
    {
        var name = call.Option("--name")!;
        if (_deployments.Any(d => d.Name == name && d.State == "Running"))
        {
            throw new AzureException(
                $"(DeploymentActive) Unable to edit or replace deployment '{name}': previous deployment is still active.");
        }

        Demand("Microsoft.Resources/deployments/write");
        if (name == "emargement-settings")
        {
            return WriteSettings(call);
        }

        Demand("Microsoft.Authorization/roleAssignments/write");
        if (stage == "prod")
        {
            Demand("Microsoft.Authorization/locks/write");
            Demand("Microsoft.Authorization/roleDefinitions/write");
        }

        if (Policies.Any(p => p.Value == "Locked" && !call.Environment["EMARGEMENT_LOCKED_CONTAINERS"]!.Split(',').Contains(p.Key)))
        {
            throw new AzureException("(ContainerImmutabilityPolicyFailure) Operation not allowed on a locked immutability policy.");
        }

        // A deployment without a date takes the month it runs in.
        var from = call.Environment["EMARGEMENT_BUDGET_FROM"] is { Length: > 0 } given ? given : Today[..7] + "-01";
        if (BudgetFrom is null ? string.CompareOrdinal(from, Today[..7]) < 0 : from != BudgetFrom)
        {
            throw new AzureException("(400) Invalid budget configuration: start date.");
        }

        BudgetFrom = from;
        UnmaskedMoments += RuleIsBound && call.Environment["EMARGEMENT_EXISTING_RULE_ID"] != Rule ? 1 : 0;
        Template(name);
        return null;
    }

    private void Template(string name)
    {
        RuleIsBound = true;
        InstancesAreThoseOfTheClock = false;
        foreach (var container in Sealed) { Policies.TryAdd(container, "Unlocked"); }
        _rightsGivenAt ??= _now;
        Remember(name, Outputs);
        // Modules are deployments too, and newer than the one that they are of.
        Remember("workbook", new JsonObject { ["id"] = Output("/subscriptions/0000/workbook") });
    }

    private JsonNode? WriteSettings(ProgramCall call)
    {
        var file = call.Words.Single(w => w.StartsWith("settings=@", StringComparison.Ordinal))["settings=@".Length..];
        Settings.Clear();
        foreach (var (setting, value) in JsonNode.Parse(File.ReadAllText(Path.Combine(call.Folder, file)))!.AsObject())
        {
            Settings[setting] = value!.GetValue<string>();
        }

        FetchReferences();
        Remember("emargement-settings", []);
        return null;
    }

    private void Remember(string name, JsonObject outputs)
    {
        _deployments.RemoveAll(d => d.Name == name);
        _deployments.Add(new Deployment(name, "Succeeded", _now, outputs));
    }

    private JsonNode? Finish(string name)
    {
        var at = _deployments.FindIndex(d => d.Name == name);
        _deployments[at] = _deployments[at] with { State = "Succeeded" };
        return null;
    }

    private JsonArray Resources() => _deployments.Count == 0
        ? []
        : new JsonArray(
            Resource($"Microsoft.Storage/storageAccounts/emargement{stage}runabc123"),
            Resource($"Microsoft.Storage/storageAccounts/{Record}"),
            Resource($"Microsoft.OperationalInsights/workspaces/log-emargement-{stage}"),
            // Azure writes some of its own names small.
            new JsonObject { ["id"] = Rule });
}
