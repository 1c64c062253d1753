using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Accounts.Factors;

/// <summary>What an account has to do after its first factor.</summary>
public sealed class AskedSteps(FactorsTable factors, OrganisationSettings organisations)
{
    /// <summary>One read for staff, none for learners.</summary>
    /// <returns>Null when one factor is enough.</returns>
    public async Task<NextStep?> AfterOneFactorAsync(OrganisationId organisation, AccountId account, CancellationToken cancellation)
    {
        if (!SecondStepRule.IsFor(account.Kind))
        {
            return null;
        }

        var isSet = await factors.FindAsync(organisation, account, cancellation) is not null;
        var settings = await organisations.GetAsync(organisation, cancellation);
        return SecondStepRule.After(account.Kind, isSet, settings is { IsOk: true, Value.TrainersTakeSecondStep: true });
    }

    /// <summary>Whether a sign-in by one factor goes on: an organisation may have begun to ask its trainers for two since.</summary>
    public async Task<bool> IsOneFactorEnoughAsync(OrganisationId organisation, AccountId account, CancellationToken cancellation) =>
        !SecondStepRule.IsFor(account.Kind)
        || !SecondStepRule.IsAskedOf(
            account.Kind, await organisations.GetAsync(organisation, cancellation) is { IsOk: true, Value.TrainersTakeSecondStep: true });

    /// <summary>What is left to do for somebody who is signed in.</summary>
    public async Task<NextStep?> OfAsync(Caller caller, CancellationToken cancellation) => caller.Kind == Callers.OneFactor
        ? await AfterOneFactorAsync(caller.Organisation!.Value, caller.Account!.Value, cancellation) ?? NextStep.Enrol
        : null;
}
