using Azure;
using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences.Reasons;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Storage;
using Emargement.Web.Absences;

namespace Emargement.Functions.Pages.Absences;

/// <summary>Does what a form of the page of reasons asks for: adds one, adds what one is for a funder, or changes either.</summary>
public sealed class ChangeReasonByForm(SaveReason save)
{
    public Task<Result<Stored<AbsenceReason>>> RunAsync(OrganisationId holder, FormFields form, CancellationToken cancellation)
    {
        var code = (form.Text("code") ?? "").ToUpperInvariant();
        var paid = Enum.TryParse<PaidAbsence>(form.Text("paid"), out var said) && Enum.IsDefined(said) ? said : PaidAbsence.Unknown;
        return form.Text("act") switch
        {
            ReasonsModel.Add => save.AddAsync(
                holder,
                new ReasonBody(
                    code, form.Text("label") ?? "", Ticked("justified"), paid, Ticked("document"), Ticked("presence"), Ticked("learners"),
                    Ticked("health"), Ticked("active"), form.Text("funder"), form.Text("funderCode")),
                cancellation),
            ReasonsModel.Save when form.Text("version") is { Length: > 0 } version => save.ChangeAsync(
                holder,
                code,
                form.Text("funder"),
                new ReasonPatch(
                    form.Text("label"), Ticked("justified"), paid, Ticked("document"), Ticked("presence"), Ticked("learners"),
                    Ticked("health"), Ticked("active"), form.Text("funderCode") ?? ""),
                new ETag(version),
                cancellation),
            _ => Task.FromResult<Result<Stored<AbsenceReason>>>(Refusal.BadInput("form-invalid")),
        };

        bool Ticked(string name) => form.Text(name) is not null;
    }
}
