using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Pages;

/// <summary>Forms that pages send by themselves. They call the same use cases as the API, and are answered with pages.</summary>
internal static class PageForms
{
    /// <summary>Acts on a form of an organisation's page, or shows why nothing can be done.</summary>
    public static async Task<IResult> RunAsync(
        HttpRequest request,
        Task<Result<Organisation>> organisation,
        Func<Organisation, FormFields, Task<IResult>> act,
        CancellationToken cancellation)
    {
        var found = await organisation;
        if (!found.IsOk)
        {
            return await request.RefusalPageAsync(null, found.Refusal);
        }

        var form = await request.ReadFieldsAsync(cancellation);
        return form.IsOk ? await act(found.Value, form.Value) : await request.RefusalPageAsync(found.Value, form.Refusal);
    }

    /// <summary>Shows a page again whose form was refused; the refusal alone, when the page cannot be shown.</summary>
    /// <param name="shown">The page as a GET shows it.</param>
    /// <param name="returned">The same with what was typed, and why it came back.</param>
    public static async Task<IResult> ReturnAsync<TPage, TModel>(
        this HttpRequest request,
        Organisation organisation,
        Refusal refusal,
        Task<Result<TModel>> shown,
        Func<TModel, TModel> returned)
        where TPage : PageComponent<TModel>
        where TModel : class
    {
        var model = await shown;
        return model.IsOk
            ? await request.PageAsync<TPage, TModel>(organisation, returned(model.Value), Problem.StatusOf(refusal.Kind))
            : await request.RefusalPageAsync(organisation, refusal);
    }

    /// <summary>Leads on once a form did what it asked for; shows its page again where it was refused.</summary>
    /// <param name="then">Where to go, of what was done.</param>
    /// <param name="show">Makes the page as a GET shows it.</param>
    /// <param name="returned">The same with what was typed, and the sentence that says why it came back.</param>
    public static async Task<IResult> AnswerAsync<TDone, TPage, TModel>(
        this HttpRequest request,
        Organisation organisation,
        Result<TDone> done,
        Func<TDone, string> then,
        Func<Task<Result<TModel>>> show,
        Func<TModel, string, TModel> returned)
        where TPage : PageComponent<TModel>
        where TModel : class =>
        done.IsOk
            ? Results.Redirect(then(done.Value))
            : await request.ReturnAsync<TPage, TModel>(
                organisation, done.Refusal, show(), shown => returned(shown, request.Texts().Refusal(done.Refusal, organisation.Zone)));

    /// <summary>Says that a new link is on its way to the address of whoever had the old one.</summary>
    public static Task<IResult> LinkRenewedAsync(this HttpRequest request)
    {
        var texts = request.Texts();
        return request.PageAsync<MessagePage, MessageModel>(
            null, new MessageModel(texts["renewed.title"], texts["script.renewed"]), StatusCodes.Status202Accepted);
    }

    /// <summary>The form as its page shows it again.</summary>
    public static ReturnedForm Returned(
        this HttpRequest request, string id, FormFields form, Refusal refusal, Organisation? organisation = null) =>
        new(id, request.Texts().Refusal(refusal, organisation?.Zone), form.Typed);
}
