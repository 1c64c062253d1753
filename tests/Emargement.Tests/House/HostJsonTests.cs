using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;
using Emargement.Tests.House.Published;

namespace Emargement.Tests.House;

/// <summary>
/// host.json is read by the Functions host alone, which nothing here runs: its members are the extension's own, and each number has its
/// reason.
/// </summary>
public sealed class HostJsonTests
{
    private static readonly JsonNode Durable =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json")))!["extensions"]!["durableTask"]!;

    [Theory]
    [InlineData("controlQueueVisibilityTimeout")]
    [InlineData("workItemQueueVisibilityTimeout")]
    public void What_a_killed_worker_had_taken_comes_back_after_a_minute(string setting) =>
        TimeSpan.Parse(Durable["storageProvider"]![setting]!.GetValue<string>()).ShouldBe(TimeSpan.FromMinutes(1));

    [Fact]
    public void Each_setting_is_one_that_the_extension_knows()
    {
        Durable.AsObject().Select(s => s.Key).ShouldBeSubsetOf(OptionsOf("DurableTaskOptions"), StringComparer.OrdinalIgnoreCase);
        Durable["storageProvider"]!.AsObject().Select(s => s.Key).Where(k => k != "type")
            .ShouldBeSubsetOf(OptionsOf("AzureStorageOptions"), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void Each_number_has_its_reason()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var start = document.IndexOf("## host.json", StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0);
        var section = document[start..document.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];

        foreach (var (name, value) in Numbers(Durable))
        {
            section.ShouldContain($"`{name}` | {value} |");
        }
    }

    // Read without loading it: the extension belongs to the host's process and to its versions of everything.
    private static List<string> OptionsOf(string type)
    {
        var file = Path.Combine(PublishedApp.Built, ".azurefunctions", "Microsoft.Azure.WebJobs.Extensions.DurableTask.dll");
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        var options = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Single(t => metadata.GetString(t.Name) == type);
        return [.. options.GetProperties().Select(p => metadata.GetString(metadata.GetPropertyDefinition(p).Name))];
    }

    private static IEnumerable<(string Name, string Value)> Numbers(JsonNode node) =>
        node.AsObject().SelectMany(member => member.Value switch
        {
            JsonObject inner => Numbers(inner),
            JsonValue value when value.ToString() is var text && char.IsAsciiDigit(text[0]) => [(member.Key, text)],
            _ => [],
        });
}
