using System.Text.Json;
using Emargement.Functions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Emargement.Tests.House.Settings;

/// <summary>What the app reads, what docs/configuration.md explains and what the example sets are the same settings.</summary>
public sealed class SettingsTests
{
    private const string Rewrite = "EMARGEMENT_WRITE_CONFIGURATION";

    private static readonly string Document = Path.Combine(Repository.Root, "docs", "configuration.md");

    private static readonly IReadOnlyDictionary<string, string> Example = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.example.json")))
        .RootElement.GetProperty("Values").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);

    [Fact]
    public async Task The_document_is_the_one_that_the_options_give()
    {
        var made = SettingsDocument.Write(Setting.All);
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            await File.WriteAllTextAsync(Document, made, TestContext.Current.CancellationToken);
        }

        var kept = await File.ReadAllTextAsync(Document, TestContext.Current.CancellationToken);
        kept.ShouldBe(
            made, $"docs/configuration.md is not what the options classes say. Run this test with {Rewrite}=1 to write it again.");
    }

    [Fact]
    public void Every_setting_says_what_it_means() => Setting.All.Where(s => s.Meaning.Length == 0).Select(s => s.Name).ShouldBeEmpty();

    [Fact]
    public void The_readme_leads_to_the_document_and_lists_no_setting_itself()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        readme.ShouldContain("(docs/configuration.md)");
        Setting.All.Count(s => readme.Contains($"`{s.Name}`", StringComparison.Ordinal)).ShouldBeLessThan(5);
    }

    [Fact]
    public void The_example_holds_every_setting_and_no_unknown_one() =>
        Example.Keys.Where(
            key => key.Contains("__", StringComparison.Ordinal)).ShouldBe(Setting.All.Select(s => s.Name), ignoreOrder: true);

    [Fact]
    public void The_example_is_accepted()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Example.ToDictionary(e => e.Key.Replace("__", ":", StringComparison.Ordinal), e => (string?)e.Value))
            .Build();
        using var services = new ServiceCollection().AddEmargement(configuration).AddLogging().BuildServiceProvider();

        Should.NotThrow(() => services.GetRequiredService<IStartupValidator>().Validate());
    }

    [Fact]
    public void What_the_example_sets_is_the_default_but_for_what_a_machine_needs()
    {
        string[] ofAMachine = ["Storage__ConnectionString", "Access__OperatorKey", "Access__PublicUrl"];

        Setting.All.Where(s => !ofAMachine.Contains(s.Name) && Example[s.Name] != (s.Default == "none" ? "" : s.Default)).Select(
            s => s.Name).ShouldBeEmpty();
    }
}
