using System.Net;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.Platform;
using Emargement.Tests.Web;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.LocalHost;

/// <summary>LocalHost does to a request what the Functions host does, with the services that the worker has there.</summary>
public sealed class HostFrontTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/admin/host/status")]
    [InlineData("/Runtime/webhooks/durabletask/instances")]
    public async Task What_is_the_host_s_own_is_nobody_s(string path)
    {
        await using var host = await StartAsync(FunctionApp.Of(typeof(Gallery)));
        using var client = new HttpClient { BaseAddress = host.Address };

        using var answer = await client.GetAsync(path, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void No_function_has_a_route_below_the_host_s_own() =>
        Platform.Access.HttpFunctions.All.Select(
            f => f.Trigger.Route ?? f.Name).ShouldAllBe(route => !route.StartsWith("admin", StringComparison.OrdinalIgnoreCase)
            && !route.StartsWith("runtime", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public async Task Every_page_is_rendered_where_the_worker_has_all_its_services_signed_in_and_not()
    {
        await using var host = await StartAsync(FunctionApp.Of(typeof(Gallery)));
        host.Services.CreateScope().ServiceProvider.GetService<Microsoft.AspNetCore.Components.NavigationManager>()
            .ShouldNotBeNull("the worker's services bring one, which breaks any page with a form that finds it");
        using var client = new HttpClient { BaseAddress = host.Address };

        foreach (var name in GalleryPages.All.Keys)
        {
            foreach (var signedIn in new[] { true, false })
            {
                using var answer = await client.GetAsync($"/gallery/{name}?signedIn={signedIn}", Cancellation);

                answer.StatusCode.ShouldBe(HttpStatusCode.OK, name);
                answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
                (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("</html>");
            }
        }
    }

    private static Task<LocalHostApp> StartAsync(FunctionApp app) => LocalHostApp.StartAsync(
        new LocalHostOptions
        {
            App = app,
            Settings = new Dictionary<string, string?>
            {
                ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
                ["Storage:Prefix"] = AzuriteFixture.NewPrefix(),
            },
            RunTimers = false,
        },
        Cancellation);

    public static class Gallery
    {
        [Function("Gallery")]
        public static async Task<IResult> Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "gallery/{name}")] HttpRequest request, string name) =>
            await GalleryPages.All[name](Texts.Default, bool.Parse(request.Query["signedIn"].ToString()));
    }
}
