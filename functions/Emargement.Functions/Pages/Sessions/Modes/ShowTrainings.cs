using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions.Modes;
using Emargement.Functions.Pages.Sessions.Paper;
using Emargement.Functions.People;
using Emargement.Functions.Sessions.Modes;
using Emargement.Web.Sessions.Modes;

namespace Emargement.Functions.Pages.Sessions.Modes;

/// <summary>Makes what the pages of trainings show.</summary>
public sealed class ShowTrainings(TrainingsTable trainings, EnrolmentsTable enrolments, GroupModesTable modes, TimeProvider time)
{
    private const int MonthsAhead = 13;

    public async Task<Result<TrainingsModel>> ListAsync(Organisation organisation, CancellationToken cancellation)
    {
        var known = await modes.NowAsync(organisation.Id, cancellation);
        var month = Current(organisation);
        var all = await trainings.AllAsync(organisation.Id, cancellation).Select(t => t.Value).ToListAsync(cancellation);
        return new TrainingsModel
        {
            Organisation = organisation.Id,
            Everybody = known.Everybody,
            Months = Months(month),
            Trainings =
            [
                .. all.OrderBy(t => t.LastDay < month.FirstDay)
                    .ThenBy(t => t.Title, StringComparer.InvariantCultureIgnoreCase)
                    .Select(t => Row(t, known, month)),
            ],
        };
    }

    /// <returns>The training, or <c>training-unknown</c>.</returns>
    public async Task<Result<TrainingModel>> OneAsync(Organisation organisation, Reference training, CancellationToken cancellation)
    {
        if (await trainings.FindAsync(organisation.Id, training, cancellation) is not { Value: var found })
        {
            return Refusal.NotFound("training-unknown");
        }

        var known = await modes.NowAsync(organisation.Id, cancellation);
        var month = Current(organisation);
        var groups = await enrolments.OfTrainingAsync(organisation.Id, training, cancellation)
            .Select(e => e.Value.Enrolment.Group)
            .Distinct()
            .ToListAsync(cancellation);
        return new TrainingModel
        {
            Organisation = organisation.Id,
            Training = training,
            Title = found.Title,
            FirstDay = found.FirstDay,
            LastDay = found.LastDay,
            Site = found.Site,
            Allowed = found.Methods,
            Usual = organisation.Methods,
            Own = known.OfTraining(training),
            Months = Months(month),
            Groups =
            [
                .. groups.Order(StringComparer.Ordinal).Select(g => new GroupWayModel(
                    g, Reference.Parse(g).Key, known.Of(training, g, month), [.. known.OfGroup(training, g)],
                    new PaperWeek(training, g, IsoWeek.Of(organisation.Zone.DateAt(time.GetUtcNow()))).Address(organisation.Id))),
            ],
        };
    }

    private static TrainingRowModel Row(Training training, GroupModes known, YearMonth month)
    {
        var groups = known.Groups.Where(g => g.Training == training.Ref).Select(g => g.Group).Distinct(StringComparer.Ordinal);
        return new TrainingRowModel(
            training.Ref,
            training.Title,
            training.FirstDay,
            training.LastDay,
            known.Of(training.Ref, "", month),
            known.OfTraining(training.Ref),
            groups.Count(g => known.Of(training.Ref, g, month) == SigningMode.Paper));
    }

    private static IReadOnlyList<YearMonth> Months(YearMonth current) => [.. Enumerable.Range(0, MonthsAhead).Select(current.Plus)];

    private YearMonth Current(Organisation organisation) => YearMonth.Of(organisation.Zone.DateAt(time.GetUtcNow()));
}
