using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Emargement.Tests.Infra;

/// <summary>
/// The timetable of production's always-ready instances: it reads the clock, so that neither its order nor a deployment matters.
/// </summary>
public sealed partial class PeaksTests
{
    private const string Monday = "1";
    private const string Sunday = "0";

    [Theory]
    [InlineData(Monday, 0, 1)]
    [InlineData(Monday, 829, 1)]
    [InlineData(Monday, 830, 4)]
    [InlineData(Monday, 959, 4)]
    [InlineData(Monday, 1000, 1)]
    [InlineData(Monday, 1259, 1)]
    [InlineData(Monday, 1300, 4)]
    [InlineData(Monday, 1430, 1)]
    [InlineData(Sunday, 900, 1)]
    [InlineData("6", 900, 1)]
    public async Task The_clock_says_how_many_are_ready(string day, int clock, int ready)
    {
        var wanted = (await ActionsAsync())["Wanted"]!["inputs"]!.GetValue<string>();
        var then = DayOfWeek().Replace(wanted.Replace("outputs('Clock')", $"{clock}", StringComparison.Ordinal), day);

        Evaluate(then.TrimStart('@')).ShouldBe(ready);
    }

    [Fact]
    public async Task It_reads_the_clock_of_the_zone_at_every_time_at_which_the_number_changes()
    {
        var definition = await DefinitionAsync();
        var recurrence = definition["triggers"]!["WorkingDays"]!["recurrence"]!;
        var schedule = recurrence["schedule"]!;
        var hours = schedule["hours"]!.AsArray().Select(h => h!.GetValue<int>()).ToList();
        var minutes = schedule["minutes"]!.AsArray().Select(m => m!.GetValue<int>()).ToList();

        // Texts such as "08" are refused: GetValue<int> takes none.
        var changes = Times().Matches(definition["actions"]!["Wanted"]!["inputs"]!.GetValue<string>())
            .Select(m => int.Parse(m.Groups["time"].Value, CultureInfo.InvariantCulture)).ToList();
        changes.Count.ShouldBe(4);
        changes.ShouldAllBe(change => hours.Contains(change / 100) && minutes.Contains(change % 100));
        definition["actions"]!["Clock"]!["inputs"]!.GetValue<string>()
            .ShouldBe($"@int(convertFromUtc(utcNow(), '{recurrence["timeZone"]!.GetValue<string>()}', 'HHmm'))");
    }

    [Fact]
    public async Task It_begins_at_its_next_quarter_and_not_beside_the_deployment()
    {
        var recurrence = (await DefinitionAsync())["triggers"]!["WorkingDays"]!["recurrence"]!;

        // With a zone the service wants no offset. One that is over, so that no deployment changes it.
        DateTime.ParseExact(recurrence["startTime"]!.GetValue<string>(), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            .ShouldBeLessThan(new DateTime(2026, 6, 1));
        // A deployment within a peak wrote the number outside of it: for a quarter of an hour at most.
        recurrence["schedule"]!["minutes"]!.AsArray().Select(m => m!.GetValue<int>()).ShouldBe([0, 15, 30, 45]);
    }

    [Fact]
    public async Task It_writes_only_another_number_and_leaves_the_rest_of_the_app_as_it_is()
    {
        var actions = await ActionsAsync();
        var write = actions["Differs"]!["actions"]!["Write"]!["inputs"]!;

        actions.Select(a => (a.Value!["inputs"] as JsonObject)?["method"]?.GetValue<string>()).OfType<string>().ShouldBe(["GET"]);
        actions["Differs"]!["expression"]!.GetValue<string>().ShouldEndWith("outputs('Wanted')))");
        write["method"]!.GetValue<string>().ShouldBe("PATCH");
        write["body"]!["properties"]!.AsObject().ShouldHaveSingleItem().Value!.GetValue<string>()
            .ShouldStartWith("@setProperty(body('Read')?['properties']?['functionAppConfig'], 'scaleAndConcurrency',");
        actions["Ready"]!["inputs"]!["from"]!.ToJsonString()
            .ShouldBe("""[{"name":"http","instanceCount":"@outputs(\u0027Wanted\u0027)"},{"name":"durable","instanceCount":1}]""");
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("test")]
    public async Task Without_peaks_there_is_neither_timetable_nor_role(string name)
    {
        var stage = await Stage.OfAsync(name);

        stage.OfType("Microsoft.Logic/workflows").ShouldBeEmpty();
        stage.OfType("Microsoft.Authorization/roleDefinitions").ShouldBeEmpty();
    }

    private static async Task<JsonNode> DefinitionAsync() =>
        (await Stage.OfAsync("prod")).PropertiesOf("Microsoft.Logic/workflows")["definition"]!;

    private static async Task<JsonObject> ActionsAsync() => (await DefinitionAsync())["actions"]!.AsObject();

    /// <summary>What a workflow makes of such an expression: the functions that the timetable uses, of whole numbers; true is 1.</summary>
    private static int Evaluate(string expression)
    {
        var call = Call().Match(expression);
        if (!call.Success)
        {
            return int.Parse(expression, CultureInfo.InvariantCulture);
        }

        var arguments = Arguments(call.Groups["arguments"].Value);
        return call.Groups["name"].Value switch
        {
            "if" => Evaluate(arguments[0]) == 1 ? Evaluate(arguments[1]) : Evaluate(arguments[2]),
            "and" => arguments.TrueForAll(a => Evaluate(a) == 1) ? 1 : 0,
            "greaterOrEquals" => Evaluate(arguments[0]) >= Evaluate(arguments[1]) ? 1 : 0,
            "less" => Evaluate(arguments[0]) < Evaluate(arguments[1]) ? 1 : 0,
            "contains" => Evaluate(arguments[1]) is var wanted && Arguments(Call().Match(arguments[0]).Groups["arguments"].Value)
                .Exists(a => Evaluate(a) == wanted) ? 1 : 0,
            var name => throw new NotSupportedException(name),
        };
    }

    private static List<string> Arguments(string text)
    {
        var (arguments, depth, start) = (new List<string>(), 0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                arguments.Add(text[start..i].Trim());
                start = i + 1;
            }
            else
            {
                depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }

        return arguments;
    }

    [GeneratedRegex(@"^(?<name>\w+)\((?<arguments>.*)\)$")]
    private static partial Regex Call();

    [GeneratedRegex(@"dayOfWeek\(convertFromUtc\(utcNow\(\), '[^']+'\)\)")]
    private static partial Regex DayOfWeek();

    [GeneratedRegex(@"outputs\('Clock'\), (?<time>\d+)")]
    private static partial Regex Times();
}
