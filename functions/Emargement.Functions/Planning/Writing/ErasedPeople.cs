using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Functions.Accounts.Erasure;

namespace Emargement.Functions.Planning.Writing;

/// <summary>
/// What files may still say of people who were erased: the reference, and the name while their proofs are kept. Somebody who begins
/// another training after the erasure is a learner like any other.
/// </summary>
public sealed class ErasedPeople
{
    private readonly Dictionary<AccountId, ErasedPerson> _erased;

    public ErasedPeople(PeopleState state, LearnerRows learners)
    {
        _erased = new(state.Erased);
        foreach (var key in learners.Enrolments)
        {
            var id = new AccountId(AccountKind.Learner, key.Learner);
            if (_erased.TryGetValue(id, out var erased)
                && learners.Enrolment(key, state.Enrolments.GetValueOrDefault(key)?.Value.Enrolment).Periods.Any(p => p.Entry > erased.On))
            {
                _erased.Remove(id);
            }
        }
    }

    public bool Contains(AccountId id) => _erased.ContainsKey(id);

    public Learner Cut(Learner learner) => !_erased.TryGetValue(new AccountId(AccountKind.Learner, learner.Ref), out var erased) ? learner
        : erased.Names ? learner.Nameless() : learner.Unreachable();

    public Trainer Cut(Trainer trainer) => !_erased.TryGetValue(new AccountId(AccountKind.Trainer, trainer.Ref), out var erased) ? trainer
        : erased.Names ? trainer.Nameless() : trainer with { Email = null };
}
