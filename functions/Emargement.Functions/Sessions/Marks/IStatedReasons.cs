using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Functions.Sessions.Marks;

/// <summary>What a fact says of a reason that was named by its code.</summary>
/// <param name="Words">In place of words of one's own; null where no reason was named.</param>
/// <param name="Code">Null for a reason of health, as the funder's.</param>
/// <param name="Counts">Whether minutes absent count as presence elsewhere.</param>
public sealed record StatedReason(string? Words, string? Code, string? FunderCode, bool Counts)
{
    public static StatedReason None { get; } = new(null, null, null, Counts: false);
}

/// <summary>What marks and corrections ask the list of reasons.</summary>
public interface IStatedReasons
{
    /// <param name="code">Null where none is named.</param>
    /// <returns>The reason, or <c>reason-code-unknown</c> when it is not proposed for this learner or says otherwise than the mark,
    /// <c>document-missing</c>.</returns>
    Task<Result<StatedReason>> FindAsync(
        Organisation organisation, SessionId session, Reference learner, AttendanceMark mark, string? code, bool documentSeen,
        CancellationToken cancellation);
}
