using Emargement.Domain.People;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Functions.People;

namespace Emargement.Functions.Planning.People;

/// <summary>A trainer whom no file brought.</summary>
/// <param name="Ref">Given when it is left out: <c>M-</c> and eight characters.</param>
public sealed record NewTrainer(string LastName, string FirstName, Reference? Ref = null, string? Email = null)
{
    /// <summary>The trainer as asked for; as with a learner, the same request again names the same trainer.</summary>
    internal Result<Trainer> ToTrainer()
    {
        var nobody = new Trainer { Ref = default, LastName = "", FirstName = "" };
        return new TrainerPatch(LastName, FirstName, Email).ApplyTo(nobody).Then(t => t with
        {
            Ref = Ref ?? ManualReference.Of("trainer", t.LastName, t.FirstName, t.Email?.Value ?? ""),
            Kept = default,
        });
    }
}

/// <summary>Writes a trainer by hand, with the account. The same request again answers with the same trainer.</summary>
public sealed class CreateTrainer(TrainersTable trainers, WritePerson write)
{
    /// <returns>The trainer; or <c>trainer-exists</c>, or what is wrong with a value.</returns>
    public async Task<Result<TrainerState>> RunAsync(OrganisationId organisation, NewTrainer asked, CancellationToken cancellation)
    {
        var trainer = asked.ToTrainer();
        if (!trainer.IsOk)
        {
            return trainer.Refusal;
        }

        await trainers.TryWriteAsync(organisation, [trainer.Value], [], cancellation);
        var stored = await trainers.FindAsync(organisation, trainer.Value.Ref, cancellation);
        return stored is null || stored.Value != trainer.Value
            ? Refusal.Conflict("trainer-exists")
            : await write.FollowAsync(organisation, stored, named: true, cancellation);
    }

    /// <summary>Who bears nearly the name that is asked for; none when it is not even a name.</summary>
    public async Task<IReadOnlyList<Trainer>> NearAsync(OrganisationId organisation, NewTrainer asked, CancellationToken cancellation)
    {
        var trainer = asked.ToTrainer();
        return trainer.IsOk ? await write.NearAsync(organisation, trainer.Value, cancellation) : [];
    }
}
