using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Sheets.Blank;

/// <summary>Which half-days of a group a blank sheet is for.</summary>
/// <param name="Address">Scheme and host of the page where it is entered.</param>
public sealed record BlankAsked(Reference Training, string Group, DateOnly First, DateOnly Last, string Address);

/// <summary>Prints the sheet that a group signs by hand. The planning says who is expected at the moment of printing.</summary>
public sealed class PrintBlankSheet(SessionsTable sessions, SessionScenes scenes, TrainersTable trainers, TimeProvider time)
{
    /// <returns>The PDF, or <c>group-unknown</c> when the group has no half-day then that the caller may see.</returns>
    public async Task<Result<byte[]>> RunAsync(
        Organisation organisation, BlankAsked asked, Caller caller, CancellationToken cancellation)
    {
        var found = await sessions.OfTrainingAsync(organisation.Id, asked.Training, asked.First, asked.Last, cancellation)
            .Where(s => s.Groups.Contains(asked.Group) && s.Modality != Modality.Company && s.State != SessionState.Cancelled)
            .Where(s => s.Id.Date >= asked.First && s.Id.Date <= asked.Last && SessionStaff.Check(caller, s) is null)
            .OrderBy(s => s.Start)
            .ToListAsync(cancellation);
        if (found.Count == 0)
        {
            return Refusal.NotFound("group-unknown");
        }

        var rosters = new List<IReadOnlyList<RosterLine>>();
        foreach (var session in found)
        {
            rosters.Add(await scenes.RosterAsync(session, cancellation));
        }

        var people = EnrolmentsTable.ToldApart([.. rosters.SelectMany(r => r).DistinctBy(l => l.Learner)]);
        var rows = people.Index().ToDictionary(p => p.Item.Learner, p => p.Index);
        var names = await NamesAsync(organisation.Id, found, cancellation);
        var title = (await scenes.TrainingAsync(organisation.Id, asked.Training, cancellation))?.Title ?? asked.Training.Value;
        return BlankSheetPdf.Write(new BlankSheet(
            organisation,
            title,
            asked.Group,
            SpanOf(asked),
            people,
            [.. found.Zip(rosters, (session, roster) => new BlankHalfDay(
                session,
                string.Join(", ", session.Trainers.Select(t => names[t])) is { Length: > 0 } trainer ? trainer : null,
                roster.Select(l => rows[l.Learner]).ToHashSet()))],
            AddressOf(organisation.Id, asked),
            time.GetUtcNow()));
    }

    private async Task<Dictionary<Reference, string>> NamesAsync(
        OrganisationId organisation, IEnumerable<Session> found, CancellationToken cancellation)
    {
        var names = new Dictionary<Reference, string>();
        foreach (var reference in found.SelectMany(s => s.Trainers).Distinct())
        {
            var trainer = (await trainers.FindAsync(organisation, reference, cancellation))?.Value;
            names[reference] = trainer is null ? reference.Value : $"{trainer.FirstName} {trainer.LastName}";
        }

        return names;
    }

    private static string SpanOf(BlankAsked asked) => asked.First == asked.Last
        ? DocumentTexts.Day(asked.First)
        : $"semaine du {DocumentTexts.Day(asked.First)} au {DocumentTexts.Day(asked.Last)}";

    private static string AddressOf(OrganisationId organisation, BlankAsked asked)
    {
        var group = $"{asked.Training.Key}/{Reference.Parse(asked.Group).Key}";
        var page = $"{asked.Address}/o/{organisation}/paper/{group}/{IsoWeek.Of(asked.First)}";
        return asked.First == asked.Last ? $"{page}?d={asked.First:yyyy-MM-dd}" : $"{page}?d=";
    }
}
