using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Placements;

/// <summary>One placement with all that its rules need.</summary>
/// <param name="Stored">Its facts as stored.</param>
public sealed record PlacementFile(
    Organisation Organisation,
    PlacementState State,
    PlacementCalendar Calendar,
    PlacementClock Clock,
    IReadOnlyList<StoredPlacementFact> Stored)
{
    public PlacementId Id => State.Placement.Id;

    public ValidationPeriod? Period(string key) => Calendar.Periods().FirstOrDefault(p => p.Key == key);

    public TutorSection? Section(string key) => Calendar.Periods().SelectMany(Calendar.Sections).FirstOrDefault(s => s.Key == key);
}

/// <summary>Reads placements and adds facts to them.</summary>
public sealed class PlacementFiles(
    OrganisationSettings organisations, PlacementFactsTable facts, TaughtGroups taught, IOptions<PlacementOptions> options)
{
    /// <returns>The placement, or <c>organisation-unknown</c> or <c>placement-unknown</c>.</returns>
    public async Task<Result<PlacementFile>> ReadAsync(
        OrganisationId organisation, PlacementId id, CancellationToken cancellation, bool withDrawings = false)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        var stored = await facts.OfAsync(organisation, id, withDrawings, cancellation);
        return PlacementState.Of(id, stored.Select(s => s.Fact)) is { } state
            ? FileOf(settings.Value, state, stored)
            : Refusal.NotFound("placement-unknown");
    }

    /// <summary>A placement of its first fact, which was just stored: there is nothing else to read.</summary>
    /// <returns>The placement, or <c>organisation-unknown</c>.</returns>
    public async Task<Result<PlacementFile>> OfFirstAsync(
        OrganisationId organisation, PlacementId id, PlacementFact first, CancellationToken cancellation)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        return settings.IsOk ? FileOf(settings.Value, PlacementState.Of(id, [first])!, [StoredOf(first)]) : settings.Refusal;
    }

    /// <inheritdoc cref="ReadAsync(OrganisationId, PlacementId, CancellationToken, bool)"/>
    public Task<Result<PlacementFile>> ReadAsync(Route<PlacementId> route, CancellationToken cancellation) =>
        ReadAsync(route.Organisation, route.Id, cancellation);

    /// <summary>
    /// Reads a placement for somebody: a learner only their own, a device that was handed over its own, a trainer those of learners they
    /// teach, the organisation's managers and machines any.
    /// </summary>
    /// <returns>As <see cref="ReadAsync(Route{PlacementId}, CancellationToken)"/>, or <c>not-your-placement</c>, or
    /// <c>not-your-learner</c>.</returns>
    public async Task<Result<PlacementFile>> OpenAsync(
        Route<PlacementId> route, Caller caller, CancellationToken cancellation, bool withDrawings = false)
    {
        var file = await ReadAsync(route.Organisation, route.Id, cancellation, withDrawings);
        return !file.IsOk ? file
            : !IsTheirs(caller, file.Value.State.Placement) ? Refusal.Forbidden("not-your-placement")
            : caller.Kind == Callers.Trainer && !await taught.HoldAsync(file.Value.State.Placement, caller.Person, cancellation)
                ? Refusal.Forbidden("not-your-learner")
            : file;
    }

    private static bool IsTheirs(Caller caller, Placement placement) => caller.Kind switch
    {
        Callers.Learner => caller.Person == placement.LearnerRef,
        Callers.Tablet => caller.Week?.Placement == placement.Id,
        _ => true,
    };

    /// <summary>Reads a placement for the learner who is to state something of a week, on their own device or on one handed over.</summary>
    /// <returns>As <see cref="OpenAsync"/>.</returns>
    public async Task<Result<PlacementFile>> OpenWeekAsync(
        Route<PlacementId> route, IsoWeek week, Caller caller, CancellationToken cancellation) =>
        caller.Kind == Callers.Learner || caller.Week == new HandedWeek(route.Id, week)
            ? await OpenAsync(route, caller, cancellation)
            : Refusal.Forbidden("not-your-placement");

    /// <summary>Adds the facts that a rule states from the placement as it was seen.</summary>
    /// <param name="seen">The placement, or why there is none to state anything of.</param>
    /// <param name="drawing">SVG path of a signature: one signs all the facts; the first holds it, and each names its hash.</param>
    /// <returns>
    /// The placement with them; or the refusal of <paramref name="seen"/> or of the rule; or <c>week-changed</c>, for terms
    /// <c>placement-changed</c>, when somebody stated something meanwhile.
    /// </returns>
    public async Task<Result<PlacementFile>> AddAsync<T>(
        Result<PlacementFile> seen,
        Func<PlacementFile, Result<IReadOnlyList<T>>> rule,
        CancellationToken cancellation,
        string? drawing = null)
        where T : PlacementFact
    {
        if (!seen.IsOk)
        {
            return seen.Refusal;
        }

        var (organisation, id) = (seen.Value.Organisation.Id, seen.Value.Id);
        var stated = rule(seen.Value);
        if (!stated.IsOk)
        {
            return stated.Refusal;
        }

        var added = stated.Value.Select((fact, i) => new NewPlacementFact(fact, i == 0 ? drawing : null));
        return await facts.TryInsertAsync(organisation, id, [.. added], cancellation)
            ? await ReadAsync(organisation, id, cancellation)
            : stated.Value[0] is Planned
            ? Refusal.Of("placement-changed", RefusalKind.PreconditionFailed)
            : Refusal.Conflict("week-changed");
    }

    /// <summary>Adds the one fact that a rule states, as the other does with several.</summary>
    public Task<Result<PlacementFile>> AddAsync<T>(
        Result<PlacementFile> seen, Func<PlacementFile, Result<T>> rule, CancellationToken cancellation, string? drawing = null)
        where T : PlacementFact =>
        AddAsync(
            seen,
            file =>
            {
                var stated = rule(file);
                return stated.IsOk ? Result<IReadOnlyList<T>>.FromT([stated.Value]) : stated.Refusal;
            },
            cancellation,
            drawing);

    /// <summary>The placement with facts that were added to it, without reading it again.</summary>
    public PlacementFile With(PlacementFile file, IReadOnlyList<PlacementFact> added) => FileOf(
        file.Organisation,
        PlacementState.Of(file.Id, [.. file.State.Facts, .. added])!,
        [.. file.Stored, .. added.Select(StoredOf)]);

    private static StoredPlacementFact StoredOf(PlacementFact fact) => new(fact, PlacementFactJson.Write(fact), null);

    private PlacementFile FileOf(Organisation organisation, PlacementState state, IReadOnlyList<StoredPlacementFact> stored)
    {
        var clock = options.Value.RehearsalDaySeconds is { } seconds
            ? PlacementClock.Rehearsal(organisation.Zone, state.FirstPlannedDay, state.CreatedAt, TimeSpan.FromSeconds(seconds))
            : PlacementClock.Of(organisation.Zone);
        var calendar = new PlacementCalendar(state.Placement.Terms, day => Holidays.On(day, organisation.Holidays) is not null);
        return new PlacementFile(organisation, state, calendar, clock, stored);
    }
}
