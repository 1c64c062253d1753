using System.Text.Json;
using System.Text.Json.Nodes;
using Emargement.Functions.Platform.Http;

namespace Emargement.Tests.House.OpenApi;

public sealed class OpenApiTests
{
    private const string Rewrite = "EMARGEMENT_WRITE_OPENAPI";

    private static readonly string File = Path.Combine(Repository.Root, "docs", "api", "openapi.json");

    [Fact]
    public async Task The_description_is_the_one_that_the_functions_give()
    {
        var made = ApiDocument.Write(ApiOperation.All);
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            await System.IO.File.WriteAllTextAsync(File, made, TestContext.Current.CancellationToken);
        }

        var kept = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        kept.ShouldBe(made, $"docs/api/openapi.json is not what the functions say. Run this test with {Rewrite}=1 to write it again.");
    }

    [Fact]
    public void Every_route_says_what_it_answers() =>
        ApiOperation.All.Where(o => o.Answers.Count == 0).Select(o => $"{o.Name}: {o.Method} {o.Path}").ShouldBeEmpty();

    [Fact]
    public void Every_operation_is_described_once()
    {
        var document = JsonNode.Parse(ApiDocument.Write(ApiOperation.All))!;
        var operations = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => o.Value!)).ToList();

        operations.Count.ShouldBe(ApiOperation.All.Count);
        operations.Select(o => o["operationId"]!.GetValue<string>()).ShouldBeUnique();
        operations.ShouldAllBe(o => o["summary"]!.GetValue<string>().Length > 0);
    }

    [Fact]
    public void Every_example_is_read_by_the_function_that_it_is_for()
    {
        var schemas = new ApiSchemas();
        foreach (var operation in ApiOperation.All.Where(o => o.Body is not null))
        {
            var example = schemas.ExampleOf(operation.Body!)!.ToJsonString();
            Should.NotThrow(() => JsonSerializer.Deserialize(example, operation.Body!, ApiJson.Options), $"{operation.Name}: {example}");
        }
    }
}
