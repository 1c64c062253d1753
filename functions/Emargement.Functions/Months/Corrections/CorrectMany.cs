using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Months.Corrections;

/// <summary>One of several corrections: what it says of a learner in a closed half-day.</summary>
/// <param name="Minutes">Late, or gone early; else null.</param>
/// <param name="Method"><c>paper</c> when a paper sheet proves the presence.</param>
/// <param name="Code">Of a reason of the list.</param>
/// <param name="DocumentSeen">Whether the document that it asks for was seen.</param>
public sealed record CorrectionItem(
    SessionId Session,
    Reference Learner,
    AttendanceMark Mark,
    int? Minutes = null,
    SigningMethod? Method = null,
    string? Code = null,
    bool DocumentSeen = false);

/// <param name="Reason">Why all of them are made; empty only where each has a code.</param>
public sealed record CorrectionsRequest(string? Reason, IReadOnlyList<CorrectionItem> Items);

/// <summary>A correction that was not made.</summary>
/// <param name="Index">Of the item, from 0.</param>
/// <param name="Code">Why, as one correction would be refused.</param>
public sealed record CorrectionRefused(int Index, string Code)
{
    /// <summary>The whole refusal, with the values that its sentence needs.</summary>
    internal Refusal? Why { get; init; }
}

/// <summary>What became of several corrections.</summary>
/// <param name="Run">Names the work that follows: the new versions of the sheets. Null when there is none.</param>
public sealed record CorrectionsMade(string? Run, int Accepted, IReadOnlyList<CorrectionRefused> Refused)
{
    /// <summary>The half-days whose sheets say too little now.</summary>
    internal IReadOnlyList<SessionId> Sessions { get; init; } = [];
}

/// <summary>
/// Makes several corrections for one reason, each by the rules of one. Asked again, it makes none twice: a correction that repeats the
/// latest is the same one.
/// </summary>
public sealed class CorrectMany(CorrectAttendance correct)
{
    /// <summary>Corrections at once at most.</summary>
    public const int Most = 200;

    private const int AtOnce = 8;

    /// <returns>What was made and what refused; or <c>reason-missing</c>, <c>corrections-count</c>.</returns>
    public async Task<Result<CorrectionsMade>> RunAsync(
        OrganisationId organisation, CorrectionsRequest request, Caller caller, CancellationToken cancellation)
    {
        if (Statement.Tidy(request.Reason) is null && request.Items.Any(i => i.Code is null))
        {
            return Refusal.BadInput("reason-missing");
        }

        if (request.Items.Count is 0 or > Most)
        {
            return Refusal.BadInput("corrections-count", ("most", Most.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        var refused = new List<CorrectionRefused>();
        var sessions = new HashSet<SessionId>();
        var bySession = request.Items.Index().GroupBy(i => i.Item.Session);
        await Parallel.ForEachAsync(
            bySession,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (items, token) =>
            {
                foreach (var (index, item) in items)
                {
                    var asked = new CorrectionRequest(
                        item.Learner, item.Mark, request.Reason, item.Minutes, item.Method, item.Code, item.DocumentSeen);
                    var made = await correct.RunAsync(organisation, item.Session, asked, caller, token);
                    lock (refused)
                    {
                        if (made.IsOk)
                        {
                            sessions.Add(item.Session);
                        }
                        else
                        {
                            refused.Add(new CorrectionRefused(index, made.Refusal.Code) { Why = made.Refusal });
                        }
                    }
                }
            });
        return new CorrectionsMade(RunOf(organisation, sessions), request.Items.Count - refused.Count, [.. refused.OrderBy(r => r.Index)])
        {
            Sessions = [.. sessions.Order()],
        };
    }

    // The same half-days give the same run: sent twice, it is one.
    private static string? RunOf(OrganisationId organisation, HashSet<SessionId> sessions) => sessions.Count == 0
        ? null
        : Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{organisation}|{string.Join('|', sessions.Order())}")).AsSpan(0, 12));
}
