using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.People;
using Emargement.Web.Platform;

namespace Emargement.Functions.Pages.People;

/// <summary>Makes the form of a new learner or a new trainer.</summary>
public sealed class ShowNewPerson(TrainingsTable trainings)
{
    /// <param name="namesakes">Who must be looked at before one more of that name is created.</param>
    public async Task<Result<NewPersonModel>> RunAsync(
        OrganisationId organisation,
        AccountKind kind,
        FormFields typed,
        IReadOnlyList<NamesakeModel> namesakes,
        ReturnedForm? returned,
        CancellationToken cancellation)
    {
        var all = kind == AccountKind.Learner
            ? await trainings.AllAsync(organisation, cancellation).Select(t => t.Value).ToListAsync(cancellation)
            : [];
        return new NewPersonModel(
            organisation, PersonWordsOfPages.KindOf(kind), new PersonValues(typed.Typed), Choices(all), namesakes, returned);
    }

    /// <summary>Trainings to choose from, by title.</summary>
    public static IReadOnlyList<GroupTraining> Choices(IEnumerable<Training> all) =>
        [.. all.OrderBy(t => t.Title, StringComparer.InvariantCultureIgnoreCase).Select(t => new GroupTraining(t.Ref.Key, t.Title))];
}
