using System.Reflection;
using System.Text.Json;
using Emargement.Functions.Platform;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Emargement.Tests.House;

/// <summary>What the app reads, what the README explains and what the example sets are the same settings.</summary>
public sealed class SettingsTests
{
    private static readonly (Type Type, string Section)[] Options =
    [
        .. typeof(EmargementApp).Assembly.GetTypes()
            .Select(t => (Type: t, Field: t.GetField("Section", BindingFlags.Public | BindingFlags.Static)))
            .Where(o => o.Field is { IsLiteral: true })
            .Select(o => (o.Type, (string)o.Field!.GetRawConstantValue()!)),
    ];

    private static readonly IReadOnlyDictionary<string, string> Example = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.example.json")))
        .RootElement.GetProperty("Values").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);

    private static IEnumerable<string> Names =>
        Options.SelectMany(o => o.Type.GetProperties().Where(p => p.CanWrite).Select(p => $"{o.Section}__{p.Name}"));

    [Fact]
    public void The_readme_explains_every_setting_that_the_code_reads_and_no_other()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        Names.Where(name => !readme.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
        System.Text.RegularExpressions.Regex.Matches(readme, "`([A-Z][A-Za-z]+__[A-Za-z]+)`").Select(m => m.Groups[1].Value).Except(Names).ShouldBeEmpty();
    }

    [Fact]
    public void The_example_is_accepted_and_sets_nothing_unknown()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Example.ToDictionary(e => e.Key.Replace("__", ":", StringComparison.Ordinal), e => (string?)e.Value))
            .Build();
        using var services = new ServiceCollection().AddEmargement(configuration).AddLogging().BuildServiceProvider();

        foreach (var (type, _) in Options)
        {
            var options = services.GetRequiredService(typeof(IOptions<>).MakeGenericType(type));
            Should.NotThrow(() => options.GetType().GetProperty("Value")!.GetValue(options), type.Name);
        }

        Example.Keys.Where(key => key.Contains("__", StringComparison.Ordinal)).Except(Names).ShouldBeEmpty();
    }
}
