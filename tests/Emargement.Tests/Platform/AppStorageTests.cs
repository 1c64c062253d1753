using Emargement.Functions.Platform.Storage;
using Emargement.Tests.Planning;
using Microsoft.Extensions.Options;

namespace Emargement.Tests.Platform;

public sealed class AppStorageTests
{
    [Fact]
    public async Task A_table_or_container_that_could_not_be_made_is_made_by_the_next_call()
    {
        var line = new ImportDriver.CallCounter();
        var storage = new AppStorage(
            Options.Create(
                new StorageOptions { ConnectionString = AzuriteFixture.ConnectionString, Prefix = AzuriteFixture.NewPrefix() }), [line]);
        line.Reset(cutAfter: 0);
        await Should.ThrowAsync<IOException>(() => storage.TableAsync("Things"));
        await Should.ThrowAsync<IOException>(() => storage.ContainerAsync("things"));

        line.Reset();

        (await storage.TableAsync("Things")).Name.ShouldEndWith("Things");
        (await storage.ContainerAsync("things")).Name.ShouldEndWith("things");
        line.Count.ShouldBe(2);
        await storage.TableAsync("Things");
        line.Count.ShouldBe(2, "what was made is remembered");
    }
}
