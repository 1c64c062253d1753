using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Placements.Tutors;

/// <summary>Asks for the tutor's mail again, for the section that is theirs now or was last.</summary>
public sealed class MailTutorAgain(PlacementFiles files, TimeProvider time)
{
    /// <param name="tutor">The tutor's key.</param>
    /// <param name="notBefore">When the tutor is away: the day from which to send.</param>
    public async Task<Result<PlacementFile>> RunAsync(
        Route<PlacementId> route, string tutor, DateOnly? notBefore, string by, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return await files.AddAsync(
            await files.ReadAsync(route, cancellation),
            file =>
            {
                var sections = file.Calendar.Periods().SelectMany(file.Calendar.Sections).Where(s => s.Tutor.Key == tutor).ToList();
                return (sections.LastOrDefault(s => s.First <= file.Clock.DateAt(now)) ?? sections.FirstOrDefault()) is { } section
                    ? OfficeStatements.AskLink(file.State, section, notBefore, by, now)
                    : Refusal.NotFound("tutor-unknown");
            },
            cancellation);
    }
}
