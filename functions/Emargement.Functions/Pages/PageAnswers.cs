using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Pages;

/// <summary>Answers requests with pages: in the reader's language, under the organisation's name.</summary>
internal static class PageAnswers
{
    /// <summary>Name of the query value and of the cookie by which a person chooses a language.</summary>
    private const string Choice = "lang";

    private static readonly TimeSpan ChoiceKept = TimeSpan.FromDays(365);

    /// <summary>
    /// In the language that the address or the cookie chose, else the reader's own, else the one that the browser prefers.
    /// </summary>
    /// <param name="own">The language in which the reader is written to, when it is known who reads.</param>
    public static Texts Texts(this HttpRequest request, string? own = null) => Web.Platform.Texts.For(
        Web.Platform.Texts.Choose(
            request.Query[Choice].FirstOrDefault() ?? request.Cookies[Choice] ?? own, request.Headers.AcceptLanguage));

    public static async Task<IResult> PageAsync<TPage, TModel>(
        this HttpRequest request, Organisation? organisation, TModel model, int status = StatusCodes.Status200OK, string? own = null)
        where TPage : PageComponent<TModel>
        where TModel : class
    {
        KeepChoice(request);
        if (organisation is not null)
        {
            KnownOrganisations.Keep(request, organisation.Id);
        }

        var loggers = request.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>();
        return await RenderedPage.RenderAsync<TPage, TModel>(
            Frame(request, organisation) with { Texts = request.Texts(own) }, model, status, loggers);
    }

    /// <summary>A page of an organisation, or why there is none to show.</summary>
    /// <param name="show">Makes what the page shows.</param>
    public static async Task<IResult> ShowAsync<TPage, TModel>(
        this HttpRequest request, Result<Organisation> organisation, Func<Organisation, Task<Result<TModel>>> show)
        where TPage : PageComponent<TModel>
        where TModel : class
    {
        var model = await organisation.ThenAsync(show);
        return model.IsOk
            ? await request.PageAsync<TPage, TModel>(organisation.Value, model.Value)
            : await request.RefusalPageAsync(organisation.Value, model.Refusal);
    }

    /// <summary>A page that says why there is nothing else to show.</summary>
    public static Task<IResult> RefusalPageAsync(this HttpRequest request, Organisation? organisation, Refusal refusal)
    {
        request.HttpContext.RequestServices.GetRequiredService<Instruments>().Refused(refusal.Code);
        var status = Problem.StatusOf(refusal.Kind);
        var texts = request.Texts();
        var home = new LinkModel(Home(request.Caller(), organisation), texts["message.home"]);
        var model = new MessageModel(texts[$"refused.{status}"], texts.Refusal(refusal, organisation?.Zone), home);
        return request.PageAsync<MessagePage, MessageModel>(organisation, model, status);
    }

    /// <summary>The sentence for a refusal; instants in it become hours of the site.</summary>
    public static string Refusal(this Texts texts, Refusal refusal, SiteZone? zone = null) =>
        texts.Refusal(refusal.Code, refusal.Args, zone);

    private static PageFrame Frame(HttpRequest request, Organisation? organisation)
    {
        var caller = request.Caller();
        var path = request.PagePath(out var isOwn);
        return new PageFrame
        {
            Texts = request.Texts(),
            Path = isOwn ? path + WithoutChoice(request) : path,
            Organisation = organisation?.Id,
            OrganisationName = organisation?.Name,
            SignedIn = organisation is not null && caller.IsOf(organisation.Id) && caller.Account is not null,
            Home = Home(caller, organisation),
            Nav = organisation is null ? [] : [.. ManagerNav.Of(caller, organisation.Id, path), .. OfficerNav.Of(caller, path)],
            Zone = organisation?.Zone ?? SiteZone.Paris,
        };
    }

    private static string Home(Caller caller, Organisation? organisation) =>
        organisation is null ? "/"
        : !caller.IsOf(organisation.Id) ? organisation.Id.Pages
        : HomeOf(caller, organisation.Id);

    /// <summary>Where somebody who is signed in starts.</summary>
    public static string HomeOf(Caller caller, OrganisationId organisation) => caller.Kind switch
    {
        Callers.OneFactor => $"{organisation.Pages}/second-step",
        Callers.Trainer or Callers.Manager => $"/o/{organisation}/today",
        Callers.Officer => $"{organisation.Pages}/months",
        Callers.Tablet when caller.Week is { } handed => $"/o/{organisation}/placements/{handed.Placement}/week",
        Callers.Tablet => $"/o/{organisation}/sessions/{caller.Session}/tablet",
        _ => $"/o/{organisation}/sign",
    };

    /// <summary>Where the reader wants to go on to, or null: a path of this site and nothing that a browser reads as another one's
    /// address.</summary>
    public static string? OwnPath(string? back) =>
        back is { Length: > 1 and < 512 } && back[0] == '/' && back[1] is not ('/' or '\\')
            && !back.Any(char.IsControl) && !back.Contains('\\', StringComparison.Ordinal)
            ? back
            : null;

    private static QueryString WithoutChoice(HttpRequest request) =>
        new QueryBuilder(
            request.Query.Where(q => q.Key != Choice).Select(q => KeyValuePair.Create(q.Key, q.Value.ToString()))).ToQueryString();

    private static void KeepChoice(HttpRequest request)
    {
        if (request.Query[Choice].FirstOrDefault() is { } chosen && Web.Platform.Texts.Languages.Contains(chosen))
        {
            var options = new CookieOptions { MaxAge = ChoiceKept, Path = "/", SameSite = SameSiteMode.Lax, HttpOnly = true };
            request.HttpContext.Response.Cookies.Append(Choice, chosen, options);
        }
    }
}
