using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions.Modes;
using Emargement.Functions.People;

namespace Emargement.Functions.Sessions.Modes;

/// <summary>From a month on, a group signs so.</summary>
public sealed record ModeListed(YearMonth Month, SigningMode Mode, string? Reason, string By, DateTimeOffset At);

/// <param name="Mode">In the month of now.</param>
/// <param name="Changes">What was decided for the group itself, the earliest first.</param>
public sealed record GroupListedModes(string Group, SigningMode Mode, IReadOnlyList<ModeListed> Changes);

/// <summary>How the groups of a training sign.</summary>
/// <param name="FirstElectronic">The training's first electronic month, or <c>never</c>; null when it follows the organisation.</param>
/// <param name="OrganisationFirstElectronic">The organisation's; null when nobody decided: everybody signs electronically.</param>
public sealed record TrainingModes(
    Reference Training, string? FirstElectronic, string? OrganisationFirstElectronic, IReadOnlyList<GroupListedModes> Groups);

/// <summary>How the groups of a training sign: the training's enrolments, and what was decided.</summary>
public sealed class ListModes(GroupModesTable modes, TrainingsTable trainings, EnrolmentsTable enrolments, TimeProvider time)
{
    /// <returns>The modes, or <c>training-unknown</c>.</returns>
    public async Task<Result<TrainingModes>> RunAsync(Organisation organisation, Reference training, CancellationToken cancellation) =>
        await trainings.FindAsync(organisation.Id, training, cancellation) is null
            ? Refusal.NotFound("training-unknown")
            : await OfAsync(organisation, training, await modes.NowAsync(organisation.Id, cancellation), cancellation);

    /// <summary>The same, of modes that were read or just changed.</summary>
    internal async Task<TrainingModes> OfAsync(
        Organisation organisation, Reference training, GroupModes known, CancellationToken cancellation)
    {
        var groups = await enrolments.OfTrainingAsync(organisation.Id, training, cancellation)
            .Select(e => e.Value.Enrolment.Group)
            .Distinct()
            .ToListAsync(cancellation);
        var month = YearMonth.Of(organisation.Zone.DateAt(time.GetUtcNow()));
        return new TrainingModes(
            training,
            Text(known.OfTraining(training)),
            Text(known.Everybody),
            [
                .. groups.Order(StringComparer.Ordinal).Select(g => new GroupListedModes(
                    g,
                    known.Of(training, g, month),
                    [.. known.OfGroup(training, g).Select(c => new ModeListed(c.Month, c.Mode, c.Reason, c.By, c.At))])),
            ]);
    }

    /// <summary>As the API writes it.</summary>
    internal static string? Text(FirstElectronicMonth? first) => first is null ? null : first.First?.ToString() ?? "never";
}
