using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Signing.Finding;
using Emargement.Web.People;
using Emargement.Web.Platform;

namespace Emargement.Functions.Pages.People;

/// <summary>Makes the list of people, and the list of groups for what is done for a whole group.</summary>
public sealed class ShowPeople(FindPeople find, EnrolmentsTable enrolments, TrainingsTable trainings)
{
    /// <param name="query">As typed.</param>
    /// <param name="filter">One of <see cref="PeopleModel.Filters"/>; any other word is everybody.</param>
    /// <param name="tooShort">What is said of a query that is too short.</param>
    public async Task<Result<PeopleModel>> RunAsync(
        Organisation organisation, string query, string? filter, string? continuation, string tooShort, CancellationToken cancellation)
    {
        var known = PeopleModel.Filters.FirstOrDefault(f => f == filter) ?? PeopleModel.Filters[0];
        var words = PersonWords.OfQuery(query);
        if (words is null && query.Length > 0)
        {
            return new PeopleModel(organisation.Id, query, known, [], null, tooShort);
        }

        var page = await find.RunAsync(organisation, words, FilterOf(known), continuation, cancellation);
        return new PeopleModel(organisation.Id, query, known, [.. page.Items.Select(Row)], page.Continuation, null);
    }

    /// <summary>Every group that somebody is in, by training.</summary>
    public async Task<Result<GroupAccessModel>> GroupsAsync(
        Organisation organisation, string? sent, ReturnedForm? returned, CancellationToken cancellation)
    {
        var titles = await trainings.AllAsync(organisation.Id, cancellation)
            .ToDictionaryAsync(t => t.Value.Ref, t => t.Value.Title, cancellationToken: cancellation);
        var groups = await enrolments.AllAsync(organisation.Id, cancellation)
            .Select(e => (Training: e.Value.Enrolment.TrainingRef, e.Value.Enrolment.Group))
            .Distinct()
            .ToListAsync(cancellation);
        var choices = groups.Select(g => new GroupChoice(
            $"{g.Training.Key}/{Reference.Parse(g.Group).Key}", titles.GetValueOrDefault(g.Training, g.Training.Value), g.Group));
        return new GroupAccessModel(
            organisation.Id,
            [.. choices.OrderBy(c => c.Training, StringComparer.InvariantCultureIgnoreCase).ThenBy(c => c.Group, StringComparer.Ordinal)],
            sent,
            returned);
    }

    private static PeopleFilter FilterOf(string word) => word switch
    {
        "learners" => PeopleFilter.Learners,
        "trainers" => PeopleFilter.Trainers,
        "no-access" => PeopleFilter.WithoutAccess,
        "no-address" => PeopleFilter.WithoutAddress,
        "left" => PeopleFilter.Left,
        _ => PeopleFilter.All,
    };

    private static PersonRow Row(FoundPerson person) => new(
        PersonWordsOfPages.KindOf(person.Account.Id.Kind),
        person.Account.Id.Person,
        $"{person.Account.LastName} {person.Account.FirstName}",
        person.Groups,
        person.Account.Email?.Value,
        PersonWordsOfPages.WordOf(person.Access),
        person.Token,
        person.CardLeft);
}
