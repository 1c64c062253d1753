using System.Text.RegularExpressions;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Platform.Access;
using Emargement.Tests.House;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mono.Cecil;

namespace Emargement.Tests.Accounts;

/// <summary>docs/security.md lists every way in, and says how strong it is (OWASP ASVS 5.0, 6.3.4).</summary>
public sealed partial class WaysInTests
{
    private static readonly string[] Strengths =
    [
        "one factor", "two factors", "one or two factors", "presence", "as the sign-in", "as the manager", "secret of 128 bits",
        "secret of 256 bits", "secret of the configuration",
    ];

    private static readonly IReadOnlyList<(string Name, string Strength)> Written =
    [
        .. Row().Matches(Section()).SelectMany(row => Name().Matches(row.Groups["code"].Value)
            .Select(name => (name.Groups[1].Value, row.Groups["strength"].Value))),
    ];

    [Fact]
    public void V6_3_4_Every_way_in_is_written_with_its_strength()
    {
        var sources = typeof(EmargementApp).Assembly.GetTypes()
            .Where(t => t.IsClass && t.IsAssignableTo(typeof(ICallerSource)))
            .Select(t => t.Name);
        var ways = CallersOf(nameof(AccountSessions), nameof(AccountSessions.StartAsync))
            .Concat(CallersOf(nameof(Passwords), nameof(Passwords.SetAsync)))
            .Concat(sources)
            .Concat(Enum.GetNames<LinkPurpose>().Select(purpose => $"{nameof(LinkPurpose)}.{purpose}"))
            .Concat(Enum.GetNames<SigningMethod>().Select(method => $"{nameof(SigningMethod)}.{method}"));

        Written.Select(w => w.Name).ShouldBe(ways.Distinct(), ignoreOrder: true);
        Written.Select(w => w.Strength).Except(Strengths).ShouldBeEmpty();
    }

    [Fact]
    public void V6_3_4_Whoever_starts_a_sitting_says_the_strength_that_is_written()
    {
        var sources = Path.Combine(Repository.Root, "functions", "Emargement.Functions", "Accounts");
        foreach (var file in Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories))
        {
            var said = Proof().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Distinct().ToList();
            if (said.Count == 1 && Written.FirstOrDefault(w => w.Name == Path.GetFileNameWithoutExtension(file)).Strength is { } strength
                && strength.EndsWith("factors", StringComparison.Ordinal) | strength == "one factor")
            {
                strength.ShouldBe(said[0] == nameof(SignInProof.TwoFactors) ? "two factors" : "one factor", file);
            }
        }
    }

    [Fact]
    public void Passwords_are_hashed_as_often_as_owasp_asks()
    {
        using var services = new ServiceCollection().AddEmargement(new ConfigurationBuilder().Build()).BuildServiceProvider();

        services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value.IterationCount.ShouldBeGreaterThanOrEqualTo(210_000);
    }

    /// <summary>The classes whose code calls a method, whatever nested type the compiler put the call into.</summary>
    private static List<string> CallersOf(string type, string method)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(EmargementApp).Assembly.Location);
        return
        [
            .. assembly.MainModule.GetTypes()
                .Where(t => t.Methods.Any(m => m.HasBody && m.Body.Instructions.Any(
                    i => i.Operand is MethodReference called && called.Name == method && called.DeclaringType.Name == type)))
                .Select(Outermost)
                .Distinct(),
        ];
    }

    private static string Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type.Name;

    private static string Section()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));
        var from = text.IndexOf("## Ways in", StringComparison.Ordinal);
        return text[from..text.IndexOf("## Locks", from, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^\|(?:[^|\n]+\|){3} (?<strength>[^|\n]+) \| (?<code>[^|\n]*`[^|\n]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"SignInProof\.(OneFactor|TwoFactors)")]
    private static partial Regex Proof();
}
