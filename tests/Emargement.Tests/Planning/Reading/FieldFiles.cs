using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Tests.Planning.Reading;

/// <summary>Files as people really send them: each comes after a small base that was imported before.</summary>
public abstract class FieldFiles
{
    protected const string Planning = "seance_ref;action_ref;date;debut;fin;groupe;formateur_ref;module;salle;modalite";
    protected const string Learners = "stagiaire_ref;nom;prenom;date_naissance;email;action_ref;groupe;financeur;entree;sortie";

    private protected ImportDriver Driver { get; } = new();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected static (string Name, byte[] Content) Field(string file) => ImportDriver.Sample("field", file);

    private protected static string Codes(ImportReport report) => string.Join(' ', report.Lines.Select(l => l.Code));

    private protected async Task BaseAsync() =>
        (await Driver.RunAsync([.. new[] { "actions.csv", "formateurs.csv", "stagiaires.csv", "planning.csv" }.Select(
            f => ImportDriver.Sample("field/base", f))]))
            .Value!.Lines.ShouldBeEmpty();

    private protected async Task<ImportReport> AfterBaseAsync(string file)
    {
        await BaseAsync();
        return await ImportAsync(Field(file));
    }

    private protected async Task<ImportReport> ImportAsync(params (string Name, byte[] Content)[] files)
    {
        var result = await Driver.RunAsync(files, force: true);
        result.Refusal.ShouldBeNull();
        return result.Value!;
    }

    private protected async Task<List<Session>> PlannedAsync() =>
        [.. (await Driver.StoredAsync(new DateOnly(2026, 1, 1))).Select(s => s.Value).Where(s => s.State == SessionState.Planned)];

    private protected async Task<Learner?> LearnerAsync(string reference) =>
        (await Driver.Learners.FindAsync(Driver.Organisation.Id, Reference.Parse(reference), Cancellation))?.Value;

    private protected async Task<string> NameAsync(string reference) =>
        await LearnerAsync(reference) is { } learner ? $"{learner.LastName} {learner.FirstName}" : "";

    private protected async Task<EnrolmentPeriod> PeriodAsync(string learner) =>
        (await Driver.Enrolments.OfLearnerAsync(
            Driver.Organisation.Id, Reference.Parse(learner), Cancellation)).Single().Periods.Single();
}
