using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Placements.Workflow;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements;

/// <summary>Creates, changes and cancels placements; the workflow follows.</summary>
public sealed class PlanPlacement(
    PlacementFiles files, PlacementFactsTable facts, PlacementsTable placements, OrganisationSettings organisations, EnrolmentsTable enrolments, PlacementWaker waker, TimeProvider time)
{
    /// <summary>Creates a placement. Creating it again, from the same learner, training, group, company and first day, gives the first one.</summary>
    /// <param name="address">The public address of the call, for the links of later mails; null for an import at night.</param>
    public async Task<Result<PlacementFile>> CreateAsync(
        OrganisationId organisation, CreatePlacementRequest request, string by, string? address, DurableTaskClient client, CancellationToken cancellation)
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

        if (await enrolments.FindAsync(organisation, request.Training, request.Group, request.Learner, cancellation) is null)
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
            Group = request.Group,
            Terms = terms,
        };
        return await BeginAsync(planned, address, client, cancellation);
    }

    /// <summary>Makes a placement of its first fact, with its line and its workflow. After a call cut short anywhere, a repeat completes what is missing.</summary>
    public async Task<Result<PlacementFile>> BeginAsync(Planned planned, string? address, DurableTaskClient client, CancellationToken cancellation)
    {
        var organisation = planned.Organisation;
        var id = PlacementId.Of(organisation, planned.Learner, planned.Training, planned.Group, planned.Terms.Company, planned.Terms.FirstDay);
        await facts.TryInsertAsync(organisation, id, [new NewPlacementFact(planned)], cancellation);
        var file = await files.ReadAsync(organisation, id, cancellation);
        if (file.IsOk)
        {
            await placements.TryInsertAsync(PlacementRows.Of(file.Value, time.GetUtcNow(), address), cancellation);
            await waker.WakeAsync(client, organisation, id, cancellation);
        }

        return file;
    }

    public Task<Result<PlacementFile>> ChangeAsync(
        PlacementRoute route, ChangePlacementRequest request, string by, DurableTaskClient client, CancellationToken cancellation) =>
        WriteAsync(
            route, file => PlacementPlanning.Change(file.State, request.Version, request.ToTerms(file.State.Placement.Terms), request.Reason, by, time.GetUtcNow()), client, cancellation);

    public Task<Result<PlacementFile>> CancelAsync(
        PlacementRoute route, CancelPlacementRequest request, string by, DurableTaskClient client, CancellationToken cancellation) =>
        WriteAsync(route, file => PlacementPlanning.Cancel(file.State, request.Version, request.Reason, by, time.GetUtcNow()), client, cancellation);

    /// <summary>Gives the placement another tutor from a day on.</summary>
    public Task<Result<PlacementFile>> NextTutorAsync(
        PlacementRoute route, NextTutorRequest request, string by, DurableTaskClient client, CancellationToken cancellation) =>
        WriteAsync(
            route,
            file =>
            {
                var terms = file.State.Placement.Terms.WithTutor(PlainText.Of(request.Name), request.Email, request.Language ?? "fr", request.From);
                return terms.IsOk ? PlacementPlanning.Change(file.State, request.Version, terms.Value, request.Reason, by, time.GetUtcNow()) : terms.Refusal;
            },
            client,
            cancellation);

    /// <summary>Changes a tutor's address: the next mail goes there at once, and links sent to the old one open nothing any more.</summary>
    public Task<Result<PlacementFile>> ChangeAddressAsync(
        PlacementRoute route, string tutor, TutorAddressRequest request, string by, DurableTaskClient client, CancellationToken cancellation) =>
        WriteAsync(
            route,
            file =>
            {
                var terms = file.State.Placement.Terms;
                return terms.Tutors.All(t => t.Key != tutor)
                    ? Refusal.NotFound("tutor-unknown")
                    : PlacementPlanning.Change(
                        file.State,
                        request.Version,
                        terms with { Tutors = [.. terms.Tutors.Select(t => t.Key == tutor ? t with { Email = request.Email, Name = request.Name is { } name ? PlainText.Of(name) : t.Name } : t)] },
                        request.Reason,
                        by,
                        time.GetUtcNow());
            },
            client,
            cancellation);

    private async Task<Result<PlacementFile>> WriteAsync(
        PlacementRoute route, Func<PlacementFile, Result<Planned>> plan, DurableTaskClient client, CancellationToken cancellation)
    {
        var file = await files.ReadAsync(route.Organisation, route.Placement, cancellation);
        if (!file.IsOk)
        {
            return file.Refusal;
        }

        var planned = plan(file.Value);
        if (!planned.IsOk)
        {
            return planned.Refusal;
        }

        if (!await facts.TryInsertAsync(route.Organisation, route.Placement, [new NewPlacementFact(planned.Value)], cancellation))
        {
            return Refusal.Of("placement-changed", RefusalKind.PreconditionFailed);
        }

        await waker.WakeAsync(client, route.Organisation, route.Placement, cancellation);
        return await files.ReadAsync(route.Organisation, route.Placement, cancellation);
    }
}
