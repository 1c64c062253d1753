using System.Reflection;
using Emargement.Domain.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

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
        references.ShouldNotContain(
            name => name.StartsWith("System.Net", StringComparison.Ordinal) || name.StartsWith("System.Data", StringComparison.Ordinal));
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
            .SelectMany(t => t.GetMethods(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(m => (Method: m, Attribute: m.GetCustomAttribute<FunctionAttribute>()))
            .Where(f => f.Attribute is not null)
            .ToList();

        functions.ShouldAllBe(f => f.Method.IsPublic && f.Method.DeclaringType!.IsPublic);
        functions.Select(f => f.Attribute!.Name).ShouldBeUnique();
    }

    // Who signs in gets a cookie, which is HTTP's.
    private static readonly string[] WriteCookies =
    [
        "SignIn", "ChangeOwnPassword", "SetUpSecondStep", "TakeSecondStep", "RemoveSecondStep", "AddPasskey", "SignInWithPasskey",
    ];

    [Fact]
    public void A_use_case_sees_neither_http_nor_what_it_wakes()
    {
        Type[] unseen = [typeof(HttpRequest), typeof(HttpContext), typeof(DurableTaskClient)];

        App.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => m.Name == "RunAsync" && m.GetCustomAttribute<FunctionAttribute>() is null)
            .Where(m => m.GetParameters().Any(p => unseen.Contains(p.ParameterType)))
            .Select(m => m.DeclaringType!.Name)
            .Except(WriteCookies)
            .ShouldBeEmpty("A function reads the request, and wakes what the use case returns.");
    }

}
