namespace Emargement.Domain.Placements;

/// <summary>What a mail asks for or tells.</summary>
public enum MailPurpose
{
    /// <summary>To the learner: declare the week.</summary>
    DeclareWeek,

    /// <summary>To the learner: the tutor disagrees with a day.</summary>
    AnswerDisagreement,

    /// <summary>To the tutor: validate the hours.</summary>
    ValidateHours,

    /// <summary>To the managers: the tutor has not answered, or has no address.</summary>
    TutorSilent,

    /// <summary>To the managers: the learner has not declared, or has not answered a disagreement.</summary>
    LearnerSilent,
}
