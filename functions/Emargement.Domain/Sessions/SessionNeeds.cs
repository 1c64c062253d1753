namespace Emargement.Domain.Sessions;

/// <summary>What a manager looks at first in a day.</summary>
public static class SessionNeeds
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    /// <returns><c>not-opened</c> or <c>unsigned</c> (fewer than half) a quarter of an hour after the start, <c>not-closed</c> once nobody can sign any more; null when all is well.</returns>
    public static string? Of(SessionState state, DateTimeOffset start, DateTimeOffset windowEnds, int signed, int expected, DateTimeOffset now) => state switch
    {
        SessionState.Open when now > windowEnds => "not-closed",
        SessionState.Open when now > start + Grace && signed * 2 < expected => "unsigned",
        SessionState.Planned when now > start + Grace => "not-opened",
        _ => null,
    };
}
