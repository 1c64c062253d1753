using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Portal;
using Emargement.Web.Portal;

namespace Emargement.Functions.Pages.Portal;

/// <param name="Act">One of <see cref="PortalActs"/>.</param>
public sealed record AnsweredMonth(string Act, OrganisationId Organisation);

/// <summary>Does what a form of an organisation's month asks for.</summary>
public sealed class AnswerMonthByForm(AnswerMonth answer)
{
    /// <returns>The act that was done; or <c>role-missing</c>, or what <see cref="AnswerMonth"/> refuses.</returns>
    public async Task<Result<AnsweredMonth>> RunAsync(PortalPlace place, FormFields form, Caller caller, CancellationToken cancellation)
    {
        var (act, reason) = (form.Text("act") ?? "", form.Text("reason") ?? "");
        var version = int.TryParse(form.Text("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
        var asked = act is PortalActs.Lock or PortalActs.Unlock ? OfficerRole.Leading : OfficerRole.Handling;
        if (caller.Role < asked)
        {
            return Refusal.Forbidden("role-missing");
        }

        var done = act switch
        {
            PortalActs.Acknowledge => await answer.AcknowledgeAsync(place, new AcknowledgementBody(version), caller, cancellation),
            PortalActs.Return => await answer.ReturnAsync(place, new ReturnBody(version, reason), caller, cancellation),
            PortalActs.Lock => await answer.LockAsync(place, caller, cancellation),
            PortalActs.Unlock => await answer.UnlockAsync(place, new UnlockBody(reason), caller, cancellation),
            _ => Refusal.BadInput("form-invalid"),
        };
        return done.Then(month => new AnsweredMonth(act, month.Organisation));
    }

    /// <summary>The act of that name, or null.</summary>
    internal static string? Known(string? act) =>
        act is PortalActs.Acknowledge or PortalActs.Return or PortalActs.Lock or PortalActs.Unlock ? act : null;
}
