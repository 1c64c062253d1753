using Emargement.Domain.Platform;

namespace Emargement.Domain.Privacy;

/// <summary>How far what proves a training is forgotten, in the order in which it goes.</summary>
public enum ForgettingStep
{
    /// <summary>Said, and nothing more: a month is left to hold it.</summary>
    Announced,

    /// <summary>Drawings, typed names and sealed documents are gone.</summary>
    Drawings,

    /// <summary>So are accounts, addresses and telephones of those who are in no other training.</summary>
    Contacts,

    /// <summary>And their names: hours, references and hashes stay.</summary>
    Names,
}

/// <summary>What is to go of a training whose term is over, and how much of it is gone.</summary>
/// <param name="Announced">The local day on which it was first reported.</param>
/// <param name="Through">The last month whose drawings and documents are gone: a run that was cut short goes on after it.</param>
/// <param name="Sessions">Half-days, as reported.</param>
/// <param name="People">Learners who are in no training that is still kept, as reported.</param>
/// <param name="Documents">Sealed documents and their evidence that were deleted.</param>
/// <param name="KeptByStore">Those that the store still refuses to delete; the next run asks again.</param>
public sealed record Forgetting(
    Reference Training,
    DateOnly Announced,
    ForgettingStep Step,
    YearMonth? Through,
    int Sessions,
    int People,
    int Documents = 0,
    int KeptByStore = 0)
{
    /// <summary>Days between the report and the first deletion: the next monthly run is never earlier.</summary>
    public const int NoticeDays = 28;

    public bool IsDue(DateOnly today) => Announced.AddDays(NoticeDays) <= today;

    public bool IsDone => Step == ForgettingStep.Names && KeptByStore == 0;
}
