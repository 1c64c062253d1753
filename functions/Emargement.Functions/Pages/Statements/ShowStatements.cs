using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Statements;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Statements;
using Emargement.Functions.Statements.Bulk;
using Emargement.Functions.Statements.Signing;
using Emargement.Web.Platform;
using Emargement.Web.Statements;

namespace Emargement.Functions.Pages.Statements;

/// <summary>Statements of a training that were asked for, and how far that is.</summary>
public sealed record ShownRun(TrainingStatements Asked, StatementsStatus Status);

/// <summary>Makes the page of whole trainings' statements and of who signs certificates.</summary>
public sealed class ShowStatements(
    NameSignatory signatory, AccountsTable accounts, TrainingsTable trainings, EnrolmentsTable enrolments, ListStatements list,
    TimeProvider time)
{
    /// <param name="run">What was asked for; null at first.</param>
    /// <param name="typed">What a form came back with.</param>
    public async Task<Result<StatementsModel>> RunAsync(
        Organisation organisation, Caller caller, ShownRun? run, StatementAsked? typed, Texts texts, CancellationToken cancellation)
    {
        var managers = await accounts.ListAsync(organisation.Id, AccountKind.Manager, cancellation);
        var all = await trainings.AllAsync(organisation.Id, cancellation).Select(t => t.Value).ToListAsync(cancellation);
        var today = organisation.Zone.DateAt(time.GetUtcNow());
        var latest = all.Where(t => t.FirstDay <= today).MaxBy(t => t.LastDay) ?? all.FirstOrDefault();
        return new StatementsModel
        {
            Organisation = organisation.Id,
            Managers = [.. managers.Where(m => !m.Value.Suspended).Select(m => new StatementChoice(
                m.Value.Id.Person.Value, m.Value.DisplayName))],
            Signatory = (await signatory.ShowAsync(organisation.Id, caller, cancellation)).Value is { } s
                ? new SignatoryModel(Person(s.Account), s.Name, s.Capacity, s.Place, s.Marked, s.Yours)
                : null,
            Trainings = StatementForms.Choices(all),
            Asked = typed ?? (run is not null ? StatementForms.Of(run.Asked) : StatementForms.First(latest, today)),
            Issuing = run is null ? null : await IssuingAsync(organisation, run, texts, cancellation),
        };
    }

    private async Task<IssuingModel> IssuingAsync(
        Organisation organisation, ShownRun run, Texts texts, CancellationToken cancellation)
    {
        var (asked, status) = run;
        var refused = status.Made?.Refused ?? [];
        var names = refused.Count == 0
            ? []
            : await enrolments.OfTrainingAsync(organisation.Id, asked.Training, cancellation)
                .Select(e => e.Value)
                .DistinctBy(e => e.Enrolment.LearnerRef)
                .ToDictionaryAsync(e => e.Enrolment.LearnerRef, e => $"{e.LastName} {e.FirstName}", cancellationToken: cancellation);
        var there = (await list.LatestAsync(organisation.Id, asked, cancellation)).Count > 0;
        return new IssuingModel(
            status.State,
            status.Made?.Issued ?? 0,
            [.. refused.Select(r => Without(r, names, texts))],
            there ? Zip(organisation.Id, asked) : null);
    }

    private static WithoutStatement Without(StatementRefused refused, Dictionary<Reference, string> names, Texts texts)
    {
        var learner = Reference.Parse(refused.Learner);
        return new WithoutStatement(
            learner.Key, names.GetValueOrDefault(learner, refused.Learner), texts[$"statement.why.{refused.Code}"]);
    }

    private static string Zip(OrganisationId organisation, TrainingStatements asked)
    {
        var (of, query) = ($"/api/organisations/{organisation}/trainings/{asked.Training.Key}/statements/zip", StatementForms.Of(asked));
        return $"{of}?kind={query.Kind}&first={query.First}&last={query.Last}";
    }

    private static string Person(string account) => AccountId.TryParse(account, out var id) ? id.Person.Value : account;
}
