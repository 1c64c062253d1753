using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Placements;

/// <summary>One placement with all that its rules need.</summary>
/// <param name="Stored">Its facts as stored.</param>
public sealed record PlacementFile(
    Organisation Organisation, PlacementState State, PlacementCalendar Calendar, PlacementClock Clock, IReadOnlyList<StoredPlacementFact> Stored)
{
    public PlacementId Id => State.Placement.Id;

    public ValidationPeriod? Period(string key) => Calendar.Periods().FirstOrDefault(p => p.Key == key);

    public TutorSection? Section(string key) => Calendar.Periods().SelectMany(Calendar.Sections).FirstOrDefault(s => s.Key == key);
}

/// <summary>Reads placements and adds facts to them.</summary>
public sealed class PlacementFiles(OrganisationSettings organisations, PlacementFactsTable facts, IOptions<PlacementOptions> options)
{
    /// <returns>The placement, or <c>organisation-unknown</c> or <c>placement-unknown</c>.</returns>
    public async Task<Result<PlacementFile>> ReadAsync(OrganisationId organisation, PlacementId id, CancellationToken cancellation, bool withDrawings = false)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        var stored = await facts.OfAsync(organisation, id, withDrawings, cancellation);
        return PlacementState.Of(id, stored.Select(s => s.Fact)) is { } state ? FileOf(settings.Value, state, stored) : Refusal.NotFound("placement-unknown");
    }

    /// <summary>Adds facts stated from this view of the placement.</summary>
    /// <returns>The facts, or <c>week-changed</c> when somebody stated something meanwhile.</returns>
    public async Task<Result<IReadOnlyList<PlacementFact>>> AddAsync(
        PlacementFile file, IReadOnlyCollection<NewPlacementFact> added, CancellationToken cancellation) =>
        await facts.TryInsertAsync(file.Organisation.Id, file.Id, added, cancellation)
            ? Result<IReadOnlyList<PlacementFact>>.FromT([.. added.Select(a => a.Fact)])
            : Refusal.Conflict("week-changed");

    private PlacementFile FileOf(Organisation organisation, PlacementState state, IReadOnlyList<StoredPlacementFact> stored)
    {
        var clock = options.Value.RehearsalDaySeconds is { } seconds
            ? PlacementClock.Rehearsal(organisation.Zone, state.FirstPlannedDay, state.CreatedAt, TimeSpan.FromSeconds(seconds))
            : PlacementClock.Of(organisation.Zone);
        var calendar = new PlacementCalendar(state.Placement.Terms, day => Holidays.On(day, organisation.Holidays) is not null);
        return new PlacementFile(organisation, state, calendar, clock, stored);
    }
}
