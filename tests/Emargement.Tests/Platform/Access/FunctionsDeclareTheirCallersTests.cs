using System.Reflection;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Tests.Platform.Access;

/// <summary>Every function with an HTTP trigger says who may call it; <see cref="AccessMatrixTests"/> calls them all.</summary>
public sealed class FunctionsDeclareTheirCallersTests
{
    public static TheoryData<string> Names() => [.. HttpFunctions.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_has_either_callers_or_a_reason_to_be_public(string name)
    {
        var (_, method, trigger) = HttpFunctions.All.Single(f => f.Name == name);

        var rule = AccessRule.Of(name, method);

        trigger.AuthLevel.ShouldBe(AuthorizationLevel.Anonymous, "the access middleware is the one place of access rules");
        rule.PerMinute.ShouldBeInRange(1, 100_000);
        method.GetCustomAttribute<PublicAttribute>()?.Because.Length.ShouldBeGreaterThan(15, "the reason is a sentence");
        if ((rule.Callers & (Callers.Machine | Callers.RegionKey)) is { } keys && keys != Callers.None)
        {
            ApiRights.OfOrganisation.Concat(ApiRights.OfRegion).ShouldContain(rule.Right);
        }
    }
}
