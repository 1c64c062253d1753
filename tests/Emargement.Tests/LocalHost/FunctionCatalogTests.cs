using Emargement.LocalHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Tests.LocalHost;

/// <summary>What the Functions host would refuse at start-up, LocalHost refuses too.</summary>
public sealed class FunctionCatalogTests
{
    public static TheoryData<Type, string> Refused => new()
    {
        { typeof(SameNameTwice), "used twice" },
        { typeof(WithoutTrigger), "has 0 triggers" },
        { typeof(NotPublic), "must be public" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task An_app_the_host_would_not_load_does_not_start(Type functions, string because)
    {
        var start = () => LocalHostApp.StartAsync(
            new LocalHostOptions { App = FunctionApp.Of(functions) }, TestContext.Current.CancellationToken);

        (await start.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain(because);
    }

    public static class SameNameTwice
    {
        [Function("Twin")]
        public static IResult One([HttpTrigger("get")] HttpRequest request) => Results.Ok();

        [Function("twin")]
        public static IResult Two([HttpTrigger("get")] HttpRequest request) => Results.Ok();
    }

    public static class WithoutTrigger
    {
        [Function("Idle")]
        public static IResult Run(HttpRequest request) => Results.Ok();
    }

    public static class NotPublic
    {
        [Function("Hidden")]
        internal static IResult Run([HttpTrigger("get")] HttpRequest request) => Results.Ok();
    }
}
