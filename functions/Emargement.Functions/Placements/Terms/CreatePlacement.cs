using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.People;

namespace Emargement.Functions.Placements.Terms;

/// <summary>Creates a placement for an enrolment that exists.</summary>
public sealed class CreatePlacement(
    BeginPlacement begin, OrganisationSettings organisations, EnrolmentsTable enrolments, TimeProvider time)
{
    /// <summary>Creating it again, from the same learner, training, group, company and first day, gives the first one.</summary>
    /// <param name="address">The public address of the call, for the links of later mails.</param>
    public async Task<Result<PlacementFile>> RunAsync(
        OrganisationId organisation, CreatePlacementRequest request, string by, string? address, CancellationToken cancellation)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        var terms = request.ToTerms(settings.Value.PlacementsMonthly ? ValidationRhythm.Monthly : ValidationRhythm.AtEnd);
        if (terms.Check() is { } wrong)
        {
            return wrong;
        }

        var group = PlainText.Of(request.Group);
        if (await enrolments.FindAsync(organisation, request.Training, group, request.Learner, cancellation) is null)
        {
            return Refusal.NotFound("enrolment-unknown");
        }

        var planned = new Planned
        {
            At = time.GetUtcNow(),
            By = by,
            Version = 0,
            Organisation = organisation,
            Learner = request.Learner,
            Training = request.Training,
            Group = group,
            Terms = terms,
        };
        return await begin.RunAsync(planned, address, cancellation);
    }
}
