namespace Emargement.Tests.Signing;

/// <summary>Calls to the storage that each action may make. Tests hold the actions to them, and docs/costs.md counts with them.</summary>
internal static class StorageBudget
{
    public const int Open = 3;

    public const int LiveView = 1;

    public const int ShowScan = 3;

    public const int SignWithDrawing = 2;

    public const int SignWithoutDrawing = 1;

    /// <summary>What was told before, the login, the account, and what is told now.</summary>
    public const int SignIn = 4;

    /// <summary>A token under the own name: what was told before, and what is told now with the code taken.</summary>
    public const int UseToken = 2;

    public const int Close = 5;

    /// <summary>Of the tables: what the sheet is made of, its code and its row, and a second look that finds nothing more to say.</summary>
    public const int SealTables = 16;

    /// <summary>Of the blobs: evidence and PDF.</summary>
    public const int SealBlobs = 2;

    /// <summary>An import that changes nothing, of up to 1,000 half-days: four partitions of people, twelve months.</summary>
    public const int ImportReads = 16;

    /// <summary>Rows of one batch of an import.</summary>
    public const int ImportBatch = 100;

    /// <summary>
    /// The export of an organisation's month but for the pages of its facts: a page of each other table, the version's row and six files.
    /// </summary>
    public const int Export = 18;
}
