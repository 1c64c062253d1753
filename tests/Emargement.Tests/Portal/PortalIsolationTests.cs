using System.Reflection;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Emargement.Functions;
using Emargement.Functions.Platform.Storage;
using Emargement.Tests.Platform;
using static Emargement.Tests.Portal.PortalScene;

namespace Emargement.Tests.Portal;

/// <summary>Of a learner whom the Région does not pay, it holds and is answered no byte.</summary>
public sealed class PortalIsolationTests
{
    /// <summary>All that a call to the portal may reach: what was filtered when it was written, and where a month stands.</summary>
    private static readonly string[] Reachable =
        ["ExportsTable", "MonthsTable", "OrganisationsTable", "RegionAmendmentsTable", "RegionMonthsTable", "RegionsTable"];

    private static readonly string[] Namespaces =
    [
        "Emargement.Functions.Portal", "Emargement.Functions.Portal.Amendments", "Emargement.Functions.Portal.Usage",
        "Emargement.Functions.Pages.Portal",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_row_blob_or_answer_holds_a_learner_of_another_funder()
    {
        await using var scene = await PortalScene.StartAsync();
        await scene.ExportAsync();
        await scene.SendAsync();

        var held = await RowsAsync(scene.Host.Prefix + "RegionMonths").Concat(RowsAsync(scene.Host.Prefix + "Exports"))
            .Concat(BlobsAsync(scene.Host.Prefix + "exports"))
            .ToListAsync(Cancellation);
        held.Add((await GetAsync(scene.Region, Address)).ToJsonString());
        foreach (var path in new[] { "", "/differences?from=1&to=2", "/anomalies", "/groups/A1/G1" })
        {
            held.Add((await GetAsync(scene.Region, Garonne + path)).ToJsonString());
        }

        await scene.Host.CreateOfficerAsync("occitanie", "Vidal", "camille@region.example");
        var officer = await scene.Host.SignedInAsync("region:occitanie", "camille@region.example");
        foreach (var path in new[]
            {
                "", "/76310000001", "/76310000001/A1/G1", "/76310000001/differences?from=1&to=2", "/76310000001/anomalies",
            })
        {
            using var page = await officer.GetAsync("/r/occitanie/months/2026-11" + path, Cancellation);
            page.EnsureSuccessStatusCode();
            held.Add(await page.Content.ReadAsStringAsync(Cancellation));
        }

        held.Add(await officer.GetStringAsync("/r/occitanie/usage/2026-11", Cancellation));
        held.Add(await officer.GetStringAsync("/api/region/occitanie/usage/2026-11.csv", Cancellation));
        held[^1].Split("\r\n")[1].ShouldBe("2026-11;76310000001;REGION;region;1;1;1;0;0;definitif", "the other in the room is not counted");

        held.Count.ShouldBeGreaterThan(17);
        held.ShouldContain(text => text.Contains(";S1;", StringComparison.Ordinal), "the learner whom it pays is there");
        foreach (var text in held)
        {
            text.ShouldNotContain(OtherRef, Case.Insensitive);
            text.ShouldNotContain(OtherName, Case.Insensitive);
        }
    }

    [Fact]
    public void No_class_of_the_portal_reaches_a_table_of_people_sessions_or_facts()
    {
        var seen = new HashSet<Type>();
        var portal = typeof(EmargementApp).Assembly.GetTypes()
            .Where(t => t.IsClass && Namespaces.Contains(t.Namespace)).ToList();
        portal.ForEach(Walk);

        seen.Select(t => t.Name).Where(n => n.EndsWith("Table", StringComparison.Ordinal)).ShouldBe(Reachable, ignoreOrder: true);

        void Walk(Type type)
        {
            if (type.Assembly == typeof(EmargementApp).Assembly && seen.Add(type))
            {
                foreach (var parameter in type.GetConstructors().SelectMany(c => c.GetParameters()))
                {
                    Walk(parameter.ParameterType);
                }
            }
        }
    }

    private static async IAsyncEnumerable<string> RowsAsync(string table)
    {
        var client = new TableClient(AzuriteFixture.ConnectionString, table);
        await foreach (var row in client.QueryAsync<TableEntity>(cancellationToken: Cancellation))
        {
            foreach (var (name, value) in row)
            {
                yield return $"{name}={(value is byte[] bytes ? DeflatedText.Read(bytes) : value)}";
            }
        }
    }

    private static async IAsyncEnumerable<string> BlobsAsync(string container)
    {
        var client = new BlobContainerClient(AzuriteFixture.ConnectionString, container);
        await foreach (var blob in client.GetBlobsAsync(cancellationToken: Cancellation))
        {
            var content = await client.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation);
            yield return blob.Name + Encoding.UTF8.GetString(content.Value.Content);
        }
    }
}
