using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;
using Emargement.Web.Platform;

namespace Emargement.Web.Sessions.Paper;

/// <summary>A group's week on paper: to print, to scan, to enter.</summary>
public sealed record PaperModel
{
    public required OrganisationId Organisation { get; init; }

    /// <summary>Of this page, without a query.</summary>
    public required string Address { get; init; }

    /// <summary>The pages of the week before and of the week after.</summary>
    public required string Before { get; init; }

    public required string After { get; init; }

    public required Reference Training { get; init; }

    public required string Title { get; init; }

    public required string Group { get; init; }

    public required DateOnly Monday { get; init; }

    /// <summary>Of the blank sheets, without a query.</summary>
    public required string Print { get; init; }

    /// <summary>The week as its blank sheets are asked for.</summary>
    public required string Week { get; init; }

    /// <summary>The days of the week that have a half-day.</summary>
    public IReadOnlyList<DateOnly> Days { get; init; } = [];

    /// <summary>The only day that is shown; null for all.</summary>
    public DateOnly? Day { get; init; }

    public IReadOnlyList<PaperColumnModel> HalfDays { get; init; } = [];

    public IReadOnlyList<PaperLineModel> People { get; init; } = [];

    /// <summary>The scan from which presences are entered; null until one was sent.</summary>
    public string? Scan { get; init; }

    /// <summary>Where the scan is shown.</summary>
    public string? ScanHref { get; init; }

    /// <summary>Whether it is a picture, shown beside.</summary>
    public bool ScanIsPicture { get; init; }

    /// <summary>Half-days recorded just now.</summary>
    public int? Saved { get; init; }

    public ReturnedForm? Returned { get; init; }

    /// <summary>Why some half-days were refused, by half-day.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    public bool Waits => HalfDays.Any(h => h.State == PaperState.Waits);

    /// <summary>Whether what waits is a rescue, whose reason is asked for.</summary>
    public bool NeedsReason => HalfDays.Any(h => h is { State: PaperState.Waits, Mode: SigningMode.Electronic });

    /// <summary>This page with the scan that it shows, and one day or all.</summary>
    public string Shown(DateOnly? day, string more = "")
    {
        var asked = new[] { Scan is null ? null : $"scan={Scan}", day is { } only ? $"d={only:yyyy-MM-dd}" : null };
        var query = string.Join('&', asked.OfType<string>());
        return $"{Address}{more}{(query.Length > 0 ? "?" + query : "")}";
    }
}

/// <summary>What may be done with a half-day's sheet.</summary>
public enum PaperState
{
    /// <summary>It has begun and waits to be entered.</summary>
    Waits,
    ToCome,
    Closed,

    /// <summary>Somebody signed electronically: no sheet is entered beside.</summary>
    Signed,
}

public sealed record PaperColumnModel(
    SessionId Session, DateTimeOffset Start, DateTimeOffset End, SigningMode Mode, PaperState State, string? Trainer);

/// <param name="Key">Of the learner, in names of fields.</param>
/// <param name="Expected">By half-day, as shown.</param>
public sealed record PaperLineModel(string Key, string Name, IReadOnlyList<bool> Expected);
