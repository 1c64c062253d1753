using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Placements.Weeks;

/// <summary>Declares or corrects days of a week, signed by the learner, on their own device or on the organisation's.</summary>
public sealed class DeclareWeek(PlacementFiles files, TimeProvider time)
{
    /// <param name="network">Where the call comes from, as <c>ClientNetwork</c> says it.</param>
    public async Task<Result<PlacementFile>> RunAsync(
        PlacementWeek at, DeclareRequest request, Caller caller, string network, CancellationToken cancellation)
    {
        var mark = SignatureMark.Parse(request.Drawing, request.TypedName, wanted: true);
        if (!mark.IsOk)
        {
            return mark.Refusal;
        }

        var days = request.Days.Select(d => d.ToDeclaration()).ToList();
        if (days.Select(d => d.Refusal).FirstOrDefault(r => r is not null) is { } wrong)
        {
            return wrong;
        }

        var (declared, now) = (days.Select(d => d.Value!).ToList(), time.GetUtcNow());
        var signature = new FactSignature(mark.Value.Drawing?.Sha256, mark.Value.TypedName, network);
        return await files.AddAsync(
            await files.OpenWeekAsync(at.Placement, at.Week, caller, cancellation),
            file => LearnerStatements.Declare(
                file.State, file.Calendar, at.Week, declared, signature, caller.Id, file.Clock.DateAt(now), now),
            cancellation,
            mark.Value.Drawing?.Path);
    }
}
