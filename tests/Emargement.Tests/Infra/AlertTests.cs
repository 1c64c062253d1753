using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Emargement.Functions.Platform;
using Emargement.Tests.House;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Emargement.Tests.Infra;

/// <summary>An alert whose words no code writes would stay silent for ever.</summary>
public sealed partial class AlertTests(Template template) : IClassFixture<Template>
{
    private static readonly MethodInfo[] Methods =
    [
        .. typeof(EmargementApp).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)),
    ];

    private JsonArray Rules => template.Main["resources"]!["alerts"]!["properties"]!["template"]!["variables"]!["rules"]!.AsArray();

    private IEnumerable<string> Queries => Rules.Select(r => r!["query"]!.GetValue<string>());

    [Fact]
    public void Alerts_on_log_lines_quote_lines_that_the_app_writes()
    {
        var lines = Methods.Select(m => m.GetCustomAttribute<LoggerMessageAttribute>()?.Message).OfType<string>().ToList();
        var quoted = Queries.SelectMany(q => QuotedLine().Matches(q).Select(m => m.Groups["text"].Value)).ToList();

        quoted.ShouldNotBeEmpty();
        quoted.ShouldAllBe(text => lines.Any(line => line.Contains(text, StringComparison.Ordinal)));
    }

    [Fact]
    public void Alerts_on_functions_name_functions_of_the_app()
    {
        var functions = Methods.Select(m => m.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>().ToList();
        var named = Queries.SelectMany(q => NamedFunction().Matches(q).Select(m => m.Groups["name"].Value)).Distinct().ToList();

        named.ShouldNotBeEmpty();
        named.Except(functions).ShouldBeEmpty();
    }

    [Fact]
    public void Operations_md_says_what_to_do_for_every_alert()
    {
        var manual = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));

        Rules.Select(r => r!["name"]!.GetValue<string>()).ShouldAllBe(name => manual.Contains($"### {name}\n", StringComparison.Ordinal));
    }

    [GeneratedRegex("""Message (?:startswith|has) "(?<text>[^"]+)""")]
    private static partial Regex QuotedLine();

    [GeneratedRegex("""(?:prop__functionName\)|\bName) [!=]= "(?<name>\w+)""")]
    private static partial Regex NamedFunction();
}
