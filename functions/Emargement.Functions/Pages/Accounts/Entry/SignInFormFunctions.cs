using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Recovery;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Accounts.Entry;

/// <summary>The forms with which people sign in or get a new password, where no script sends them.</summary>
public sealed class SignInFormFunctions(
    OrganisationSettings organisations,
    SignIn signIn,
    ShowSignIn show,
    AskRecovery ask,
    RecoverByCode recover,
    TellPasswordChanged tell)
{
    /// <summary>Signs somebody in and leads on: to the second step, to where they came from, or home.</summary>
    [Function("SignInOnPage")]
    [Public("Nobody is known before signing in; tries are counted per login, and whole schools share a network.", PerMinute = 6000)]
    [Page]
    [Audit(AuditKind.SignIn)]
    public Task<IResult> SignIn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "o/{org}")] HttpRequest request, CancellationToken cancellation) =>
        SignInAsync(request, cancellation);

    /// <summary>Signs an officer of a Région in and leads on.</summary>
    [Function("SignInOfficerOnPage")]
    [Public("Nobody is known before signing in; tries are counted per login.", PerMinute = 600)]
    [Page]
    [Audit(AuditKind.SignIn)]
    public Task<IResult> SignInOfficer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "r/{region}")] HttpRequest request, CancellationToken cancellation) =>
        SignInAsync(request, cancellation);

    /// <summary>Sends a link for a new password, whether or not there is such a login; or takes a code on paper with the new one.</summary>
    [Function("RecoverOnPage")]
    [Public("Nobody who forgot the password can sign in; every login gets the same answer, and codes are counted per login.",
        PerMinute = 60)]
    [Page]
    [Audit(AuditKind.Password)]
    public Task<IResult> Recover(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "o/{org}/password")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => RecoverAsync(request, client, cancellation);

    /// <summary>The same for an officer of a Région.</summary>
    [Function("RecoverOfficerOnPage")]
    [Public("Nobody who forgot the password can sign in; every login gets the same answer.", PerMinute = 60)]
    [Page]
    [Audit(AuditKind.Password)]
    public Task<IResult> RecoverOfficer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "r/{region}/password")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => RecoverAsync(request, client, cancellation);

    private Task<IResult> SignInAsync(HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.HolderAsync(request, cancellation),
            (organisation, form) => SignInAsync(request, organisation, form, cancellation),
            cancellation);

    private Task<IResult> RecoverAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.HolderAsync(request, cancellation),
            (organisation, form) => RecoverAsync(request, client, organisation, form, cancellation),
            cancellation);

    private async Task<IResult> SignInAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var back = PageAnswers.OwnPath(request.Query["back"].FirstOrDefault());
        var body = new SignInBody(form.Text("login") ?? string.Empty, Password(form), form.Text("staySignedIn") is not null);
        var started = await signIn.RunAsync(request.HttpContext, organisation.Id, body, cancellation);
        if (!started.IsOk)
        {
            var model = await show.RunAsync(organisation, back, cancellation);
            return await request.PageAsync<SignInPage, SignInModel>(
                organisation,
                model with { Login = form.Text("login"), Refusal = request.Texts().Refusal(started.Refusal, organisation.Zone) },
                Problem.StatusOf(started.Refusal.Kind));
        }

        var home = started.Value.Account.Id.Kind switch
        {
            AccountKind.Learner => "sign",
            AccountKind.Officer => "months",
            _ => "today",
        };
        var then = back ?? $"{organisation.Id.Pages}/{home}";
        return Results.Redirect(started.Value.Next is null
            ? then
            : $"{organisation.Id.Pages}/second-step?back={Uri.EscapeDataString(then)}");
    }

    private async Task<IResult> RecoverAsync(
        HttpRequest request, DurableTaskClient client, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var act = form.Text("act") == PasswordActs.Code ? PasswordActs.Code : PasswordActs.Link;
        var refused = act == PasswordActs.Code
            ? await ByCodeAsync(request, client, organisation.Id, form, cancellation)
            : await ByLinkAsync(request, client, organisation.Id, form, cancellation);
        var model = new PasswordPageModel(organisation.Id.Value, organisation.Name);
        return refused is null
            ? await request.PageAsync<PasswordPage, PasswordPageModel>(organisation, model with { Done = act })
            : await request.PageAsync<PasswordPage, PasswordPageModel>(
                organisation,
                model with { Returned = request.Returned(act, form, refused, organisation) },
                Problem.StatusOf(refused.Kind));
    }

    private async Task<Refusal?> ByLinkAsync(
        HttpRequest request, DurableTaskClient client, OrganisationId organisation, FormFields form, CancellationToken cancellation)
    {
        // A wish: no password changed.
        request.HttpContext.NoteAudit(new AuditNote(organisation, AuditKind.Act));
        var asked = await ask.RunAsync(organisation, form.Text("login") ?? string.Empty, ClientNetwork.Of(request), cancellation);
        if (asked.IsOk)
        {
            await client.StartOnceAsync(RecoverAccountOrchestrator.Name, asked.Value.InstanceId, asked.Value, cancellation);
        }

        return asked.Refusal;
    }

    private async Task<Refusal?> ByCodeAsync(
        HttpRequest request, DurableTaskClient client, OrganisationId organisation, FormFields form, CancellationToken cancellation)
    {
        var body = new RecoverByCodeBody(form.Text("reference") ?? string.Empty, form.Text("printed") ?? string.Empty, Password(form));
        var changed = await recover.RunAsync(organisation, body, ClientNetwork.Of(request), cancellation);
        if (changed.IsOk)
        {
            request.HttpContext.NoteSelf(organisation, changed.Value.Id);
            await client.SendAsync(await tell.RunAsync(organisation, changed.Value, cancellation), cancellation);
        }

        return changed.Refusal;
    }

    // As it was typed: spaces around a password are part of it.
    private static string Password(FormFields form) => form.All("password").FirstOrDefault() ?? string.Empty;
}
