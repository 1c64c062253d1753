using System.Text.Json.Nodes;

namespace Emargement.Tests.Infra;

/// <summary>A resource of the compiled template, and the module that has it.</summary>
internal sealed record Resource(string Module, string Type, JsonObject Json)
{
    public JsonObject Properties => Json["properties"]!.AsObject();
}

/// <summary><c>infra/main.bicep</c> as Azure receives it, compiled once for all tests.</summary>
public sealed class Template : IAsyncLifetime
{
    private static readonly Lazy<Task<Said>> Built = new(() => Tool.BicepAsync("build", Tool.Infra("main.bicep"), "--stdout"));

    internal JsonObject Main { get; private set; } = null!;

    internal IReadOnlyList<Resource> Resources { get; private set; } = null!;

    /// <summary>The whole text, for what must be nowhere in it.</summary>
    internal string Text { get; private set; } = "";

    /// <summary>What the compiler and its linter remarked. The exit code is 0 on warnings too: it is the silence that counts.</summary>
    internal string Remarks { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var built = await Built.Value;
        built.Code.ShouldBe(0, built.Error);
        Text = built.Out;
        Remarks = built.Error.Trim();
        Main = JsonNode.Parse(built.Out)!.AsObject();
        Resources = [.. Of("main", Main)];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal IEnumerable<Resource> OfType(string type) => Resources.Where(r => r.Type == type);

    /// <summary>A parameter that main gives to a module.</summary>
    internal JsonNode Given(string module, string parameter) =>
        Main["resources"]![module]!["properties"]!["parameters"]![parameter]!["value"]!;

    private static IEnumerable<Resource> Of(string module, JsonObject template)
    {
        // Modules that use symbolic names compile to an object, the others to an array.
        var resources = template["resources"] is JsonObject named
            ? named.Select(r => (r.Key, r.Value!.AsObject()))
            : template["resources"]!.AsArray().Select(r => ("", r!.AsObject()));
        foreach (var (name, json) in resources.Where(r => r.Item2["existing"]?.GetValue<bool>() != true))
        {
            var type = json["type"]!.GetValue<string>();
            if (type != "Microsoft.Resources/deployments")
            {
                yield return new Resource(module, type, json);
                continue;
            }

            foreach (var inner in Of(name, json["properties"]!["template"]!.AsObject()))
            {
                yield return inner;
            }
        }
    }
}
