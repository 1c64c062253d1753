using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions.Hand;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Sessions.Unknown;

public sealed record UnknownName(string LastName, string FirstName);

/// <param name="People">Ten at most; none says that a manager has dealt with those who were told of.</param>
public sealed record UnknownPeopleRequest(IReadOnlyList<UnknownName> People);

/// <summary>Those of whom the managers know now.</summary>
public sealed record UnknownPeopleTold(IReadOnlyList<UnknownName> People);

/// <summary>
/// Tells the managers of people in the room whom nobody enrolled. It makes nobody present: a manager enrols them, or says that it is dealt
/// with, and their names are gone.
/// </summary>
public sealed class TellOfUnknown(HandScenes scenes, SessionsTable sessions, MonthMarksTable marks)
{
    // The act says all there is to say.
    private const string Reason = "signalé";

    /// <returns>
    /// All who are told of, or <c>unknown-people-missing</c>, <c>unknown-people-too-many</c>, <c>unknown-name-missing</c>.
    /// </returns>
    public async Task<Result<UnknownPeopleTold>> RunAsync(
        OrganisationId organisation, SessionId id, UnknownPeopleRequest request, Caller caller, CancellationToken cancellation)
    {
        var read = await scenes.ReadAsync(organisation, id, Reason, caller, cancellation);
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        var asked = Asked(request, read.Value, caller);
        if (!asked.IsOk)
        {
            return asked.Refusal;
        }

        for (var stored = read.Value.Stored; stored is not null; stored = await sessions.FindAsync(organisation, id, cancellation))
        {
            var known = stored.Value.Unknown;
            var news = asked.Value.Where(a => !known.Any(a.IsSameAs)).ToList();
            IReadOnlyList<UnknownPerson> told = asked.Value.Count == 0 ? [] : [.. known, .. news];
            if (told.Count > UnknownPerson.Most)
            {
                return TooMany;
            }

            if (told.Count == known.Count || await sessions.TryReplaceAsync(stored, stored.Value with { Unknown = told }, cancellation))
            {
                await marks.MarkAsync(organisation, id.Month, cancellation);
                return new UnknownPeopleTold([.. told.Select(p => new UnknownName(p.LastName, p.FirstName))]);
            }
        }

        return Refusal.NotFound("session-not-found");
    }

    private static Refusal TooMany { get; } = Refusal.BadInput(
        "unknown-people-too-many", ("limit", UnknownPerson.Most.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static Result<IReadOnlyList<UnknownPerson>> Asked(UnknownPeopleRequest request, HandScene scene, Caller caller)
    {
        if (scene.Session.State == SessionState.Cancelled)
        {
            return SessionLifecycle.NotOpen(scene.Session);
        }

        if (request.People.Count == 0 && caller.Kind != Callers.Manager)
        {
            return Refusal.BadInput("unknown-people-missing");
        }

        if (request.People.Count > UnknownPerson.Most)
        {
            return TooMany;
        }

        var people = new List<UnknownPerson>();
        foreach (var name in request.People)
        {
            var person = UnknownPerson.Of(name?.LastName, name?.FirstName, scene.Act.At, scene.Act.By);
            if (!person.IsOk)
            {
                return person.Refusal;
            }

            if (!people.Exists(person.Value.IsSameAs))
            {
                people.Add(person.Value);
            }
        }

        return people;
    }
}
