using System.Text.RegularExpressions;
using Emargement.Tests.House;

namespace Emargement.Tests.Infra.Deploy;

/// <summary>
/// Every shell script of the repository: clean by shellcheck, and without the forms in which bash lets a failed command pass.
/// </summary>
public sealed partial class ShellTests
{
    private static readonly IReadOnlyList<string> Scripts = Find();

    public static TheoryData<string> Files => [.. Scripts];

    [Fact]
    public void The_scripts_of_this_repository_are_found() => Scripts.ShouldBe(
        [
            ".ci/func-journeys", ".ci/run", ".ci/setup.sh", "bench", "infra/azd", "infra/deploy", "infra/fetch-package",
            "infra/parts/check.sh",
            "infra/parts/keys.sh", "infra/parts/look.sh", "infra/parts/provision.sh", "infra/parts/publish.sh", "infra/parts/settings.sh",
            "infra/parts/steps.sh", "run", "test",
        ],
        ignoreOrder: true);

    [Fact]
    public async Task Shellcheck_has_nothing_to_say()
    {
        // Those that are sourced are looked at where they are, with what they share.
        var started = Scripts.Where(s => !s.EndsWith(".sh", StringComparison.Ordinal));
        var said = await Tool.RunAsync("shellcheck", ["--external-sources", "--check-sourced", .. started], []);

        said.Out.ShouldBeEmpty();
        said.Error.ShouldBeEmpty();
        said.Code.ShouldBe(0);
    }

    [Fact]
    public void What_is_sourced_is_sourced_by_a_script_that_stops_on_failure()
    {
        var started = Scripts.Where(s => !s.EndsWith(".sh", StringComparison.Ordinal)).Select(Read).ToList();

        foreach (var part in Scripts.Where(s => s.EndsWith(".sh", StringComparison.Ordinal)))
        {
            started.ShouldContain(text => text.Contains($"\n. {part}\n", StringComparison.Ordinal), part);
        }

        started.Where(text => text.Split('\n').Length > 5).ShouldAllBe(
            text => text.Contains("\nset -euo pipefail\n", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_failure_is_lost(string script)
    {
        foreach (var (line, number) in Read(script).Split('\n').Select((line, i) => (line, i + 1)))
        {
            LosingForm(line).ShouldBeNull($"{script}:{number}: {line}");
            line.Length.ShouldBeLessThanOrEqualTo(140, $"{script}:{number}");
        }
    }

    [Theory]
    [InlineData("a=$(bad) b=$(good)", true)]
    [InlineData("  app=$(output appName) id=$(output appId) built", true)]
    [InlineData("if [ \"$(bad)\" = true ]; then", true)]
    [InlineData("[ -n \"$(bad)\" ] || refuse", true)]
    [InlineData("if [[ $(bad) == yes ]]; then", true)]
    [InlineData("local x=$(bad)", true)]
    [InlineData("export x=$(bad)", true)]
    [InlineData("echo \"$(bad)\"", true)]
    [InlineData("a=$(good)", false)]
    [InlineData("  a=$((1 + 2)) b=$((3))", false)]
    [InlineData("a=$(good) || a=''", false)]
    [InlineData("# a=$(bad) b=$(good)", false)]
    public void The_forms_that_lose_a_failure_are_known(string line, bool loses) => (LosingForm(line) is not null).ShouldBe(loses);

    /// <summary>
    /// What is wrong with a line, or null. bash stops on the last command of an assignment alone, and never on one inside a test or an
    /// argument.
    /// </summary>
    private static string? LosingForm(string line)
    {
        var code = line.TrimStart();
        var kept = KeptAnswer().Count(code);
        return code.StartsWith('#') || kept == 0 || OwnFolder().IsMatch(code) ? null
            : kept > 1 ? "two answers on one line"
            : Declaration().IsMatch(code) ? "an answer in a declaration"
            : AloneOnItsLine().IsMatch(code) ? null
            : "an answer that is not an assignment's own";
    }

    private static string Read(string script) => File.ReadAllText(Path.Combine(Repository.Root, script));

    private static List<string> Find()
    {
        string[] folders = ["", ".ci", "infra", "infra/parts", ".github"];
        return [.. folders.Select(f => Path.Combine(Repository.Root, f)).Where(Directory.Exists).SelectMany(Directory.GetFiles)
            .Where(
                f => f.EndsWith(".sh", StringComparison.Ordinal)
                    || (Path.GetExtension(f).Length == 0 && File.ReadLines(f).FirstOrDefault() is { } first && Shebang().IsMatch(first)))
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))];
    }

    [GeneratedRegex(@"^#!.*\b(ba|da)?sh$")]
    private static partial Regex Shebang();

    [GeneratedRegex(@"\$\((?!\()")]
    private static partial Regex KeptAnswer();

    [GeneratedRegex(@"^(local|declare|readonly|export|typeset)\b")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\w+=\$\(")]
    private static partial Regex AloneOnItsLine();

    /// <summary>To where the script is: no command that could fail by itself.</summary>
    [GeneratedRegex("""^(cd|exec) "\$\(dirname "\$0"\)[/."a-z]*$""")]
    private static partial Regex OwnFolder();
}
