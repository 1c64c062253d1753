using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Emargement.Domain.Platform;
using Emargement.Functions;

namespace Emargement.Tests.House;

/// <summary>docs/security.md says the numbers that the code holds; docs/asvs.md names tests that there are, and they their
/// requirement.</summary>
public sealed partial class SecurityDocumentTests
{
    private const int Mega = 1024 * 1024;

    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;

    // Of OWASP ASVS 5.0, those that were chosen as mattering here before anything was built.
    private static readonly string[] Requirements =
    [
        "1.3.6", "3.3.1", "3.3.3", "5.2.1", "5.2.2", "5.2.3", "5.4.3", "6.1.1", "6.2.4", "6.2.9", "6.2.12", "6.3.3", "6.3.4", "6.4.1",
        "6.4.3", "6.4.4", "6.5.1", "6.5.2", "6.5.5", "6.6.2", "6.6.3", "6.8.1", "6.8.2", "6.8.4", "7.1.1", "7.3.1", "7.3.2", "7.4.1",
        "7.4.2", "7.4.3", "7.4.5", "7.5.1", "7.5.2", "7.6.2", "8.2.2", "8.3.2", "8.4.1", "9.1.2", "9.2.3", "10.1.2", "10.2.1", "10.5.1",
        "10.5.2", "10.5.3", "10.5.4", "13.2.4", "14.2.1", "14.3.2", "14.3.3", "16.2.1", "16.3.1", "16.3.2", "16.4.2", "16.5.3",
    ];

    private static readonly string Security = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));
    private static readonly string Asvs = File.ReadAllText(Path.Combine(Repository.Root, "docs", "asvs.md"));

    [Fact]
    public void V6_1_1_and_V7_1_1_Every_number_is_the_code_s()
    {
        var rows = Limit().Matches(Security);

        rows.Count.ShouldBeGreaterThan(20);
        foreach (Match row in rows)
        {
            row.Groups["number"].Value.ShouldBe(Read(row.Groups["type"].Value, row.Groups["member"].Value), row.Groups["member"].Value);
        }
    }

    [Fact]
    public void Every_test_that_is_named_exists_and_says_its_requirement_in_its_name()
    {
        var tests = typeof(SecurityDocumentTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(m => m.GetCustomAttributes().Any(a => a is FactAttribute or TheoryAttribute))
                .Select(m => $"{type.Name}.{m.Name}"))
            .ToHashSet();
        var rows = Rows();

        rows.Values.SelectMany(r => r).Except(tests).ShouldBeEmpty();
        rows.SelectMany(r => r.Value.Where(test => !NumbersIn(test).Contains(r.Key))).ShouldBeEmpty("which number is shown");
        tests.SelectMany(NumbersIn).Except(rows.Keys).ShouldBeEmpty("what tests say that they show stands in the list");
    }

    [Fact]
    public void Every_requirement_that_matters_has_a_test_or_says_what_is_missing()
    {
        var rows = Rows();

        Requirements.Except(rows.Keys).ShouldBeEmpty();
        Requirement().Matches(Asvs).Select(r => r.Value)
            .Where(r => !Named().IsMatch(r) && !r.Contains("gap: ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    // By requirement; Add sees to it that none has two rows.
    private static Dictionary<string, List<string>> Rows()
    {
        var rows = new Dictionary<string, List<string>>();
        foreach (Match row in Requirement().Matches(Asvs))
        {
            rows.Add(row.Groups[1].Value, [.. Named().Matches(row.Value).Select(m => m.Groups[1].Value)]);
        }

        return rows;
    }

    private static IEnumerable<string> NumbersIn(string test) =>
        Number().Matches(test).Select(m => m.Groups[1].Value.Replace('_', '.'));

    private static string Read(string type, string member)
    {
        var holder = new[] { typeof(EmargementApp).Assembly, typeof(Refusal).Assembly }
            .SelectMany(a => a.GetTypes())
            .Where(t => t.Name.Split('`')[0] == type)
            .ToList()
            .ShouldHaveSingleItem(type);
        if (holder.IsGenericTypeDefinition)
        {
            holder = holder.MakeGenericType([.. holder.GetGenericArguments().Select((_, i) => i == 0 ? typeof(int) : typeof(string))]);
        }

        var value = holder.GetField(member, Any)?.GetValue(null) ?? holder.GetProperty(member, Any)?.GetValue(null);
        return value switch
        {
            TimeSpan { TotalDays: >= 2 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays} d"),
            TimeSpan { TotalHours: >= 1 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours} h"),
            TimeSpan { TotalMinutes: >= 1 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes} min"),
            TimeSpan span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds} s"),
            int bytes and >= Mega => $"{bytes / Mega} MB",
            long bytes and >= Mega => $"{bytes / Mega} MB",
            not null => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            null => throw new InvalidOperationException($"{type} has no {member}."),
        };
    }

    [GeneratedRegex(@"^\| [^|]+ \| (?<number>[^|]+) \| `(?<type>\w+)\.(?<member>\w+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Limit();

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\| (\d+\.\d+\.\d+) \| .+$", RegexOptions.Multiline)]
    private static partial Regex Requirement();

    [GeneratedRegex(@"(?<=[._])V(\d+_\d+_\d+)(?=_)")]
    private static partial Regex Number();
}
