using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Accounts;

/// <summary>The page behind a link with which somebody opens their account: an activation, an invitation, a new password.</summary>
public sealed class ActivationPageFunctions(ShowActivation show, ChoosePassword choose)
{
    private const string Address = "a/{secret}";

    /// <summary>Shows what the link opens. Opening the page, by a person or by a mail scanner, changes nothing.</summary>
    [Function("ShowActivationPage")]
    [Public("The secret in the address is the proof; it has 128 bits and is used once.", PerMinute = 1200)]
    [Page]
    public Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Address)] HttpRequest request,
        CancellationToken cancellation) => ShowAsync(request, null, cancellation);

    /// <summary>Takes the password of a form that no script sent.</summary>
    [Function("ChoosePasswordOnPage")]
    [Public("The secret in the address is the proof; it has 128 bits and is used once.", PerMinute = 600)]
    [Page]
    [Audit(AuditKind.Password)]
    public async Task<IResult> Choose(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var form = await request.ReadFieldsAsync(cancellation);
        var chosen = await client.SendAsync(
            form.ThenAsync(fields => choose.RunAsync(request.RouteText("secret"), PasswordOf(fields), cancellation)),
            c => c.Batch,
            cancellation);
        return chosen.IsOk ? ToSignIn(request, chosen.Value.Done) : await ShowAsync(request, chosen.Refusal, cancellation);
    }

    // As it was typed: spaces around a password are part of it.
    private static string PasswordOf(FormFields fields) => fields.All("password").FirstOrDefault() ?? string.Empty;

    private static IResult ToSignIn(HttpRequest request, Activation chosen)
    {
        request.HttpContext.NoteSelf(chosen.Link.Organisation, chosen.Account.Id);
        return Results.Redirect(chosen.Link.Organisation.Pages);
    }

    private async Task<IResult> ShowAsync(HttpRequest request, Refusal? refused, CancellationToken cancellation)
    {
        var secret = request.RouteText("secret");
        var shown = await show.RunAsync(secret, cancellation);
        if (!shown.IsOk)
        {
            var none = new ActivationModel(secret, string.Empty, null, null, request.Texts().Refusal(shown.Refusal));
            return await request.PageAsync<ActivationPage, ActivationModel>(null, none, Problem.StatusOf(shown.Refusal.Kind));
        }

        return await request.PageAsync<ActivationPage, ActivationModel>(
            shown.Value.Organisation,
            shown.Value.Model with { Returned = refused is null ? null : request.Texts().Refusal(refused) },
            refused is null ? StatusCodes.Status200OK : Problem.StatusOf(refused.Kind));
    }
}
