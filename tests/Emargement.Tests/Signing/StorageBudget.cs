namespace Emargement.Tests.Signing;

/// <summary>Calls to the storage that each action may make. Tests hold the actions to them, and docs/costs.md counts with them.</summary>
internal static class StorageBudget
{
    public const int Open = 3;

    public const int LiveView = 1;

    /// <summary>Whether somebody has signed: the Session is kept, the code is computed.</summary>
    public const int ShowScan = 1;

    public const int SignWithDrawing = 2;

    public const int SignWithoutDrawing = 1;

    /// <summary>What was told before, the login, the account, and what is told now.</summary>
    public const int SignIn = 4;

    /// <summary>What is wrong counts for the whole network too: its row is read and written.</summary>
    public const int WrongOfNetwork = 2;

    /// <summary>A token under the own name: what was told before, and what is told now with the code taken.</summary>
    public const int UseToken = 2;

    /// <summary>What was told before; the code taken and the try counted; the signature.</summary>
    public const int TokenAct = 3;

    /// <summary>What is told on the path of the class, too.</summary>
    public const int NamelessTokenAct = 4;

    /// <summary>As <see cref="SignIn"/>, the row of the sign-in with a look at the others and at the account as it is then, and the
    /// audit's row.</summary>
    public const int SignInAct = 8;

    public const int ScanAct = 4;

    public const int CodeAct = 5;

    public const int LinkAct = 4;

    public const int TabletAct = 3;

    public const int RemoteAct = 3;

    public const int Close = 6;

    /// <summary>Of the tables: what the sheet is made of, its code and its row, a second look, at the facts alone, and the mark by
    /// which the month is calculated again.</summary>
    public const int SealTables = 11;

    /// <summary>Of the blobs: evidence and PDF.</summary>
    public const int SealBlobs = 2;

    /// <summary>From the trainer's close to the sealed sheet, by the record's own calls: the engine's come on top.</summary>
    public const int CloseAct = Close + SealTables + SealBlobs;

    /// <summary>What is known of the Session and its facts, the correction, and the next version of the sheet.</summary>
    public const int CorrectAct = 5 + SealTables + SealBlobs;

    /// <summary>Of the record's own: the enrolment, the first fact, two rows of the list in one call.</summary>
    public const int CreatePlacement = 3;

    /// <summary>A learner's reminder, by the record's own calls: organisation, facts, learner and the row of the list; the mail queued, the
    /// provider's pace read and written, the mail sent and noted; the row.</summary>
    public const int Reminder = 10;

    /// <summary>
    /// An import that changes nothing, of up to 1,000 half-days in two months: four partitions of people, what the months hold, two months.
    /// </summary>
    public const int ImportReads = 7;

    /// <summary>Rows of one batch of an import.</summary>
    public const int ImportBatch = 100;

    /// <summary>
    /// The export of an organisation's month but for the pages of its facts: a page of each other table, the version's row and six files.
    /// </summary>
    public const int Export = 22;

    /// <summary>
    /// What the Région's portal shows of it: the row there, the versions, the month's life, and the row written; nothing is written that
    /// has not changed.
    /// </summary>
    public const int TellRegion = 4;
}
