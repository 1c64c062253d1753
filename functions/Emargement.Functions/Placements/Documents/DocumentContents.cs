using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sheets;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;

namespace Emargement.Functions.Placements.Documents;

/// <summary>Gathers what the document of a period prints. Names are read when it is written: the facts call people by reference.</summary>
public sealed class DocumentContents(
    LearnersTable learners, TrainingsTable trainings, EnrolmentsTable enrolments, AccountsTable accounts, TimeProvider time)
{
    /// <summary>A draft of a period as PDF, not sealed: the hours declared so far,
    /// and a place to sign by hand for each tutor who is awaited.</summary>
    /// <param name="file">Read with its drawings.</param>
    /// <returns>The PDF, or <c>document-unknown</c>.</returns>
    public async Task<Result<byte[]>> DraftAsync(PlacementFile file, string period, CancellationToken cancellation)
    {
        if (file.Period(period) is not { } found)
        {
            return Refusal.NotFound("document-unknown");
        }

        var (content, _) = await OfAsync(file, found, file.Organisation.Zone.ToLocal(time.GetUtcNow()), null, cancellation);
        return PlacementPdf.Write(content);
    }

    /// <param name="writtenAt">Local to the site.</param>
    /// <param name="proof">Null for a draft.</param>
    /// <returns>What is printed, and the names of the people in it, by who acted.</returns>
    public async Task<(PlacementDocumentContent Content, IReadOnlyDictionary<string, string> People)> OfAsync(
        PlacementFile file, ValidationPeriod period, DateTimeOffset writtenAt, SheetProof? proof, CancellationToken cancellation)
    {
        var placement = file.State.Placement;
        var learner = await learners.FindAsync(placement.Organisation, placement.LearnerRef, cancellation);
        var training = await trainings.FindAsync(placement.Organisation, placement.TrainingRef, cancellation);
        var enrolment = await enrolments.FindAsync(
            placement.Organisation, placement.TrainingRef, placement.Group, placement.LearnerRef, cancellation);
        var name = learner is null
            ? placement.LearnerRef.Value
            : $"{learner.Value.LastName.ToUpper(CultureInfo.GetCultureInfo("fr-FR"))} {learner.Value.FirstName}";
        var people = await StaffAsync(file, period, cancellation);
        people[$"learner:{placement.LearnerRef}"] = name;
        var (weeks, validations) = PlacementDocument.Of(
            file.State, period, file.Organisation.Zone.ToLocal, DrawingsOf(file), by => people.GetValueOrDefault(by, by));
        var content = new PlacementDocumentContent
        {
            Organisation = new SheetOrganisation(file.Organisation.Name, file.Organisation.Nda, file.Organisation.Siret),
            Training = training?.Value.Title ?? placement.TrainingRef.Value,
            RegionNumber = training?.Value.RegionNumber,
            OrderNumber = enrolment?.Value.Enrolment.On(period.First)?.OrderNumber ?? training?.Value.OrderNumber,
            Group = placement.Group,
            Learner = name,
            Company = placement.Terms.Company,
            First = period.First,
            Last = period.Last,
            TimeZone = file.Organisation.Zone.Name,
            Weeks = weeks,
            Validations =
            [
                .. validations.Select(v => v.Name == placement.Organisation.Value ? v with { Name = file.Organisation.Name } : v),
            ],
            WrittenAt = writtenAt,
            Proof = proof,
            Awaited = proof is null
                ? [.. file.Calendar.Sections(period).Select(s => s.Tutor).Where(t => Awaits(file, t)).Select(t => t.Name)]
                : [],
        };
        return (content, people);
    }

    // Those of the organisation who stated something of the period, or handed their device over for it.
    private async Task<Dictionary<string, string>> StaffAsync(
        PlacementFile file, ValidationPeriod period, CancellationToken cancellation)
    {
        var people = new Dictionary<string, string>();
        foreach (var by in file.State.StatementsOf(period).Select(fact => fact.By).Distinct())
        {
            if (AccountId.TryParse(by, out var account)
                && account.Kind != AccountKind.Learner
                && await accounts.FindAsync(file.Organisation.Id, account, cancellation) is { } found)
            {
                people[by] = found.Value.DisplayName;
            }
        }

        return people;
    }

    private static bool Awaits(PlacementFile file, TutorPeriod tutor) =>
        file.Calendar.Expected(tutor.From, tutor.To).Any(d => file.State.Day(d).Phase != DayPhase.Settled)
            || TutorStatements.ToValidate(file.State, tutor).Any();

    private static Dictionary<string, string> DrawingsOf(PlacementFile file) => file.Stored
        .Where(s => s.Drawing is not null)
        .Select(s => (Sha: s.Fact is Declared d ? d.Signature.DrawingSha256 : (s.Fact as Validated)?.Signature.DrawingSha256, s.Drawing))
        .Where(d => d.Sha is not null)
        .DistinctBy(d => d.Sha)
        .ToDictionary(d => d.Sha!, d => d.Drawing!);
}
