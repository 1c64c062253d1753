namespace Emargement.Domain.Planning.Import;

/// <summary>Counts of one kind. Read and rejected count rows; the others count trainings, trainers, learners, or Sessions.</summary>
public record ImportCounts
{
    public int Read { get; init; }

    public int Created { get; init; }

    public int Updated { get; init; }

    public int Unchanged { get; init; }

    public int Cancelled { get; init; }

    public int Rejected { get; init; }

    private protected TCounts Add<TCounts>(TCounts other)
        where TCounts : ImportCounts => other with
        {
            Read = Read + other.Read,
            Created = Created + other.Created,
            Updated = Updated + other.Updated,
            Unchanged = Unchanged + other.Unchanged,
            Cancelled = Cancelled + other.Cancelled,
            Rejected = Rejected + other.Rejected,
        };

    public ImportCounts Plus(ImportCounts other) => Add(other);
}

/// <summary>Counts of learners; the last two count those in the file.</summary>
public sealed record LearnerCounts : ImportCounts
{
    public int WithoutEmail { get; init; }

    public int FundedByRegion { get; init; }

    public LearnerCounts Plus(LearnerCounts other) =>
        Add(other) with { WithoutEmail = WithoutEmail + other.WithoutEmail, FundedByRegion = FundedByRegion + other.FundedByRegion };
}

/// <summary>References of the Sessions' rows that changed, each list in the order of the file and cut at <see cref="MaxRefs"/>; the
/// counts are whole.</summary>
public sealed record PlanningChanges(IReadOnlyList<string> Created, IReadOnlyList<string> Updated, IReadOnlyList<string> Cancelled)
{
    public const int MaxRefs = 1_000;

    public static PlanningChanges None { get; } = new([], [], []);

    public PlanningChanges Plus(PlanningChanges other) => new(
        [.. Created.Concat(other.Created).Take(MaxRefs)],
        [.. Updated.Concat(other.Updated).Take(MaxRefs)],
        [.. Cancelled.Concat(other.Cancelled).Take(MaxRefs)]);
}

/// <summary>A file as it was read.</summary>
/// <param name="Kind">Which of the four it is.</param>
/// <param name="Encoding"><c>utf-8</c> or <c>windows-1252</c>.</param>
/// <param name="Separator">The separator found in its heading.</param>
public sealed record ImportedFile(string Name, ImportKind Kind, string Encoding, string Separator);

/// <summary>A file that was refused whole, and why; an empty name stands for all the files of an upload.</summary>
public sealed record RefusedFile(string File, string Code, string Text);

/// <summary>What an import did, or with a dry run would do.</summary>
public sealed record ImportReport
{
    /// <summary>Names the run, to read this report again; null for a dry run, of which nothing is kept.</summary>
    public string? Run { get; init; }

    /// <summary>When the import ended, UTC.</summary>
    public DateTimeOffset? At { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Files of which nothing was imported.</summary>
    public IReadOnlyList<RefusedFile> Refused { get; init; } = [];

    public IReadOnlyList<ImportedFile> Files { get; init; } = [];

    public ImportCounts Actions { get; init; } = new();

    public ImportCounts Trainers { get; init; } = new();

    public LearnerCounts Learners { get; init; } = new();

    public ImportCounts Planning { get; init; } = new();

    /// <summary>Placements in companies that the files ask for, and what became of them.</summary>
    public ImportCounts Placements { get; init; } = new();

    public PlanningChanges Changes { get; init; } = PlanningChanges.None;

    /// <summary>What a person changed otherwise than the file says, both versions; at most <see cref="SlotConflict.Most"/>.</summary>
    public IReadOnlyList<SlotConflict> Conflicts { get; init; } = [];

    /// <summary>In the order of files and lines, at most <see cref="ImportJournal.MaxLines"/>.</summary>
    public IReadOnlyList<ImportLine> Lines { get; init; } = [];

    /// <summary>Lines beyond that many.</summary>
    public int LinesLeftOut { get; init; }

    /// <summary>The report of two sets of files imported one after the other.</summary>
    public ImportReport Plus(ImportReport next) => new()
    {
        DryRun = DryRun,
        Refused = [.. Refused, .. next.Refused],
        Files = [.. Files, .. next.Files],
        Actions = Actions.Plus(next.Actions),
        Trainers = Trainers.Plus(next.Trainers),
        Learners = Learners.Plus(next.Learners),
        Planning = Planning.Plus(next.Planning),
        Placements = Placements.Plus(next.Placements),
        Changes = Changes.Plus(next.Changes),
        Conflicts = [.. Conflicts.Concat(next.Conflicts).DistinctBy(c => c.Session).Take(SlotConflict.Most)],
        Lines = [.. Lines, .. next.Lines],
        LinesLeftOut = LinesLeftOut + next.LinesLeftOut,
    };
}
