using System.Text.Json.Nodes;
using Emargement.Functions.Platform.Storage;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Planning.Nightly;

/// <summary>What tonight's import will do is seen before it happens.</summary>
public sealed class NightPreviewTests : IAsyncLifetime
{
    private const string Next = "/api/organisations/garonne/imports/next";

    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        await _host.CreateOrganisationAsync("garonne");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task It_speaks_of_the_files_that_wait_and_of_no_others_and_changes_nothing()
    {
        foreach (var file in SmallPlanning.AllPeople())
        {
            await DropAsync(file);
        }

        await DropAsync(ImportDriver.Text("planning.csv", SmallPlanning.Heading, SmallPlanning.Row("P1", "24/11/2026")));
        var unseen = await ShownAsync();
        unseen["files"]!.AsArray().Count.ShouldBe(4);
        unseen["report"].ShouldBeNull();
        unseen["at"]!.GetValue<string>().ShouldStartWith("2026-11-23T20:00:00");

        using (var made = await _host.Operator.PostAsync(Next, null, Cancellation))
        {
            (await AccessHost.JsonAsync(made))["report"]!["planning"]!["created"]!.GetValue<int>().ShouldBe(1);
        }

        var seen = await ShownAsync();
        seen["report"]!["planning"]!["created"]!.GetValue<int>().ShouldBe(1);
        seen["conflicts"]!.GetValue<int>().ShouldBe(0);
        var sessions = JsonNode.Parse(await _host.Operator.GetStringAsync("/api/organisations/garonne/imports", Cancellation))!;
        sessions["items"]!.AsArray().ShouldBeEmpty("nothing was imported");

        await DropAsync(ImportDriver.Text("autre.csv", "formateur_ref;nom;prenom", "F9;Neuf;Zoé"));
        (await ShownAsync())["report"].ShouldBeNull("it was made of other files");
    }

    [Fact]
    public async Task Files_that_are_sent_for_tonight_wait_are_looked_at_and_replace_none()
    {
        foreach (var file in SmallPlanning.AllPeople())
        {
            await DropAsync(file);
        }

        var first = await WaitAsync(SmallPlanning.Row("P1", "24/11/2026"));
        first["report"]!["planning"]!["created"]!.GetValue<int>().ShouldBe(1);
        await WaitAsync(SmallPlanning.Row("P1", "24/11/2026"));
        (await ShownAsync())["files"]!.AsArray().Count.ShouldBe(4, "the same file is there once");

        await WaitAsync(SmallPlanning.Row("P2", "25/11/2026"));

        var shown = await ShownAsync();
        shown["files"]!.AsArray().Count(f => ((string)f!).StartsWith("planning-", StringComparison.Ordinal)).ShouldBe(2);
        shown["report"]!["conflicts"]!.AsArray().ShouldBeEmpty();
        using var damaged = await PostAsync("?tonight=true", "rien;de;connu");
        (await AccessHost.CodeAsync(damaged)).ShouldBe("import-heading-unknown");
        using var both = await PostAsync("?tonight=true&dryRun=true", "x");
        (await AccessHost.CodeAsync(both)).ShouldBe("query-invalid");
        (await ShownAsync())["files"]!.AsArray().Count.ShouldBe(5, "what cannot be read does not wait");
    }

    [Fact]
    public async Task Files_that_come_by_themselves_are_looked_at_within_the_hour_and_once()
    {
        await LookAsync();
        foreach (var file in SmallPlanning.AllPeople())
        {
            await DropAsync(file);
        }

        await DropAsync(ImportDriver.Text("planning.csv", SmallPlanning.Heading, SmallPlanning.Row("P1", "24/11/2026")));
        await LookAsync();
        var seen = await ShownAsync();
        seen["report"]!["planning"]!["created"]!.GetValue<int>().ShouldBe(1);

        _host.Time.Advance(TimeSpan.FromHours(1));
        await LookAsync();
        (await ShownAsync())["computedAt"]!.GetValue<string>().ShouldBe(seen["computedAt"]!.GetValue<string>(), "nothing came since");

        async Task LookAsync()
        {
            await _host.RunTimerAsync("NightlyImportTimer");
            await _host.WhenIdleAsync();
        }
    }

    private async Task<JsonNode> WaitAsync(string row)
    {
        using var sent = await PostAsync("?tonight=true", $"{SmallPlanning.Heading}\n{row}\n");
        sent.StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
        return await AccessHost.JsonAsync(sent);
    }

    private async Task<HttpResponseMessage> PostAsync(string query, string text)
    {
        using var file = new StringContent(text, System.Text.Encoding.UTF8, "text/csv");
        file.Headers.ContentDisposition = new("attachment") { FileName = "planning.csv" };
        return await _host.Operator.PostAsync("/api/organisations/garonne/imports" + query, file, Cancellation);
    }

    private async Task<JsonNode> ShownAsync() => JsonNode.Parse(await _host.Operator.GetStringAsync(Next, Cancellation))!;

    private async Task DropAsync((string Name, byte[] Content) file)
    {
        var container = await _host.Services.GetRequiredService<AppStorage>().ContainerAsync("imports");
        await container.GetBlobClient($"garonne/inbox/{file.Name}").UploadAsync(
            BinaryData.FromBytes(file.Content), overwrite: true, Cancellation);
    }
}
