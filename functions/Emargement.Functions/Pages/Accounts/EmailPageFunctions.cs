using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Addresses;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Accounts;

/// <summary>The form of one's own account that changes the e-mail address. It needs no script.</summary>
public sealed class EmailPageFunctions(OrganisationSettings organisations, ChangeOwnEmail change, ShowAccount show)
{
    /// <summary>Changes one's own e-mail address, and shows one's account again.</summary>
    [Function("ChangeOwnEmailOnPage")]
    [Access(Callers.Trainer | Callers.Manager, PerMinute = 10)]
    [Page]
    public async Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "o/{org}/account")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => await ChangeAsync(request, client, cancellation);

    /// <summary>The same for an officer.</summary>
    [Function("ChangeOfficerEmailOnPage")]
    [Access(Callers.Officer, PerMinute = 10)]
    [Page]
    public async Task<IResult> ChangeOfOfficer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "r/{region}/account")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => await ChangeAsync(request, client, cancellation);

    private async Task<IResult> ChangeAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellation)
    {
        var form = await request.ReadFieldsAsync(cancellation);
        var changed = await client.SendAsync(
            form.ThenAsync(fields => ChangeAsync(request, fields, cancellation)), c => c.Batch, cancellation);
        return changed.IsOk
            ? Results.Redirect($"{AccountRoute.Own(request).Organisation.Pages}/account?email#email-form")
            : await ReturnAsync(request, form.Value?.Text("email"), changed.Refusal, cancellation);
    }

    private async Task<Result<QueuedMails<Account>>> ChangeAsync(
        HttpRequest request, FormFields fields, CancellationToken cancellation) =>
        fields.Text("act") != "email" ? Refusal.BadInput("form-invalid")
        : EmailAddress.TryParse(fields.Text("email"), out var email)
            ? await change.RunAsync(
                AccountRoute.Own(request),
                request.Caller().Device,
                new ChangeOwnEmailBody(fields.All("email-password").FirstOrDefault() ?? string.Empty, email),
                cancellation)
            : Refusal.BadInput("email-invalid");

    private async Task<IResult> ReturnAsync(HttpRequest request, string? typed, Refusal refusal, CancellationToken cancellation)
    {
        var organisation = await organisations.HolderAsync(request, cancellation);
        var shown = await organisation.ThenAsync(
            _ => show.RunAsync(AccountRoute.Own(request), request.Caller().Device, cancellation));
        return shown.IsOk
            ? await request.PageAsync<AccountPage, AccountPageModel>(
                organisation.Value,
                shown.Value with { EmailRefusal = request.Texts().Refusal(refusal), TypedEmail = typed },
                Problem.StatusOf(refusal.Kind))
            : await request.RefusalPageAsync(organisation.Value, shown.Refusal);
    }
}
