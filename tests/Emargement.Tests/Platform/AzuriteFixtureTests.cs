using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Emargement.Functions;
using Emargement.Functions.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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

    [Fact]
    public void What_a_host_of_a_test_is_given_stands_above_the_environment()
    {
        using var app = EmargementApp.CreateBuilder([], new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
            ["Storage:Patience"] = "00:00:07",
        }).Build();

        Environment.GetEnvironmentVariable("Storage__Patience").ShouldBe("00:01:00");
        app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Patience.ShouldBe(TimeSpan.FromSeconds(7));
    }
}
