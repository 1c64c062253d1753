using Azure;
using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Absences.Reasons;

/// <param name="Funder">For whose learners alone it is so; then its label is that of all.</param>
public sealed record ReasonBody(
    string Code,
    string Label = "",
    bool Justified = true,
    PaidAbsence Paid = PaidAbsence.Unknown,
    bool DocumentRequired = false,
    bool CountsAsPresence = false,
    bool LearnerMayFile = false,
    bool Health = false,
    bool Active = true,
    string? Funder = null,
    string? FunderCode = null)
{
    internal AbsenceReason ToReason() => new(Code, Label, Justified, DocumentRequired, LearnerMayFile, Health)
    {
        CountsAsPresence = CountsAsPresence,
        Paid = Paid,
        Active = Active,
        Funder = Funder,
        FunderCode = FunderCode,
    };
}

/// <summary>What is to change; what is left out stays.</summary>
/// <param name="FunderCode">Empty for none.</param>
public sealed record ReasonPatch(
    string? Label = null,
    bool? Justified = null,
    PaidAbsence? Paid = null,
    bool? DocumentRequired = null,
    bool? CountsAsPresence = null,
    bool? LearnerMayFile = null,
    bool? Health = null,
    bool? Active = null,
    string? FunderCode = null)
{
    internal AbsenceReason On(AbsenceReason reason) => new(
        reason.Code, Label ?? reason.Label, Justified ?? reason.Justified, DocumentRequired ?? reason.DocumentRequired,
        LearnerMayFile ?? reason.LearnerMayFile, Health ?? reason.Health)
    {
        CountsAsPresence = CountsAsPresence ?? reason.CountsAsPresence,
        Paid = Paid ?? reason.Paid,
        Active = Active ?? reason.Active,
        Funder = reason.Funder,
        FunderCode = FunderCode ?? reason.FunderCode,
    };
}

/// <summary>Adds reasons to the list of an organisation or of a Région, and changes them. What was decided before keeps its own.</summary>
public sealed class SaveReason(ReasonsTable table, KnownReasons known)
{
    /// <summary>The version of a usual reason that nobody has changed.</summary>
    public static ETag Unchanged { get; } = new("\"usual\"");

    /// <summary>All of a list with its versions: the usual ones too, but for a Région, whose list is what it writes.</summary>
    public async Task<IReadOnlyList<Stored<AbsenceReason>>> ListAsync(OrganisationId holder, CancellationToken cancellation)
    {
        var written = await table.ListAsync(holder, cancellation);
        var usual = holder.Region is null ? ReasonList.Usual : [];
        var labels = usual.Concat(written.Select(w => w.Value)).Where(r => r.Funder is null).ToLookup(r => r.Code, r => r.Label);
        return
        [
            .. usual.Where(u => written.All(w => w.Value.Code != u.Code || w.Value.Funder is not null))
                .Select(u => new Stored<AbsenceReason>(u, Unchanged))
                .Concat(written)
                .Select(r => r.Value.Funder is null ? r : r with { Value = r.Value with { Label = labels[r.Value.Code].Last() } })
                .OrderBy(r => OrderOf(r.Value.Code)).ThenBy(r => r.Value.Code, StringComparer.Ordinal)
                .ThenBy(r => r.Value.Funder, StringComparer.Ordinal),
        ];
    }

    /// <returns>The reason, the same again for the same; or <c>reason-exists</c>, <c>reason-code-unknown</c> for a funder of none,
    /// <c>too-many-reasons</c>, <c>funder-missing</c>, what the rule refuses.</returns>
    public async Task<Result<Stored<AbsenceReason>>> AddAsync(OrganisationId holder, ReasonBody body, CancellationToken cancellation)
    {
        var all = await ListAsync(holder, cancellation);
        var funder = Statement.Tidy(body.Funder)?.ToUpperInvariant();
        var general = all.FirstOrDefault(r => r.Value.Code == body.Code && r.Value.Funder is null)?.Value;
        if (funder is not null && (general is null || !Reference.TryParse(funder, out _)))
        {
            return Refusal.BadInput(general is null ? "reason-code-unknown" : "funder-missing");
        }

        var asked = (body.ToReason() with { Funder = funder, Label = funder is null ? body.Label : general!.Label }).Tidy();
        if (!asked.IsOk)
        {
            return asked.Refusal;
        }

        if (all.FirstOrDefault(r => r.Value.Code == body.Code && r.Value.Funder == funder) is { } there)
        {
            return there.Value == asked.Value ? there : Refusal.Conflict("reason-exists");
        }

        if (all.Count(r => r.Value.Funder is null == funder is null) >= ReasonList.Most)
        {
            return Refusal.Conflict("too-many-reasons");
        }

        return await WriteAsync(holder, asked.Value, default, cancellation);
    }

    /// <returns>The reason as changed; or <c>reason-code-unknown</c>, <c>changed-meanwhile</c>, what the rule refuses.</returns>
    public async Task<Result<Stored<AbsenceReason>>> ChangeAsync(
        OrganisationId holder, string code, string? funder, ReasonPatch patch, ETag read, CancellationToken cancellation)
    {
        var all = await ListAsync(holder, cancellation);
        if (all.FirstOrDefault(r => r.Value.Code == code && r.Value.Funder == funder) is not { } there)
        {
            return Refusal.NotFound("reason-code-unknown");
        }

        var changed = patch.On(there.Value).Tidy();
        return !changed.IsOk ? changed.Refusal
            : (there.ETag == Unchanged) != (read == Unchanged) ? Changed
            : await WriteAsync(holder, changed.Value, read == Unchanged ? default : read, cancellation);
    }

    private static Refusal Changed { get; } = Refusal.Of("changed-meanwhile", RefusalKind.PreconditionFailed);

    private async Task<Result<Stored<AbsenceReason>>> WriteAsync(
        OrganisationId holder, AbsenceReason reason, ETag read, CancellationToken cancellation)
    {
        if (await table.WriteAsync(holder, reason, read, cancellation) is not { } written)
        {
            return Changed;
        }

        known.Forget(holder);
        return new Stored<AbsenceReason>(reason, written);
    }

    private static int OrderOf(string code) =>
        ReasonList.Usual.Index().Where(u => u.Item.Code == code).Select(u => u.Index).FirstOrDefault(int.MaxValue);
}
