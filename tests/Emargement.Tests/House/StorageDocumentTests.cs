using System.Reflection;
using Emargement.Domain.Region;
using Emargement.Functions.Platform;

namespace Emargement.Tests.House;

/// <summary>docs/storage.md speaks of every table and of every anomaly code.</summary>
public sealed class StorageDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "storage.md"));

    [Fact]
    public void Every_table_is_in_the_document()
    {
        var tables = typeof(EmargementApp).Assembly.GetTypes()
            .Where(t => t.IsClass && t.Name.Split('`')[0].EndsWith("Table", StringComparison.Ordinal))
            .ToList();

        tables.ShouldNotBeEmpty();
        tables.Where(t => !Document.Contains(t.Name.Split('`')[0], StringComparison.Ordinal)).ShouldBeEmpty();
        tables.Select(NameOf).Where(n => n is not null && !Document.Contains($"`{n}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_anomaly_code_is_in_the_document() =>
        Anomaly.All.Where(a => !Document.Contains($"`{a.Code}`", StringComparison.Ordinal)).ShouldBeEmpty();

    /// <summary>The table's name in the storage, as its class holds it.</summary>
    private static string? NameOf(Type table) =>
        table.GetField("Name", BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string;
}
