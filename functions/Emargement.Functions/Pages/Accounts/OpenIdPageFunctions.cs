using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.OpenId;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Accounts;

/// <summary>Signing in by a provider: the way there, and the way back.</summary>
public sealed class OpenIdPageFunctions(
    OrganisationSettings organisations,
    AskProvider ask,
    TakeAnswer take,
    OpenIdCookie cookie,
    AccountSessions sessions,
    PublicAddress address)
{
    private const string Callback = "oidc/callback";

    /// <summary>Sends the browser to a provider. Only a press of a button does (ASVS 5.0, 7.6.2).</summary>
    [Function("SignInByProvider")]
    [Public("Nobody is known before signing in; it changes nothing but this browser's own cookie.", PerMinute = 600)]
    [Page(Of = "o/{org}")]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "o/{org}/sign-in/{provider}")] HttpRequest request,
        CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        var form = await organisation.ThenAsync(_ => request.ReadFieldsAsync(cancellation));
        var asked = await form.ThenAsync(fields => ask.RunAsync(
            organisation.Value!.Id,
            request.RouteText("provider"),
            PageAnswers.OwnPath(fields.Text("back")),
            fields.Text("invitation"),
            $"{address.Of(request)}/{Callback}",
            cancellation));
        return asked.IsOk ? await LeaveAsync(request, asked.Value) : await request.RefusalPageAsync(organisation.Value, asked.Refusal);
    }

    /// <summary>Takes what a provider sent the browser back with, once, and signs whoever it is in.</summary>
    [Function("FinishSignInByProvider")]
    [Public("Nobody is known before signing in; the answer is taken only from the browser that asked, once.", PerMinute = 600)]
    [Page]
    [Audit(AuditKind.SignIn)]
    public async Task<IResult> Finish(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Callback)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var asked = cookie.Take(request.HttpContext);
        var taken = take.RunAsync(asked, AnswerOf(request.Query), $"{address.Of(request)}/{Callback}", cancellation);
        var entry = await client.SendAsync(taken, e => e.Mails, cancellation);
        var started = await entry.ThenAsync(
            e => sessions.StartAsync(request.HttpContext, e.Organisation, e.Account, stay: false, e.Proof, cancellation));
        return started.IsOk
            ? Results.Redirect(entry.Value!.Back ?? $"/o/{entry.Value.Organisation}/today")
            : await RefuseAsync(request, asked, started.Refusal, cancellation);
    }

    // A page that goes on by itself, and no redirect: browsers hold every redirect after a form to the page's own form-action, here and on
    // the provider's side.
    private async Task<IResult> LeaveAsync(HttpRequest request, ProviderAsked asked)
    {
        cookie.Write(request.HttpContext, asked.Asked);
        request.HttpContext.Response.Headers["Refresh"] = $"0; url={asked.Address.AbsoluteUri}";
        var texts = request.Texts();
        return await request.PageAsync<MessagePage, MessageModel>(null, new MessageModel(
            texts["provider.leaving", ("name", asked.Provider)],
            texts["provider.leaving-lead"],
            new LinkModel(asked.Address.AbsoluteUri, texts["provider.continue", ("name", asked.Provider)])));
    }

    private async Task<IResult> RefuseAsync(HttpRequest request, OpenIdAsked? asked, Refusal refusal, CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(asked?.Organisation, cancellation);
        if (organisation.IsOk && TakeAnswer.IsOfSomebody(refusal))
        {
            // The address says nowhere whose journal it is; what was sealed here does.
            request.HttpContext.NoteAudit(new AuditNote(organisation.Value.Id));
        }

        return await request.RefusalPageAsync(organisation.Value, refusal);
    }

    private static ProviderAnswer AnswerOf(IQueryCollection query) =>
        new(Text(query, "code"), Text(query, "state"), Text(query, "error"), Text(query, "iss"));

    private static string? Text(IQueryCollection query, string name) => query[name].FirstOrDefault();
}
