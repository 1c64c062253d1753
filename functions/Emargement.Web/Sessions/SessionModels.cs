using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Sessions.Hand;

namespace Emargement.Web.Sessions;

/// <summary>The sessions of one day, earliest first.</summary>
public sealed record TodayModel
{
    public required OrganisationId Organisation { get; init; }

    public required DateOnly Date { get; init; }

    public required DateOnly Today { get; init; }

    public required IReadOnlyList<SessionRowModel> Sessions { get; init; }

    /// <summary>A manager sees everyone's sessions, with their trainers.</summary>
    public bool Everyone { get; init; }

    /// <summary>Placements in companies in which somebody has something to do; 0 for a trainer, who only reads them.</summary>
    public int PlacementsWaiting { get; init; }

    /// <summary>What waits for a person; for managers.</summary>
    public int ToSettle { get; init; }

    /// <summary>What a manager should know of the night's import; null when all went well.</summary>
    public NightNotice? Night { get; init; }

    /// <summary>Which sessions are shown, one of <see cref="Filters"/>.</summary>
    public string Show { get; init; } = Filters[0];

    /// <summary>The group whose sessions are shown; null for all.</summary>
    public string? Group { get; init; }

    public static IReadOnlyList<string> Filters { get; } = ["all", "to-open", "open", "to-close"];

    /// <summary>The same day, with only some of it shown.</summary>
    public TodayModel Filtered(string? show, string? group) => this with
    {
        Show = Filters.FirstOrDefault(f => f == show) ?? Filters[0],
        Group = Groups.FirstOrDefault(g => g == group),
    };

    /// <summary>Groups of the day.</summary>
    public IEnumerable<string> Groups => Sessions.Select(s => s.Group).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The sessions that are shown.</summary>
    public IEnumerable<SessionRowModel> Shown => Sessions.Where(s => Show switch
    {
        "to-open" => s.State == SessionState.Planned,
        "open" => s.State == SessionState.Open,
        "to-close" => s.NeedsHand == SessionNeed.NotClosed,
        _ => true,
    } && (Group is null || s.Group == Group));
}

/// <param name="Rejected">Rows that it refused; null when it did not run.</param>
/// <param name="DueAt">Local hour of the import.</param>
/// <param name="Run">Its name in addresses.</param>
public sealed record NightNotice(int? Rejected, TimeOnly DueAt, string Run);

/// <param name="NeedsHand">Why a person should look at it first; null when all is well.</param>
public sealed record SessionRowModel(
    SessionId Id, string Training, string Group, string? Room, string? Trainer, DateTimeOffset Start, DateTimeOffset End,
    SessionState State, int Signed, int Expected, SessionNeed? NeedsHand = null)
{
    /// <summary>Another trainer than the planned one.</summary>
    public bool Replaced { get; init; }

    /// <summary>A paper sheet proves somebody's presence.</summary>
    public bool OnPaper { get; init; }

    /// <summary>No file plans it.</summary>
    public bool Manual { get; init; }
}

/// <summary>One session on its trainer's page.</summary>
public sealed record SessionModel
{
    public required OrganisationId Organisation { get; init; }

    public required SessionId Id { get; init; }

    public required string Training { get; init; }

    public required string Group { get; init; }

    public string? Module { get; init; }

    /// <summary>Site and room in one line.</summary>
    public string? Place { get; init; }

    public string? Trainer { get; init; }

    /// <summary>Where the trainer's access is looked after; null for a reader who does not.</summary>
    public string? TrainerAccount { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public required SessionState State { get; init; }

    public required IReadOnlyList<PersonModel> People { get; init; }

    /// <summary>Methods that the learners may use here.</summary>
    public required IReadOnlyList<SigningMethod> Methods { get; init; }

    /// <summary>When the session can be opened, if not yet.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>What the projection derives its codes from; null unless open.</summary>
    public ProjectionModel? Projection { get; init; }

    public ClosingModel? Closing { get; init; }

    /// <summary>What people changed of its planning, oldest first.</summary>
    public IReadOnlyList<ActModel> Acts { get; init; } = [];

    /// <summary>Number of the last change of its planning: a page that shows another is old.</summary>
    public int LastEdit { get; init; }

    /// <summary>Whether the reader may change its planning.</summary>
    public bool MayEdit { get; init; }

    /// <summary>Whether the reader, its planned trainer, has not signed what somebody else closed.</summary>
    public bool MayCountersign { get; init; }

    /// <summary>Names of people in the room whom nobody enrolled, until a manager has dealt with them.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>Where a person moved it.</summary>
    public SessionId? MovedTo { get; init; }

    /// <summary>The sheet to sign by hand and where it is entered; null once the half-day is closed or cancelled.</summary>
    public PaperLinksModel? Paper { get; init; }

    public int SignedCount => People.Count(p => p.SignedAt is not null);
}

/// <param name="Print">The sheet to print.</param>
/// <param name="Enter">Where the signed sheet is recorded; null for a reader who may not.</param>
/// <param name="Wanted">Whether the group signs on paper that month.</param>
public sealed record PaperLinksModel(string Print, string? Enter, bool Wanted);

/// <param name="Learner">The learner's reference, as in requests.</param>
/// <param name="Minutes">Late or left early.</param>
public sealed record PersonModel(
    string Learner, string Name, AttendanceStatus Status, DateTimeOffset? SignedAt = null, int Minutes = 0, SigningMethod? Method = null,
    string? Reason = null, bool HasEmail = true)
{
    /// <summary>Where their access is looked after; null for a reader who does not.</summary>
    public string? Account { get; init; }

    /// <summary>Where else they are expected at the same time.</summary>
    public OtherSessionModel? Elsewhere { get; init; }
}

/// <summary>A session at the same time.</summary>
public sealed record OtherSessionModel(string Training, string Group, DateTimeOffset Start, DateTimeOffset End);

/// <param name="Key">The session's key, base64url.</param>
/// <param name="QrPrefix">Address before the rotating part: <c>https://host/s/{org}/{session}/</c>.</param>
/// <param name="ServerTime">The server's clock when it answered; the page corrects its own by it.</param>
public sealed record ProjectionModel(string Key, string QrPrefix, DateTimeOffset ServerTime);

/// <param name="SheetUrl">The sealed PDF; null until it is sealed.</param>
public sealed record ClosingModel(DateTimeOffset At, int HeadCount, int Signed, int Expected, string? SheetUrl, string? VerifyUrl)
{
    /// <summary>Every version of the sheet, the latest first; none until it is sealed.</summary>
    public IReadOnlyList<SheetVersionModel> Versions { get; init; } = [];
}

/// <param name="Address">Of the session in the API: what follows it says which document.</param>
public sealed record SheetVersionModel(int Version, DateTimeOffset SealedAt, int Signed, int Expected, string Address, string VerifyUrl)
{
    public string Sheet => $"{Address}/sheet?version={Version}";

    public string Evidence => $"{Address}/evidence?version={Version}";
}
