using System.Reflection;
using Emargement.Domain.Platform;

namespace Emargement.Tests.House;

/// <summary>One direction: trigger, use case, domain rule, table. A wrong reference fails the build here.</summary>
public sealed class ReferencesTests
{
    private static readonly Assembly Domain = typeof(Reference).Assembly;
    private static readonly Assembly App = typeof(Functions.EmargementApp).Assembly;
    private static readonly Assembly Web = Assembly.Load("Emargement.Web");

    [Fact]
    public void Domain_references_the_base_library_only()
    {
        var references = Domain.GetReferencedAssemblies().Select(a => a.Name!).ToList();

        references.ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal) || name == "System");
        references.ShouldNotContain(name => name.StartsWith("System.Net", StringComparison.Ordinal) || name.StartsWith("System.Data", StringComparison.Ordinal));
    }

    [Fact]
    public void Web_knows_the_domain_and_neither_the_app_nor_Azure()
    {
        var references = Web.GetReferencedAssemblies().Select(a => a.Name!).ToList();

        references.ShouldNotContain(name => name.StartsWith("Azure", StringComparison.Ordinal));
        references.ShouldNotContain("Emargement.Functions");
    }

    [Fact]
    public void The_app_does_not_know_the_local_host() =>
        App.GetReferencedAssemblies().ShouldNotContain(a => a.Name == "Emargement.LocalHost");

    [Fact]
    public void Tables_never_see_http()
    {
        var result = NetArchTest.Rules.Types.InAssembly(App)
            .That().HaveNameEndingWith("Table", StringComparison.Ordinal)
            .ShouldNot().HaveDependencyOnAny("Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Mvc", "Microsoft.Azure.Functions.Worker")
            .GetResult();

        result.IsSuccessful.ShouldBeTrue(string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Fact]
    public void Functions_are_public_and_uniquely_named()
    {
        var functions = App.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(m => (Method: m, Attribute: m.GetCustomAttribute<Microsoft.Azure.Functions.Worker.FunctionAttribute>()))
            .Where(f => f.Attribute is not null)
            .ToList();

        functions.ShouldAllBe(f => f.Method.IsPublic && f.Method.DeclaringType!.IsPublic);
        functions.Select(f => f.Attribute!.Name).ShouldBeUnique();
    }

    [Theory]
    [InlineData("Domain")]
    [InlineData("Functions")]
    public void Files_and_folders_are_small_enough_to_find_one_s_way(string project)
    {
        var root = Path.Combine(Repository.Root, "functions", $"Emargement.{project}");
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToList();

        files.Where(f => File.ReadLines(f).Count() > 330).ShouldBeEmpty();
        files.GroupBy(Path.GetDirectoryName).Where(g => g.Count() > 20).Select(g => g.Key).ShouldBeEmpty();
    }
}
