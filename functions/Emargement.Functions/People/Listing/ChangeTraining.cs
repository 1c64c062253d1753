using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.People.Listing;

/// <summary>What a manager sets of a training.</summary>
/// <param name="Methods">Methods that the training allows, at least one; null leaves it to the organisation.</param>
public sealed record TrainingChange(IReadOnlyList<SigningMethod>? Methods);

/// <summary>Changes the settings of a training; imports leave them alone.</summary>
public sealed class ChangeTraining(OrganisationSettings settings, TrainingsTable trainings)
{
    private const int Attempts = 5;

    /// <returns>The training as it is now, or <c>organisation-unknown</c>, <c>training-unknown</c> or <c>methods-invalid</c>.</returns>
    public async Task<Result<Training>> RunAsync(Route<Reference> training, TrainingChange change, CancellationToken cancellation)
    {
        var organisation = await settings.GetAsync(training.Organisation, cancellation);
        if (!organisation.IsOk)
        {
            return organisation.Refusal;
        }

        if (change.Methods is { } methods && (methods.Count == 0 || methods.Except(SigningMethods.All).Any()))
        {
            return Refusal.BadInput("methods-invalid");
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var stored = await trainings.FindAsync(training.Organisation, training.Id, cancellation);
            if (stored is null)
            {
                return Refusal.NotFound("training-unknown");
            }

            var changed = stored.Value with { Methods = change.Methods?.Distinct().ToList() };
            if (await trainings.TryReplaceAsync(training.Organisation, stored, changed, cancellation))
            {
                return changed;
            }
        }

        return Refusal.Conflict("changed-meanwhile");
    }
}
