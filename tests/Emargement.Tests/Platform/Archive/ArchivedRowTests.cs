using Azure.Data.Tables;
using Emargement.Functions.Archive;

namespace Emargement.Tests.Platform.Archive;

public sealed class ArchivedRowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_type_of_the_table_service_comes_back_as_it_was()
    {
        var table = new TableClient(AzuriteFixture.ConnectionString, AzuriteFixture.NewPrefix());
        await table.CreateAsync(Cancellation);
        var row = new TableEntity("garonne|2026-11", "l'été~ 1")
        {
            ["Text"] = "«\u00A0Zoë\u00A0» \n\t\"\\ 😀",
            ["Empty"] = "",
            ["Int"] = -7,
            ["Long"] = 9_007_199_254_740_993,
            ["SmallLong"] = 3L,
            ["Double"] = 0.1,
            ["WholeDouble"] = 2.0,
            ["True"] = true,
            ["At"] = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero).AddTicks(1_234_567),
            ["Id"] = Guid.Parse("6f1f9c1e-0b0d-4f0e-9d5e-2f2f0a1b2c3d"),
            ["Bytes"] = new byte[] { 0, 1, 254, 255 },
        };
        await table.AddEntityAsync(row, Cancellation);
        var stored = (await table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: Cancellation)).Value;

        var read = ArchivedRow.Read(ArchivedRow.Write(stored));
        await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Cancellation);
        await table.AddEntityAsync(read, Cancellation);
        var again = (await table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: Cancellation)).Value;

        ArchivedRow.Write(again).ShouldBe(ArchivedRow.Write(stored));
        foreach (var (name, value) in stored.Where(p => p.Key is not ("odata.etag" or "Timestamp")))
        {
            again[name].ShouldBe(value, name);
            again[name].ShouldBeOfType(value.GetType(), name);
        }
    }
}
