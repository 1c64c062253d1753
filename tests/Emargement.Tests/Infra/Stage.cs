using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Emargement.Tests.Infra;

/// <summary>
/// What a deployment of one stage would ask Azure for: <c>infra/main.bicep</c> with that stage's parameters, evaluated as far as nothing of
/// Azure is needed.
/// </summary>
internal sealed class Stage(JsonArray resources)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Stage>>> Known = new();

    /// <param name="environment">Variables that the stage's parameters read.</param>
    public static Task<Stage> OfAsync(string stage, params (string Name, string Value)[] environment) =>
        Known.GetOrAdd($"{stage} {string.Join(' ', environment)}", _ => new(() => PredictAsync(stage, environment))).Value;

    public IEnumerable<JsonNode> OfType(string type) => resources.Select(r => r!).Where(r => r["type"]!.GetValue<string>() == type);

    /// <summary>The properties of the only resource of that type.</summary>
    public JsonObject PropertiesOf(string type) => OfType(type).Single()["properties"]!.AsObject();

    private static async Task<Stage> PredictAsync(string stage, (string Name, string Value)[] environment)
    {
        // The program writes beside the parameters, so it gets a copy of them.
        var folder = Directory.CreateTempSubdirectory("emargement-infra-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(Tool.Infra(""), "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(folder, Path.GetRelativePath(Tool.Infra(""), file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            WriteSettingsAtOnce(Path.Combine(folder, "modules", "app.bicep"));
            string[] place =
            [
                "--tenant-id", Guid.Empty.ToString(), "--subscription-id", Guid.Empty.ToString(), "--resource-group", $"emargement-{stage}",
                "--location", "francecentral",
            ];
            var parameters = Path.Combine(folder, $"{stage}.bicepparam");
            var said = await Tool.BicepAsync(
                ["snapshot", parameters, .. place], environment.ToDictionary(e => e.Name, e => (string?)e.Value));
            said.Code.ShouldBe(0, said.Error);
            var snapshot = await File.ReadAllTextAsync(Path.Combine(folder, $"{stage}.snapshot.json"));
            return new Stage(JsonNode.Parse(snapshot)!["predictedResources"]!.AsArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// The app's settings are an output, which infra/settings.bicep writes later. Outputs are not predicted: here they are written by the
    /// app's module.
    /// </summary>
    private static void WriteSettingsAtOnce(string module)
    {
        const string output = "output settings object = ";
        var text = File.ReadAllText(module);
        var settings = text[(text.IndexOf(output, StringComparison.Ordinal) + output.Length)..];
        File.AppendAllText(module, $$"""

            resource written 'Microsoft.Web/sites/config@2024-04-01' = {
              parent: app
              name: 'appsettings'
              properties: {{settings}}
            }

            """);
    }
}
