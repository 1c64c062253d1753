using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Emargement.Tests.Platform;

public sealed class AzuriteFixtureTests
{
    [Fact]
    public async Task Tables_and_blobs_answer()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var prefix = AzuriteFixture.NewPrefix();

        var table = new TableClient(AzuriteFixture.ConnectionString, prefix);
        await table.CreateAsync(cancellation);
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Value"] = 1 }, cancellation);
        var container = new BlobContainerClient(AzuriteFixture.ConnectionString, prefix);
        await container.CreateAsync(cancellationToken: cancellation);
        await container.UploadBlobAsync("b", BinaryData.FromString("x"), cancellation);

        (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: cancellation)).Value.GetInt32("Value").ShouldBe(1);
        (await container.GetBlobClient("b").ExistsAsync(cancellation)).Value.ShouldBeTrue();
    }
}
