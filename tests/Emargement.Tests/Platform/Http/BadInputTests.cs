using System.Net;
using System.Text;
using Azure.Data.Tables;
using Emargement.Functions.Platform.Access;
using Emargement.Tests.Platform.Access;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Tests.Platform.Http;

/// <summary>
/// Every function that takes a body, given bodies that it cannot take: each answers a
/// problem with a stable type, and nothing changes.
/// </summary>
public sealed class BadInputTests(EveryCaller callers) : IClassFixture<EveryCaller>
{
    // What an honest client never sends, and how it is answered.
    private static readonly (string What, string? ContentType, string Body, HttpStatusCode Status)[] BadJson =
    [
        ("nothing", null, "", HttpStatusCode.UnsupportedMediaType),
        ("an empty body", "application/json", "", HttpStatusCode.BadRequest),
        ("half of an object", "application/json", "{\"a\":", HttpStatusCode.BadRequest),
        ("an array", "application/json", "[]", HttpStatusCode.BadRequest),
        ("a number", "application/json", "1", HttpStatusCode.BadRequest),
        ("null", "application/json", "null", HttpStatusCode.BadRequest),
        ("an unknown member", "application/json", "{\"isAdmin\":true}", HttpStatusCode.BadRequest),
        ("a form", "application/x-www-form-urlencoded", "password=x", HttpStatusCode.UnsupportedMediaType),
        ("text", "text/plain", "{}", HttpStatusCode.UnsupportedMediaType),
        ("two megabytes", "application/json", "{\"a\":\"" + new string('x', 2_000_000) + "\"}", HttpStatusCode.RequestEntityTooLarge),
    ];

    /// <summary>Functions that act on their address alone: whatever body comes with it is not read.</summary>
    private static readonly string[] WithoutBody =
    [
        "OpenSession", "SignOut", "SuspendAccount", "SuspendOfficer", "HandRoundTablet", "ProvisionToken", "PrintCard", "PrintRecoveryCode",
        "DownloadPersonData", "RenewLink", "StartRegionExport", "RunSource", "MakeNightPreview", "OfferSecondStep", "OfferPasskeySignIn",
        "TakeOverSession", "RotateApiKey", "RotateRegionKey", "LockMonth", "LockPortalMonth", "RefreshMonth", "PrintCards",
        "ErasePerson", "LiftHold", "RotateWebhook", "TestWebhook", "ConfirmTakeover",
    ];

    /// <summary>Functions that take a file of one media type.</summary>
    private static readonly string[] WithFile = ["VerifyPdf"];

    /// <summary>
    /// Told apart by their content: the import's own tests give it bad files, and each such upload is kept with its report.
    /// </summary>
    private static readonly string[] WithAnyFile = ["ImportPlanning"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Changing() =>
        [
            .. HttpFunctions.All
                .Where(f => f.Trigger.Methods!.Any(m => m is "post" or "put" or "patch")
                    && !AccessRule.Of(f.Name, f.Method).IsPage && !NamesWhatIsNotThere(f.Trigger))
                .Select(f => f.Name)
                .Except([.. WithoutBody, .. WithAnyFile]),
        ];

    [Fact]
    public void Functions_named_here_exist() =>
        WithoutBody.Concat(WithFile).Concat(WithAnyFile).Except(HttpFunctions.All.Select(f => f.Name)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Changing))]
    public async Task It_refuses_every_bad_body_with_a_problem_and_changes_nothing(string name)
    {
        var before = await StateAsync();
        foreach (var (what, contentType, body, status) in BadJson)
        {
            if (WithFile.Contains(name) && (contentType is null || status == HttpStatusCode.RequestEntityTooLarge))
            {
                continue;
            }

            using var response = await SendAsync(name, contentType, body);

            var expected = WithFile.Contains(name) ? HttpStatusCode.UnsupportedMediaType : status;
            response.StatusCode.ShouldBe(expected, $"{name} given {what}: {await response.Content.ReadAsStringAsync(Cancellation)}");
            (await AccessHost.CodeAsync(response)).ShouldMatch("^[a-z0-9-]+$");
        }

        var after = await StateAsync();
        after.Except(before).ShouldBeEmpty();
        before.Except(after).ShouldBeEmpty();
    }

    // A placement, a tutor's link, or what a scan or document belongs to, is looked for before the body is read: without one the answer is
    // 404 whatever the body.
    private static bool NamesWhatIsNotThere(HttpTriggerAttribute trigger) =>
        trigger.Route!.Contains("{placement}", StringComparison.Ordinal) || trigger.Route.StartsWith("api/tutor", StringComparison.Ordinal)
        || trigger.Route.EndsWith("{session}/scans", StringComparison.Ordinal)
        || trigger.Route.EndsWith("{absence}/files", StringComparison.Ordinal);

    private async Task<HttpResponseMessage> SendAsync(string name, string? contentType, string body)
    {
        var (_, method, trigger) = HttpFunctions.All.Single(f => f.Name == name);
        var rule = AccessRule.Of(name, method);
        var verb = trigger.Methods!.First(m => m is "post" or "put" or "patch");
        using var request = new HttpRequestMessage(
            new HttpMethod(verb.ToUpperInvariant()), new Uri(callers.Address, HttpFunctions.Path(trigger.Route!)));
        if (contentType is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, contentType);
        }

        if (!rule.IsPublic)
        {
            callers.Here.First(c => (rule.Callers & c.Kind) != Callers.None).Show(request);
        }

        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        return await client.SendAsync(request, Cancellation);
    }

    /// <summary>Every row of every table with its ETag, but for counters of failed attempts and the host's own.</summary>
    private async Task<IReadOnlyList<string>> StateAsync()
    {
        var service = new TableServiceClient(AzuriteFixture.ConnectionString);
        var rows = new List<string>();
        var tables = service.QueryAsync(
            t => t.Name.CompareTo(callers.Prefix) >= 0 && t.Name.CompareTo(callers.Prefix + "~") < 0, cancellationToken: Cancellation);
        await foreach (var table in tables)
        {
            var name = table.Name[callers.Prefix.Length..];
            if (name is "Tries" or "LocalHost" or "EmargementHistory" or "EmargementInstances")
            {
                continue;
            }

            await foreach (var row in service.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: Cancellation))
            {
                // When a key was used last is noted whatever was asked with it.
                rows.Add($"{table.Name} {row.PartitionKey} {row.RowKey} {(name == "ApiKeys" ? "" : row.ETag)}");
            }
        }

        return rows;
    }
}
