namespace Emargement.Domain.Sessions;

/// <summary>Why a manager should look at a Session first.</summary>
public enum SessionNeed
{
    /// <summary>It began a quarter of an hour ago, and nobody opened it.</summary>
    NotOpened,

    /// <summary>It began a quarter of an hour ago, and fewer than half have signed.</summary>
    Unsigned,

    /// <summary>Nobody can sign any more, and nobody closed it.</summary>
    NotClosed,

    /// <summary>Its group signs on paper, its time is over, and nobody recorded the sheet.</summary>
    PaperDue,
}

/// <summary>What a manager looks at first in a day.</summary>
public static class SessionNeeds
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    /// <returns>Null when all is well.</returns>
    public static SessionNeed? Of(
        SessionState state, DateTimeOffset start, DateTimeOffset windowEnds, int signed, int expected, DateTimeOffset now,
        bool onPaper = false) => state switch
        {
            SessionState.Planned when onPaper => now > windowEnds ? SessionNeed.PaperDue : null,
            SessionState.Open when now > windowEnds => SessionNeed.NotClosed,
            SessionState.Open when now > start + Grace && signed * 2 < expected => SessionNeed.Unsigned,
            SessionState.Planned when now > start + Grace => SessionNeed.NotOpened,
            _ => null,
        };
}
