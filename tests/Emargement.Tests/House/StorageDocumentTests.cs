using System.Reflection;
using System.Text.RegularExpressions;
using Emargement.Domain.Region;
using Emargement.Functions;
using Emargement.Functions.Archive;

namespace Emargement.Tests.House;

/// <summary>docs/storage.md speaks of every table and of every anomaly code.</summary>
public sealed partial class StorageDocumentTests
{
    /// <summary>Tables that an organisation does not leave with, and why.</summary>
    private static readonly IReadOnlyDictionary<string, string> OfNoOrganisation = new Dictionary<string, string>
    {
        ["Pulses"] = "says of the service's own timers when their work last ended",
        ["Regions"] = "says of a Région, which is no organisation, how its officers find it",
        ["Names"] = "follows from the accounts: it is written anew where they arrive",
        ["ImportLeases"] = "says which import of an organisation runs at this moment",
        ["GroupMonths"] = "is made again from the rows of its month",
        ["LearnerMonths"] = "is made again from the rows of its month",
        ["RegionAmendments"] = "is made again from the amendments of months",
        ["RegionMonths"] = "is made again from the versions and the life of its month",
        ["Reminders"] = "says what managers were told of last: where it is not, they are told once more",
        ["Pending"] = "is made again from the rows of its month",
        ["MonthMarks"] = "says which months are to be made again",
        ["WebhookDeliveries"] = "says what was sent in the last thirty days from this storage",
        ["Arrivals"] = "says of an organisation that it has just been imported into this storage",
    };

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
    public void Every_table_in_the_document_is_exported_with_its_organisation_or_is_nobody_s()
    {
        var tables = FirstCells().Matches(Document).SelectMany(
            row => Name().Matches(row.Groups[1].Value)).Select(name => name.Groups[1].Value).Distinct().ToList();

        tables.Count.ShouldBeGreaterThan(20);
        OrganisationRows.All.Select(t => t.Name).Concat(OfNoOrganisation.Keys).ShouldBe(tables, ignoreOrder: true);
    }

    [Fact]
    public void Every_container_in_the_document_is_exported_or_is_the_platform_s()
    {
        var containers = Containers().Matches(
            Document[Document.IndexOf("## Blobs", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value);

        // The key ring and a development certificate are the service's; mails of a machine without a provider have been sent; documents of
        // absences are kept short.
        OrganisationBlobs.Containers.Concat(["platform", "mailbox", "justifications"]).ShouldBe(containers, ignoreOrder: true);
    }

    [Fact]
    public void Every_anomaly_code_is_in_the_document() =>
        Anomaly.All.Where(a => !Document.Contains($"`{a.Code}`", StringComparison.Ordinal)).ShouldBeEmpty();

    /// <summary>The table's name in the storage, as its class holds it.</summary>
    private static string? NameOf(Type table) =>
        table.GetField("Name", BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string;

    [GeneratedRegex(@"^\| ((?:`[A-Z]\w+` \([^)]+\),? ?)+)[^|]*\|", RegexOptions.Multiline)]
    private static partial Regex FirstCells();

    [GeneratedRegex("`([A-Z][A-Za-z]+)` ")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| `([a-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Containers();
}
