using Emargement.Domain.Sealing;

namespace Emargement.Domain.Sheets;

/// <summary>
/// All that a sheet of one session prints, and nothing else: what the courts look for on an attendance sheet (dates and hours, module or
/// title, place, trainer's name and signature, each trainee's signature per half-day: CAA Nantes 20 April and 1 June 2021, CAA Paris 19
/// January 2017), and what lets anyone check it.
/// Instants are already in the site's local time.
/// </summary>
public sealed record SheetContent
{
    public required SheetOrganisation Organisation { get; init; }

    public required SheetTraining Training { get; init; }

    public required SheetSession Session { get; init; }

    /// <summary>In the order in which they are printed.</summary>
    public required IReadOnlyList<SheetLine> Lines { get; init; }

    public required SheetTrainer Trainer { get; init; }

    /// <summary>How many people the trainer counted in the room when closing; null when nobody counted.</summary>
    public int? HeadCount { get; init; }

    public IReadOnlyList<SheetCorrection> Corrections { get; init; } = [];

    /// <summary>What it was recorded from, in a sentence, when it was signed on paper; null otherwise.</summary>
    public string? Paper { get; init; }

    /// <summary>What it is called.</summary>
    public string Title => Paper is null ? "Feuille d'émargement" : "Relevé d'une feuille papier";

    public required SheetProof Proof { get; init; }
}

/// <param name="RegionNumber">The Région's number of the training; null when no Région pays.</param>
/// <param name="OrderNumber">Bon de commande; null when there is none.</param>
public sealed record SheetTraining(string Title, string? RegionNumber, string? OrderNumber, string Group);

/// <param name="HalfDay">matin, après-midi or soir.</param>
/// <param name="Modality">en centre, à distance or en entreprise.</param>
/// <param name="PlannedMinutes">Minutes to be signed: breaks are already taken off.</param>
/// <param name="TimeZone">The IANA name of the zone in which every time of the sheet is written.</param>
public sealed record SheetSession(
    string Reference,
    DateOnly Date,
    string HalfDay,
    TimeOnly Start,
    TimeOnly End,
    int PlannedMinutes,
    string? Module,
    string? Site,
    string? Room,
    string Modality,
    string TimeZone);

public enum SheetPresence
{
    Present,
    AbsentJustified,
    AbsentUnjustified,
}

/// <summary>One learner. Someone present may have come late and left early.</summary>
/// <param name="Reason">Why absent, late or gone early, in the trainer's words.</param>
public sealed record SheetLine(
    string Name, SheetPresence Presence, int LateMinutes, int LeftEarlyMinutes, string? Reason, SheetSignature? Signature)
{
    /// <summary>Whether a paper sheet, read by a person, bears the signature.</summary>
    public bool OnPaper { get; init; }

    public bool IsSigned => Signature is not null || OnPaper;
}

/// <param name="Name">Who taught, as planned.</param>
/// <param name="Signature">Null when nobody signed the closing: the sheet then says so.</param>
/// <param name="SignedBy">Who closed and signed, when it was somebody else; null otherwise.</param>
/// <param name="Countersigned">Which planned trainer signed it afterwards, and when; null mostly.</param>
public sealed record SheetTrainer(string Name, SheetSignature? Signature, string? SignedBy, string? Countersigned = null)
{
    /// <summary>Whether the trainer signed the paper sheet.</summary>
    public bool SignedOnPaper { get; init; }
}

/// <summary>What a person changed after the closing: the first statement stays in the evidence.</summary>
public sealed record SheetCorrection(DateTimeOffset At, string Author, string Learner, string Change, string Reason);
