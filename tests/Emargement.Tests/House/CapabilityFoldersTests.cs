using System.Reflection;
using Emargement.Domain.Platform;
using Emargement.Functions;

namespace Emargement.Tests.House;

/// <summary>
/// The folders of the capabilities, from the ground up: a folder uses only folders above it here, and of those only the ones that are
/// named beside it. A circle cannot be written down.
/// </summary>
public sealed class CapabilityFoldersTests(ITestOutputHelper output)
{
    private static readonly Folder[] OfDomain =
    [
        new("Platform"),
        new("Sealing"),
        new("People", "Platform"),
        new("Webhooks"),
        new("Accounts", "Platform"),
        new("Privacy", "Platform"),
        new("Sessions", "Platform", "People"),
        new("Planning", "Platform", "People", "Sessions"),
        new("Signing", "Platform", "People", "Sessions"),
        new("Sheets", "Platform", "Sealing", "People", "Sessions"),
        new("Placements", "Platform", "Sealing", "People", "Planning"),
        new("Absences", "Platform", "People", "Sessions"),
        new("Verification", "Sessions"),
        new("Region", "Platform", "People", "Sessions", "Placements"),
        new("Statements", "Platform", "Sealing", "People", "Sessions", "Sheets", "Placements", "Region"),
        new("Months", "Platform", "People", "Sessions", "Planning", "Placements", "Absences", "Region"),
        new("Reminders", "Platform", "People", "Accounts", "Absences"),
    ];

    private static readonly Folder[] OfFunctions =
    [
        new("Platform"),
        new("Sealing", "Platform"),
        new("People", "Platform"),
        new("Accounts", "Platform", "Sealing", "People"),
        new("Webhooks", "Platform", "People", "Accounts"),
        new("Sessions", "Platform", "People"),
        new("Planning", "Platform", "Sealing", "People", "Accounts", "Sessions"),
        new("Signing", "Platform", "Sealing", "People", "Accounts", "Sessions"),
        new("Sheets", "Platform", "Sealing", "People", "Accounts", "Sessions"),
        new("Placements", "Platform", "Sealing", "People", "Accounts", "Sessions", "Planning"),
        new("Absences", "Platform", "People", "Sessions"),
        new("Region", "Platform", "Sealing", "People", "Sessions", "Sheets", "Placements"),
        new("Statements", "Platform", "Sealing", "People", "Accounts", "Sessions", "Sheets", "Placements", "Region"),
        new("Verification", "Platform", "Sealing", "People", "Sessions", "Sheets", "Placements", "Statements"),
        new("Months", "Platform", "People", "Accounts", "Sessions", "Planning", "Placements", "Absences", "Region"),
        new("Reminders", "Platform", "People", "Accounts", "Sessions", "Absences", "Months"),
        // Never People, Sessions, Sheets: a Région reads what was filtered when it was written.
        new("Portal", "Platform", "Region", "Months"),
        new(
            "Privacy", "Platform", "Sealing", "People", "Accounts", "Sessions", "Signing", "Sheets", "Placements", "Absences", "Statements",
            "Months"),
        new("Journal", "Platform", "People", "Sessions"),
        new(
            "Pages", "Platform", "People", "Accounts", "Sessions", "Planning", "Signing", "Sheets", "Placements", "Absences",
            "Verification", "Region", "Statements", "Months", "Reminders", "Portal", "Privacy", "Journal", "Webhooks"),
        new("Archive", "Platform", "People", "Placements"),
        new("Health", "Platform", "Sealing"),
    ];

    private static readonly Folder[] OfWeb =
    [
        new("Platform"),
        new("Reminders", "Platform"),
        new("Accounts", "Platform", "Reminders"),
        new("Signing", "Platform", "Accounts"),
        new("Sessions", "Platform", "Signing"),
        new("Planning", "Platform"),
        new("People", "Platform", "Accounts"),
        new("Placements", "Platform", "Signing"),
        new("Verification", "Platform"),
        new("Privacy", "Platform"),
        new("Absences", "Platform"),
        new("Months", "Platform", "Planning"),
        new("Portal", "Platform"),
        new("Webhooks", "Platform"),
        new("Statements", "Platform", "Signing"),
    ];

    public static TheoryData<string> Projects => ["Domain", "Functions", "Web"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_folder_uses_only_what_is_written_here(string project)
    {
        var (assembly, folders) = Of(project);
        var graph = FolderGraph.Of(assembly);
        output.WriteLine(graph.Print(folders.Select(f => f.Name)));

        var allowed = folders.SelectMany(f => f.Uses.Select(used => (f.Name, used))).ToHashSet();
        var added = graph.Edges.Where(edge => !allowed.Contains(edge.Key)).Select(
            edge => Say(edge.Key.From, edge.Key.To, edge.Value, folders));

        added.ShouldBeEmpty();
        allowed.Except(graph.Edges.Keys).ShouldBeEmpty("These edges are used no more: take them out of the list.");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_folder_is_written_below_all_that_it_uses(string project)
    {
        var (_, folders) = Of(project);
        var order = folders.Select(f => f.Name).ToList();

        order.ShouldBeUnique();
        folders.SelectMany(f => f.Uses
                .Where(used => order.IndexOf(used) is var at && (at < 0 || at >= order.IndexOf(f.Name)))
                .Select(used => $"{f.Name} uses {used}"))
            .ShouldBeEmpty();
    }

    // What the compiler leaves no trace of: a constant of another folder, and a using that nothing needs any more.
    [Theory]
    [MemberData(nameof(Projects))]
    public void A_source_opens_only_the_namespaces_of_folders_that_it_may_use(string project)
    {
        var root = Path.Combine(Repository.Root, "functions", $"Emargement.{project}");
        var allowed = Of(project).Folders.ToDictionary(f => f.Name, f => f.Uses);
        var opened = $"using Emargement.{project}.";

        var strange =
            from file in Directory.EnumerateFiles(root, "*.*", SearchOption.AllDirectories)
            where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
            let parts = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)
            where parts.Length > 1 && allowed.ContainsKey(parts[0])
            from line in File.ReadLines(file)
            let open = line.TrimStart('@')
            where open.StartsWith(opened, StringComparison.Ordinal)
            let used = open[opened.Length..].TrimEnd(';').Split('.')[0]
            where used != parts[0] && !allowed[parts[0]].Contains(used)
            select $"{string.Join('/', parts)}: {line}";

        strange.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_namespace_is_its_folder(string project)
    {
        var root = Path.Combine(Repository.Root, "functions", $"Emargement.{project}");
        var others = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Folder: Path.GetRelativePath(root, Path.GetDirectoryName(file)!), File: file))
            .Where(f => f.Folder.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Where(f => File.ReadLines(f.File).FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal)) is { } line
                && line != $"namespace {NamespaceOf(project, f.Folder)};");

        others.Select(f => Path.GetRelativePath(root, f.File)).ShouldBeEmpty();
    }

    private static string NamespaceOf(string project, string folder) =>
        $"Emargement.{project}" + (folder == "." ? "" : "." + folder.Replace(Path.DirectorySeparatorChar, '.'));

    [Fact]
    public void A_capability_has_the_same_name_in_each_project()
    {
        var names = OfFunctions.Select(f => f.Name).ToHashSet();

        OfDomain.Concat(OfWeb).Select(f => f.Name).Where(n => !names.Contains(n)).ShouldBeEmpty();
    }

    private static (Assembly Assembly, Folder[] Folders) Of(string project) => project switch
    {
        "Domain" => (typeof(Reference).Assembly, OfDomain),
        "Web" => (Assembly.Load("Emargement.Web"), OfWeb),
        _ => (typeof(EmargementApp).Assembly, OfFunctions),
    };

    private static string Say(string from, string to, SortedSet<string> users, Folder[] folders)
    {
        var order = folders.Select(f => f.Name).ToList();
        var advice = order.IndexOf(from) < 0 ? $"{from} is a new folder: write it into the list of {nameof(CapabilityFoldersTests)}."
            : order.IndexOf(to) < order.IndexOf(
                from) ? $"If {from} is to know {to}, write the edge into the list of {nameof(CapabilityFoldersTests)}."
            : $"{to} stands below {from}: let {from} declare what it needs, an interface or the type of the work that it asks for, and "
                + $"let {to} supply it.";
        return $"{from} -> {to}: {string.Join("; ", users.Take(5))}. {advice}";
    }

    private sealed record Folder(string Name, params string[] Uses);
}
