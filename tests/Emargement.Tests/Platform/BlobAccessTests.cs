using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Tests.Platform;

/// <summary>Documents are written once: whoever is first, stays.</summary>
public sealed class BlobAccessTests : IAsyncLifetime
{
    private readonly BlobContainerClient _container = new(AzuriteFixture.ConnectionString, AzuriteFixture.NewPrefix() + "once");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _container.CreateAsync(cancellationToken: Cancellation);

    public async ValueTask DisposeAsync() => await _container.DeleteIfExistsAsync();

    [Fact]
    public async Task Of_ten_writers_at_once_one_stands()
    {
        var blob = _container.GetBlobClient("a.txt");

        var firsts = await Task.WhenAll(Enumerable.Range(0, 10).Select(async writer =>
            (writer, IsFirst: await blob.TryWriteOnceAsync(BinaryData.FromString($"{writer}"), "text/plain", null, Cancellation))));

        var (first, _) = firsts.Where(f => f.IsFirst).ShouldHaveSingleItem();
        (await blob.FindAsync(Cancellation))!.Content.ToString().ShouldBe($"{first}");
    }

    [Fact]
    public async Task A_large_one_is_written_in_pieces_and_never_over_another()
    {
        var blob = _container.GetBlobClient("b.bin");
        var bytes = RandomNumberGenerator.GetBytes(300_000);

        (await WriteAsync(bytes)).ShouldBeTrue();
        (await WriteAsync(new byte[300_000])).ShouldBeFalse();

        var found = (await blob.FindAsync(Cancellation))!;
        found.Content.ToArray().ShouldBe(bytes);
        found.Details.ContentType.ShouldBe("application/pdf");
        found.Details.Metadata["code"].ShouldBe("C1");

        async Task<bool> WriteAsync(byte[] content) => await blob.TryWriteOnceAsync(
            new MemoryStream(content), 64 * 1024, "application/pdf", new Dictionary<string, string> { ["code"] = "C1" }, Cancellation);
    }

    [Fact]
    public async Task One_that_was_never_written_is_null() =>
        (await _container.GetBlobClient("c.txt").FindAsync(Cancellation)).ShouldBeNull();
}
