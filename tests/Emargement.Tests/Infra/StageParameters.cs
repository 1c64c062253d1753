using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Emargement.Tests.Infra;

/// <summary>The parameters with which a stage is deployed, as the compiler gives them: once for all tests that ask alike.</summary>
internal sealed record StageParameters(JsonNode Values, string Remarks)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<StageParameters>>> Known = new();

    /// <param name="found">What the script found and hands over in variables; those that it did not find are taken away.</param>
    public static Task<StageParameters> OfAsync(string stage, StageFound? found = null) =>
        Known.GetOrAdd($"{stage} {found}", _ => new(() => BuildAsync(stage, found ?? new StageFound(null, null, null)))).Value;

    private static async Task<StageParameters> BuildAsync(string stage, StageFound found)
    {
        var said = await Tool.BicepAsync(["build-params", Tool.Infra($"{stage}.bicepparam"), "--stdout"], new()
        {
            ["EMARGEMENT_LOCKED_CONTAINERS"] = found.Locked,
            ["EMARGEMENT_BUDGET_FROM"] = found.BudgetFrom,
            ["EMARGEMENT_EXISTING_RULE_ID"] = found.Rule,
        });
        said.Code.ShouldBe(0, said.Error);
        var values = JsonNode.Parse(JsonNode.Parse(said.Out)!["parametersJson"]!.GetValue<string>())!["parameters"]!;
        return new StageParameters(values, said.Error.Trim());
    }
}

/// <summary>What <c>infra/deploy</c> looks up before it deploys: null where there is nothing yet.</summary>
internal sealed record StageFound(string? Locked, string? BudgetFrom, string? Rule);
