using Emargement.Domain.People;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Functions.People;

namespace Emargement.Functions.Planning.People;

/// <summary>A learner whom no file brought.</summary>
/// <param name="Ref">Given when it is left out: <c>M-</c> and eight characters.</param>
/// <param name="BirthDate">As yyyy-MM-dd.</param>
/// <param name="Language">Two letters, or the French name of a language; French when left out.</param>
/// <param name="Enrolment">Where they learn from the start.</param>
public sealed record NewLearner(
    string LastName,
    string FirstName,
    Reference? Ref = null,
    string? Title = null,
    string? BirthDate = null,
    string? Email = null,
    string? Phone = null,
    string? Language = null,
    NewEnrolment? Enrolment = null)
{
    private LearnerPatch Patch => new(LastName, FirstName, Title, BirthDate, Email, Phone, Language);

    /// <summary>The learner as asked for. A reference that is given follows from who they are, so that the same request again names the
    /// same learner.</summary>
    internal Result<Learner> ToLearner()
    {
        var nobody = new Learner { Ref = default, LastName = "", FirstName = "" };
        var asked = Patch.ApplyTo(nobody);
        return asked.Then(l => l with
        {
            Ref = Ref ?? ManualReference.Of("learner", l.LastName, l.FirstName, BirthDate ?? "", l.Email?.Value ?? ""),
            Kept = default,
        });
    }
}

/// <summary>Writes a learner by hand, enrolled or not, with the account. The same request again answers with the same learner.</summary>
public sealed class CreateLearner(LearnersTable learners, EnrolLearner enrol, WritePerson write)
{
    /// <returns>The learner; or <c>learner-exists</c>, or what is wrong with a value or the enrolment: nothing was written then.</returns>
    public async Task<Result<LearnerState>> RunAsync(OrganisationId organisation, NewLearner asked, CancellationToken cancellation)
    {
        var learner = asked.ToLearner();
        if (!learner.IsOk)
        {
            return learner.Refusal;
        }

        if (await learners.FindAsync(organisation, learner.Value.Ref, cancellation) is { } other && other.Value != learner.Value)
        {
            return Refusal.Conflict("learner-exists");
        }

        AskedEnrolment? period = null;
        if (asked.Enrolment is { } wanted)
        {
            var read = await enrol.ReadAsync(organisation, learner.Value.Ref, wanted, cancellation);
            if (!read.IsOk)
            {
                return read.Refusal;
            }

            period = read.Value;
        }

        await learners.TryWriteAsync(organisation, [learner.Value], [], cancellation);
        var stored = await learners.FindAsync(organisation, learner.Value.Ref, cancellation);
        if (stored is null || stored.Value != learner.Value)
        {
            return Refusal.Conflict("learner-exists");
        }

        if (period is not null)
        {
            var enrolled = await enrol.AddAsync(organisation, stored, period, cancellation);
            if (!enrolled.IsOk)
            {
                return enrolled.Refusal;
            }
        }

        return await write.FollowAsync(organisation, stored, named: true, cancellation);
    }

    /// <summary>Who bears nearly the name that is asked for; none when it is not even a name.</summary>
    public async Task<IReadOnlyList<Learner>> NearAsync(OrganisationId organisation, NewLearner asked, CancellationToken cancellation)
    {
        var learner = asked.ToLearner();
        return learner.IsOk ? await write.NearAsync(organisation, learner.Value, cancellation) : [];
    }
}
