using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months.Amendments;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Portal.Amendments;

/// <summary>Amendments that were asked of a Région, those that wait first, then the newest.</summary>
public sealed record PortalAmendmentList(int Waiting, IReadOnlyList<RegionAmendmentRow> Amendments);

/// <summary>One correction of a learner whom the Région pays.</summary>
/// <param name="Session">As <c>seance_ref</c>.</param>
/// <param name="LastName">As the last version says it; null where it does not name the learner.</param>
/// <param name="DoneBefore">Minutes done, as the record says and as it would say.</param>
public sealed record PortalAmendmentLine(
    DateOnly Date,
    HalfDay HalfDay,
    Reference Session,
    Reference Learner,
    string? LastName,
    string? FirstName,
    AttendanceStatus Before,
    int DoneBefore,
    AttendanceStatus After,
    int DoneAfter);

/// <summary>What an organisation asks to amend, line by line.</summary>
public sealed record PortalAmendment(
    RegionAmendmentRow Summary, string Reason, string? Answer, IReadOnlyList<PortalAmendmentLine> Lines);

/// <summary>What a Région reads of amendments, and its answer.</summary>
public sealed class PortalAmendments(
    RegionAmendmentsTable rows, PortalMonths portal, MonthsTable months, AnswerAmendment answer, ExportContainer container)
{
    /// <summary>Amendments of an answer.</summary>
    internal const int Most = 500;

    /// <summary>One range.</summary>
    public async Task<Result<PortalAmendmentList>> ListAsync(RegionCode region, CancellationToken cancellation)
    {
        var all = await rows.ListAsync(region, cancellation);
        return new PortalAmendmentList(
            all.Count(r => r.State == AmendmentState.Proposed),
            [
                .. all.OrderBy(r => r.State != AmendmentState.Proposed).ThenByDescending(r => r.AnsweredAt ?? r.At).Take(Most),
            ]);
    }

    /// <returns>The amendment with its lines; or <c>organisation-unknown</c>, <c>amendment-unknown</c>.</returns>
    public async Task<Result<PortalAmendment>> ShowAsync(PortalPlace place, int number, CancellationToken cancellation)
    {
        var found = await portal.VersionsAsync(place, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var organisation = found.Value.Row.Organisation;
        return await months.AmendmentAsync(organisation, place.Month, number, cancellation) is { } asked
            ? await ShownAsync(found.Value, asked, cancellation)
            : Refusal.NotFound("amendment-unknown");
    }

    /// <returns>The amendment as it stands then; or <c>organisation-unknown</c>, <c>amendment-unknown</c>,
    /// <c>amendment-decided</c>, <c>reason-missing</c>, <c>reason-invalid</c>.</returns>
    public async Task<Result<AnsweredAmendment>> AnswerAsync(
        PortalPlace place, int number, AmendmentAnswer body, Caller caller, CancellationToken cancellation)
    {
        var row = await portal.FindAsync(place, cancellation);
        return await row.ThenAsync(async found =>
            (await answer.RunAsync(found.Organisation, place.Month, number, body, caller, cancellation))
                .Then(answered => new AnsweredAmendment(found.Organisation, answered)));
    }

    private async Task<Result<PortalAmendment>> ShownAsync(PortalVersions found, Amendment asked, CancellationToken cancellation)
    {
        var named = asked.Items.Select(i => CsvCell.Of(i.Learner.Value)).ToHashSet(StringComparer.Ordinal);
        var names = new Dictionary<string, (string Last, string First)>(StringComparer.Ordinal);
        await foreach (var row in ExportRows.ReadAsync(container, found.Last!, RegionFiles.SummaryName, cancellation))
        {
            if (named.Contains(row["stagiaire_ref"]))
            {
                names[row["stagiaire_ref"]] = (row["nom"], row["prenom"]);
            }
        }

        var summary = new RegionAmendmentRow(
            asked.Month, found.Row.Nda, found.Row.Organisation, asked.Number, found.Row.Name, asked.State, asked.Items.Count, asked.At,
            asked.AnsweredAt, asked.Version);
        return new PortalAmendment(summary, asked.Reason, asked.Answer, [.. asked.Items.Select(item => LineOf(item, names))]);
    }

    private static PortalAmendmentLine LineOf(AmendmentItem item, Dictionary<string, (string Last, string First)> names)
    {
        var known = names.TryGetValue(CsvCell.Of(item.Learner.Value), out var name);
        return new PortalAmendmentLine(
            item.Session.Date, item.Session.HalfDay, item.Session.Reference, item.Learner, known ? name.Last : null,
            known ? name.First : null, item.Before, item.DoneBefore, item.After, item.DoneAfter);
    }
}

/// <summary>An amendment with the Région's answer, and whose it is.</summary>
public sealed record AnsweredAmendment(OrganisationId Organisation, Amendment Amendment);
