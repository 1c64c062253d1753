using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Planning.People;

/// <summary>
/// Adds periods to a learner's enrolments, and changes them, by hand. The same request again changes nothing and answers the same.
/// </summary>
public sealed class EnrolLearner(
    OrganisationSettings settings, LearnersTable learners, TrainingsTable trainings, EnrolmentsTable enrolments, MonthMarksTable marks,
    TimeProvider time)
{
    // Older months were sent long ago.
    private const int MostMarked = 24;

    /// <returns>The learner with all enrolments; or <c>learner-not-found</c>, <c>training-unknown</c>, <c>group-missing</c>, what
    /// <see cref="EnrolmentRules"/> refuses, or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<LearnerState>> AddAsync(
        OrganisationId organisation, Reference learner, NewEnrolment asked, CancellationToken cancellation)
    {
        var stored = await learners.FindAsync(organisation, learner, cancellation);
        if (stored is null)
        {
            return Refusal.NotFound("learner-not-found");
        }

        var read = await ReadAsync(organisation, learner, asked, cancellation);
        return read.IsOk ? await AddAsync(organisation, stored, read.Value, cancellation) : read.Refusal;
    }

    /// <summary>Looks at a period before anything is written.</summary>
    internal async Task<Result<AskedEnrolment>> ReadAsync(
        OrganisationId organisation, Reference learner, NewEnrolment asked, CancellationToken cancellation)
    {
        var known = await settings.GetAsync(organisation, cancellation);
        var period = asked.Patch.ToPeriod();
        if ((known.Refusal ?? period.Refusal) is { } refusal)
        {
            return refusal;
        }

        if (!Reference.TryParse(asked.Group, out var group))
        {
            return Refusal.BadInput("group-missing");
        }

        if (await trainings.FindAsync(organisation, asked.Training, cancellation) is null)
        {
            return Refusal.NotFound("training-unknown");
        }

        var stored = await enrolments.FindAsync(organisation, asked.Training, group.Value, learner, cancellation);
        var before = stored?.Value.Enrolment.Periods ?? [];
        IReadOnlyList<EnrolmentPeriod> after =
            before.Contains(period.Value!) ? before : [.. before.Append(period.Value!).OrderBy(p => p.Entry)];
        return EnrolmentRules.Check(known.Value!, before, after) is { } fault
            ? fault
            : new AskedEnrolment(new EnrolmentKey(learner, asked.Training, group.Value), stored, after);
    }

    /// <summary>Writes what <see cref="ReadAsync"/> found well.</summary>
    internal async Task<Result<LearnerState>> AddAsync(
        OrganisationId organisation, Stored<Learner> learner, AskedEnrolment asked, CancellationToken cancellation)
    {
        var enrolment = new Enrolment
        {
            LearnerRef = asked.Key.Learner,
            TrainingRef = asked.Key.Training,
            Group = asked.Key.Group,
            Periods = asked.Periods,

            // A new one belongs to the file as soon as a file names it; a further period stands beside what the file said.
            Kept = asked.Stored is not null,
        };
        if (asked.Stored is { } stored && stored.Value.Enrolment.Periods.SequenceEqual(asked.Periods))
        {
            return await StateAsync(organisation, learner, cancellation);
        }

        var wanted = EnrolledLearner.Of(enrolment, learner.Value);
        if (!await enrolments.TryWriteAsync(
            organisation,
            asked.Stored is null ? [wanted] : [],
            asked.Stored is { } read ? [new Replacement<EnrolledLearner>(read, wanted)] : [],
            cancellation))
        {
            return Refusal.Conflict("changed-meanwhile");
        }

        await MarkAsync(organisation, asked.Stored?.Value.Enrolment.Periods ?? [], asked.Periods, cancellation);
        return await StateAsync(organisation, learner, cancellation);
    }

    /// <param name="ifMatch">The version of the enrolment that the caller read.</param>
    /// <returns>The learner with all enrolments; or <c>learner-not-found</c>, <c>enrolment-unknown</c>, <c>changed-meanwhile</c>, or what
    /// is wrong with the period.</returns>
    public async Task<Result<LearnerState>> ChangeAsync(
        OrganisationId organisation, EnrolmentKey key, EnrolmentPatch patch, ETag ifMatch, CancellationToken cancellation)
    {
        var known = await settings.GetAsync(organisation, cancellation);
        if (!known.IsOk)
        {
            return known.Refusal;
        }

        var learner = await learners.FindAsync(organisation, key.Learner, cancellation);
        var stored = await enrolments.FindAsync(organisation, key.Training, key.Group, key.Learner, cancellation);
        if (learner is null || stored is null)
        {
            return Refusal.NotFound(learner is null ? "learner-not-found" : "enrolment-unknown");
        }

        var enrolment = stored.Value.Enrolment;
        var asked = Asked(enrolment, patch);
        if (!asked.IsOk)
        {
            return asked.Refusal;
        }

        var wanted = asked.Value;
        if (wanted.Kept == enrolment.Kept && wanted.Periods.SequenceEqual(enrolment.Periods))
        {
            return await StateAsync(organisation, learner, cancellation);
        }

        if (EnrolmentRules.Check(known.Value, enrolment.Periods, wanted.Periods) is { } fault)
        {
            return fault;
        }

        if (EnrolmentVersion.Of(enrolment) != ifMatch || !await enrolments.TryWriteAsync(
            organisation, [], [new Replacement<EnrolledLearner>(stored, stored.Value with { Enrolment = wanted })], cancellation))
        {
            return Refusal.Conflict("changed-meanwhile");
        }

        await MarkAsync(organisation, enrolment.Periods, wanted.Periods, cancellation);
        return await StateAsync(organisation, learner, cancellation);
    }

    // Months that have begun and in which somebody else is enrolled now, or somebody else pays, are calculated again.
    private async Task MarkAsync(
        OrganisationId organisation, IReadOnlyList<EnrolmentPeriod> before, IReadOnlyList<EnrolmentPeriod> after,
        CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = before.Concat(after).Min(p => p.Entry);
        foreach (var month in YearMonth.Between(first, today).TakeLast(MostMarked).Where(m => EnrolmentRules.Changes(m, before, after)))
        {
            await marks.MarkAsync(organisation, month, cancellation);
        }
    }

    private static Result<Enrolment> Asked(Enrolment enrolment, EnrolmentPatch patch)
    {
        var meant = PersonTexts.Day(patch.Period, enrolment.Periods[^1].Entry);
        if (!meant.IsOk)
        {
            return meant.Refusal;
        }

        // Repeated after it was answered, a change of the first day finds its period under the new one.
        var entry = PersonTexts.Day(patch.Entry, null);
        var period = enrolment.Periods.FirstOrDefault(p => p.Entry == meant.Value)
            ?? enrolment.Periods.FirstOrDefault(p => p.Entry == entry.Value);
        if (period is null)
        {
            return Refusal.NotFound("enrolment-unknown");
        }

        var changed = patch.ApplyTo(period);
        if (!changed.IsOk)
        {
            return changed.Refusal;
        }

        var periods = enrolment.Periods.Select(p => p == period ? changed.Value : p).OrderBy(p => p.Entry).ToList();
        return enrolment with
        {
            Periods = periods,
            Kept = !patch.Follow && (enrolment.Kept || !periods.SequenceEqual(enrolment.Periods)),
        };
    }

    private async Task<Result<LearnerState>> StateAsync(
        OrganisationId organisation, Stored<Learner> learner, CancellationToken cancellation) =>
        LearnerState.Of(learner, await enrolments.OfLearnerAsync(organisation, learner.Value.Ref, cancellation));
}

/// <summary>Periods that a person asks for, and what they stand beside.</summary>
/// <param name="Stored">Null for a new enrolment.</param>
internal sealed record AskedEnrolment(
    EnrolmentKey Key, Stored<EnrolledLearner>? Stored, IReadOnlyList<EnrolmentPeriod> Periods);
