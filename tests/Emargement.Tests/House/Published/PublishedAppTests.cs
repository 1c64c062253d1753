using System.Text.Json.Nodes;
using Emargement.Functions;
using Emargement.Functions.Platform;
using Emargement.LocalHost.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Emargement.Tests.House.Published;

/// <summary>What the Functions host reads before it starts the worker: where it is wrong, no function is found.</summary>
public sealed class PublishedAppTests(PublishedApp published) : IClassFixture<PublishedApp>
{
    [Fact]
    public void Functions_metadata_lists_every_function_as_the_code_declares_it()
    {
        var listed = Json("functions.metadata").AsArray()
            .Select(f => Line(f!["name"]!, f["entryPoint"]!, f["bindings"]!.AsArray().Single(IsTrigger)!));

        var declared = new FunctionCatalog(typeof(EmargementApp).Assembly.GetExportedTypes()).WithTrigger<TriggerBindingAttribute>();

        listed.ShouldBe(declared.Select(f => Line(f.Function, f.Trigger)), ignoreOrder: true);
    }

    [Fact]
    public void Every_function_is_in_an_assembly_that_is_there_and_speaks_the_worker_s_language()
    {
        var functions = Json("functions.metadata").AsArray();

        functions.Select(f => f!["scriptFile"]!.GetValue<string>()).Distinct().ShouldBe(["Emargement.Functions.dll"]);
        functions.Select(f => f!["language"]!.GetValue<string>()).Distinct().ShouldBe([Worker["language"]!.GetValue<string>()]);
    }

    [Fact]
    public void Extensions_json_names_Durable_and_every_extension_s_file_is_there()
    {
        var extensions = Json("extensions.json")["extensions"]!.AsArray();

        extensions.Select(e => e!["name"]!.GetValue<string>()).ShouldContain("DurableTask");
        extensions.Select(e => e!["hintPath"]!.GetValue<string>()).ShouldAllBe(path => File.Exists(Path.Combine(published.Folder, path)));
    }

    [Fact]
    public void Worker_config_names_the_program_and_the_language_that_the_settings_ask_for()
    {
        var example = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.example.json")))!["Values"]!;

        Worker["language"]!.GetValue<string>().ShouldBe(example["FUNCTIONS_WORKER_RUNTIME"]!.GetValue<string>());
        Worker["defaultExecutablePath"]!.GetValue<string>().ShouldBe("dotnet");
        Worker["defaultWorkerPath"]!.GetValue<string>().ShouldBe("Emargement.Functions.dll");
        File.Exists(Path.Combine(published.Folder, "Emargement.Functions.dll")).ShouldBeTrue();
        File.Exists(Path.Combine(published.Folder, "Emargement.Functions.deps.json")).ShouldBeTrue();
    }

    [Fact]
    public void The_program_runs_on_the_frameworks_that_Azure_has() =>
        Json("Emargement.Functions.runtimeconfig.json")["runtimeOptions"]!["frameworks"]!.AsArray()
            .Select(f => $"{f!["name"]} {f["version"]}")
            .ShouldBe(["Microsoft.NETCore.App 10.0.0", "Microsoft.AspNetCore.App 10.0.0"], ignoreOrder: true);

    [Fact]
    public void Host_json_is_that_of_the_repository()
    {
        var host = File.ReadAllText(Path.Combine(Repository.Root, "host.json"));

        File.ReadAllText(Path.Combine(published.Folder, "host.json")).ShouldBe(host);
    }

    [Fact]
    public async Task What_has_no_mail_client_is_not_published()
    {
        var said = await published.PublishAsync("declared");

        said.Code.ShouldNotBe(0);
        said.Out.ShouldContain("EMARGEMENT001");
        said.Out.ShouldContain("This build has no mail client in it and cannot be published.");
    }

    private JsonNode Worker => Json("worker.config.json")["description"]!;

    private JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(published.Folder, file)))!;

    private static bool IsTrigger(JsonNode? binding) => binding!["type"]!.GetValue<string>().EndsWith("Trigger", StringComparison.Ordinal);

    private static string Line(JsonNode name, JsonNode entryPoint, JsonNode trigger) => string.Join(
        ' ', [name, entryPoint, trigger["type"], trigger["route"], trigger["schedule"], .. trigger["methods"]?.AsArray() ?? []]);

    private static string Line(FunctionEntry function, TriggerBindingAttribute trigger)
    {
        var attribute = trigger.GetType().Name[..^"Attribute".Length];
        var http = trigger as HttpTriggerAttribute;
        return string.Join(
            ' ',
            [
                function.Name, function.EntryPoint, char.ToLowerInvariant(attribute[0]) + attribute[1..],
                http?.Route, (trigger as TimerTriggerAttribute)?.Schedule, .. http?.Methods ?? [],
            ]);
    }
}
