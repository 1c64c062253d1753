using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Emargement.Domain.Platform;
using Emargement.Functions;

namespace Emargement.Tests.House;

/// <summary>docs/security.md says the numbers that the code holds; docs/asvs.md names tests that there are.</summary>
public sealed partial class SecurityDocumentTests
{
    private const int Mega = 1024 * 1024;

    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;

    private static readonly string Security = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));
    private static readonly string Asvs = File.ReadAllText(Path.Combine(Repository.Root, "docs", "asvs.md"));

    [Fact]
    public void Every_number_is_the_code_s()
    {
        var rows = Limit().Matches(Security);

        rows.Count.ShouldBeGreaterThan(20);
        foreach (Match row in rows)
        {
            row.Groups["number"].Value.ShouldBe(Read(row.Groups["type"].Value, row.Groups["member"].Value), row.Groups["member"].Value);
        }
    }

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var tests = typeof(SecurityDocumentTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(m => m.GetCustomAttributes().Any(a => a is FactAttribute or TheoryAttribute))
                .Select(m => $"{type.Name}.{m.Name}"))
            .ToHashSet();

        var named = Named().Matches(Asvs).Select(m => m.Groups[1].Value).ToList();
        named.Count.ShouldBeGreaterThan(30);
        named.Except(tests).ShouldBeEmpty();
    }

    [Fact]
    public void Every_requirement_has_a_test_or_says_what_is_missing()
    {
        var rows = Requirement().Matches(Asvs);

        rows.Count.ShouldBeGreaterThan(30);
        rows.Select(r => r.Value).Where(r => !Named().IsMatch(r) && !r.Contains("gap: ", StringComparison.Ordinal)).ShouldBeEmpty();
        rows.Select(r => r.Groups[1].Value).ShouldBeUnique();
    }

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
}
