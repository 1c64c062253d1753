using System.Text.RegularExpressions;
using Emargement.Tests.House;

namespace Emargement.Tests.Infra.Deploy;

/// <summary>The workflows: what they run, as whom, and what they keep.</summary>
public sealed partial class WorkflowTests
{
    private const string Package = "infra/deploy \"$STAGE\" --only package";
    private const string Part = "./.github/actions/part";

    private static readonly string Deploy = Read("workflows/deploy.yml");

    private static readonly List<Dictionary<string, string>> Steps = StepsOf(Deploy);

    [Fact]
    public void Actions_are_used_by_commit_only_and_no_secret_is_kept()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, ".github"), "*.yml", SearchOption.AllDirectories)
            .Select(File.ReadAllText).ToList();

        files.Count.ShouldBe(3);
        files.SelectMany(
            w => UsedAction().Matches(w).Select(m => m.Groups["action"].Value)).ShouldAllBe(a => a == Part || PinnedAction().IsMatch(a));
        files.ShouldAllBe(w => !w.Contains("secrets.", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_part_signs_in_for_itself()
    {
        var part = StepsOf(Read("actions/part/action.yml"));

        part.Count.ShouldBe(2);
        part[0]["uses"].ShouldStartWith("azure/login@");
        part[1]["run"].ShouldBe("infra/deploy \"$STAGE\" --only \"$PART\" ${PACKAGE:+--package \"$PACKAGE\"}");
        // What is run without it asks Azure nothing.
        Steps.Where(s => s.TryGetValue("run", out var run) && run.Contains("infra/deploy", StringComparison.Ordinal)).Select(s => s["run"])
            .ShouldBe([Package]);
        Steps.ShouldNotContain(s => s.GetValueOrDefault("uses", "").StartsWith("azure/login@", StringComparison.Ordinal));
    }

    [Fact]
    public void The_parts_are_those_of_the_script_in_its_order()
    {
        var script = File.ReadAllText(Tool.Infra("deploy"));
        var parts = AllParts().Match(script).Groups["parts"].Value
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        parts.ShouldBe(["check everything", "package", "provision", "keys", "settings", "publish", "smoke", "what_to_do_next"]);
        Steps.Where(s => s.GetValueOrDefault("uses") == Part).Select(s => s["with.part"])
            .ShouldBe(["provision", "keys", "settings", "publish", "smoke"]);
    }

    [Fact]
    public void A_package_is_kept_under_its_commit_before_it_is_published()
    {
        var built = Steps.FindIndex(s => s.GetValueOrDefault("run") == Package);
        var kept = Steps.FindIndex(s => s.GetValueOrDefault("uses", "").StartsWith("actions/upload-artifact@", StringComparison.Ordinal));
        var published = Steps.FindIndex(s => s.GetValueOrDefault("with.part") == "publish");

        new[] { built, kept, published }.ShouldBeInOrder();
        Steps[kept]["with.name"].ShouldBe("package-${{ github.sha }}");
        Steps[kept]["with.path"].ShouldBe(".tools/releases/${{ github.sha }}.zip");
        Steps[kept]["with.if-no-files-found"].ShouldBe("error");
    }

    [Fact]
    public void A_rollback_takes_the_package_of_a_commit_and_changes_the_app_alone()
    {
        Deploy.ShouldContain("\n      package:\n");
        var back = Steps.Where(s => s.GetValueOrDefault("if") != "inputs.package == ''").ToList();

        var fetch = back.Single(s => s.GetValueOrDefault("run", "").StartsWith("infra/fetch-package", StringComparison.Ordinal));
        fetch["if"].ShouldBe("inputs.package != ''");
        // An input is never a part of a command.
        fetch["env.COMMIT"].ShouldBe("${{ inputs.package }}");
        fetch["run"].ShouldBe("infra/fetch-package \"$COMMIT\" && echo \"PACKAGE=.tools/releases/$COMMIT.zip\" >>\"$GITHUB_ENV\"");
        Deploy.ShouldContain("\n  actions: read\n");
        back.Where(s => s.ContainsKey("with.part")).Select(s => s["with.part"]).ShouldBe(["publish", "smoke"]);
    }

    [Fact]
    public void The_runner_is_chosen_and_two_deployments_of_a_stage_wait_for_each_other()
    {
        Deploy.ShouldContain("\n    runs-on: ${{ inputs.runner }}\n");
        Deploy.ShouldContain("\n      runner:\n");
        Deploy.ShouldContain("\n        default: ubuntu-24.04\n");
        Deploy.ShouldContain("\n  group: deploy-${{ inputs.stage }}\n");
        Deploy.ShouldNotContain("cancel-in-progress: true");
    }

    [Fact]
    public void No_expression_is_written_into_a_command() =>
        Directory.GetFiles(Path.Combine(Repository.Root, ".github"), "*.yml", SearchOption.AllDirectories)
            .SelectMany(file => StepsOf(File.ReadAllText(file)))
            .ShouldAllBe(step => !step.GetValueOrDefault("run", "").Contains("${{", StringComparison.Ordinal));

    [Fact]
    public void Azd_is_led_through_the_checks_before_and_the_keys_after()
    {
        var azd = File.ReadAllText(Path.Combine(Repository.Root, "azure.yaml"));

        azd.ShouldContain("  preprovision:\n    shell: sh\n    run: infra/azd before\n");
        azd.ShouldContain("  postprovision:\n    shell: sh\n    run: infra/azd after\n");
    }

    /// <summary>
    /// The steps of a workflow or an action: their members by name, those of <c>with</c> and <c>env</c> as <c>with.name</c>.
    /// </summary>
    private static List<Dictionary<string, string>> StepsOf(string file)
    {
        var steps = new List<Dictionary<string, string>>();
        var (indent, section) = (-1, "");
        foreach (var line in file[(file.IndexOf("steps:", StringComparison.Ordinal) + "steps:".Length)..].Split('\n'))
        {
            var member = Member().Match(line);
            if (!member.Success)
            {
                continue;
            }

            if (member.Groups["dash"].Success)
            {
                indent = member.Groups["indent"].Length + 2;
                steps.Add([]);
            }

            var depth = member.Groups["indent"].Length + (member.Groups["dash"].Success ? 2 : 0);
            var (name, value) = (member.Groups["name"].Value, member.Groups["value"].Value);
            section = depth > indent ? section : value.Length == 0 ? $"{name}." : "";
            if (value.Length > 0)
            {
                steps[^1][$"{section}{name}"] = value;
            }
        }

        return steps;
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, ".github", file));

    [GeneratedRegex(@"uses: (?<action>.+)")]
    private static partial Regex UsedAction();

    [GeneratedRegex(@"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex PinnedAction();

    [GeneratedRegex(@"^(?<indent> *)(?<dash>- )?(?<name>[\w-]+):(?: (?<value>.+))?$")]
    private static partial Regex Member();

    [GeneratedRegex(@"\n  ''\)\n(?<parts>[\s\S]*?);;")]
    private static partial Regex AllParts();
}
