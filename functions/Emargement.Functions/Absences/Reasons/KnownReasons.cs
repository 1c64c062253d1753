using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Absences.Reasons;

/// <summary>
/// The reasons of organisations, kept for half a minute in this process: two ranges, the organisation's and its Région's.
/// </summary>
public sealed class KnownReasons(ReasonsTable table, EnrolmentsTable enrolments, TimeProvider time)
{
    private readonly ShortMemory<OrganisationId, IReadOnlyList<AbsenceReason>> _known = new(time);

    public async Task<ReasonList> OfAsync(Organisation organisation, CancellationToken cancellation)
    {
        var region = RegionCode.TryParse(organisation.Region, out var code)
            ? await LatelyAsync(OrganisationId.OfRegion(code), cancellation)
            : [];
        return new ReasonList(await LatelyAsync(organisation.Id, cancellation), region);
    }

    /// <summary>What is proposed for a learner: by who pays for the first of some days on which the learner is enrolled.</summary>
    public async Task<IReadOnlyList<AbsenceReason>> ForAsync(
        Organisation organisation, Reference learner, DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        var enrolled = await enrolments.OfLearnerAsync(organisation.Id, learner, cancellation);
        var period = enrolled.SelectMany(e => e.Periods)
            .Where(p => p.Entry <= last && (p.Exit is null || p.Exit >= first))
            .MinBy(p => p.Entry);
        return (await OfAsync(organisation, cancellation)).For(period?.Funder);
    }

    internal void Forget(OrganisationId holder) => _known.Forget(holder);

    private async Task<IReadOnlyList<AbsenceReason>> LatelyAsync(OrganisationId holder, CancellationToken cancellation) =>
        (await _known.ReadAsync(holder, async token => [.. (await table.ListAsync(holder, token)).Select(r => r.Value)], cancellation))!;
}
