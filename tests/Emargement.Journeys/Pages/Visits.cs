using System.Globalization;
using Emargement.Journeys.Platform;

namespace Emargement.Journeys.Pages;

/// <summary>Opens pages as people do, checks what every page must hold, follows where each leads, and remembers what was opened.</summary>
public sealed class Visits
{
    private const int Redirections = 3;

    private readonly HashSet<(string Method, string Path)> _opened = [];
    private readonly HashSet<(Client Who, Uri Address)> _followed = [];

    /// <summary>The routes at which nobody has found their page yet.</summary>
    public IReadOnlyList<PageRoute> Missing(IEnumerable<PageRoute> routes) =>
        [.. routes.Where(route => !_opened.Any(o => route.Takes(o.Method, o.Path)))];

    /// <summary>Opens a page, then everything of the same server that it leads to.</summary>
    /// <param name="who">Whose cookies are sent.</param>
    /// <param name="address">A path, or the whole address in a mail.</param>
    /// <param name="status">What the page answers with in the end: a refusal is a page too.</param>
    /// <returns>Where it ended, redirections followed.</returns>
    public async Task<Uri> OpenAsync(Client who, string address, CancellationToken cancellation, int status = 200)
    {
        var (at, page) = await EndAsync(who, address, status, cancellation);
        await FollowAsync(who, at, page.ShouldNotBeNull($"{at} is no page"), status, cancellation);
        return at;
    }

    /// <summary>Sends a page's form.</summary>
    /// <param name="status">What the page answers with: a form that is shown again is a page too.</param>
    public async Task SubmitAsync(
        Client who, string address, HttpContent form, CancellationToken cancellation, int status = 200)
    {
        using var answer = await who.AnswerAsync(HttpMethod.Post, address, form, cancellation);
        var page = (await ReadAsync(answer, status, cancellation)).ShouldNotBeNull(address);
        if (status == 200)
        {
            await FollowAsync(who, answer.RequestMessage!.RequestUri!, page, status, cancellation);
        }
    }

    /// <summary>Sends a form with nothing in it, as a page does before its script has come: what is missing is said on a page, or the form
    /// leads back to one.</summary>
    public async Task SubmitEmptyAsync(Client who, string address, CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent([]);
        using var answer = await who.AnswerAsync(HttpMethod.Post, address, form, cancellation);
        ((int)answer.StatusCode).ShouldBeLessThan(500, address);
        if (answer.Headers.Location is { } next)
        {
            next.OriginalString.ShouldNotContain("back=", Case.Sensitive, $"{address} asks to sign in");
        }
        else
        {
            answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/html", address);
        }

        _opened.Add((HttpMethod.Post.Method, answer.RequestMessage!.RequestUri!.AbsolutePath));
    }

    private async Task FollowAsync(Client who, Uri at, Page page, int status, CancellationToken cancellation)
    {
        foreach (var link in page.Links.Where(link => _followed.Add((who, link))))
        {
            // In another window: a link may choose another language.
            using var aside = who.Aside();
            await EndAsync(aside, link.AbsoluteUri, link.AbsolutePath == at.AbsolutePath ? status : 200, cancellation);
        }
    }

    private async Task<(Uri At, Page? Page)> EndAsync(Client who, string address, int status, CancellationToken cancellation)
    {
        for (var left = Redirections; ; left--)
        {
            using var answer = await who.AnswerAsync(HttpMethod.Get, address, null, cancellation);
            var at = answer.RequestMessage!.RequestUri!;
            if (answer.Headers.Location is not { } next)
            {
                return (at, await ReadAsync(answer, status, cancellation));
            }

            left.ShouldBeGreaterThan(0, $"{at} leads on and on");
            var on = new Uri(at, next);
            if (on.AbsolutePath.StartsWith(at.AbsolutePath + "/", StringComparison.Ordinal))
            {
                // A page that shows one of its own is opened; one that sends away is not.
                _opened.Add((HttpMethod.Get.Method, at.AbsolutePath));
            }

            address = on.AbsoluteUri;
        }
    }

    /// <returns>Null when it is not a page but a file.</returns>
    private async Task<Page?> ReadAsync(HttpResponseMessage answer, int status, CancellationToken cancellation)
    {
        var (asked, at) = (answer.RequestMessage!.Method.Method, answer.RequestMessage.RequestUri!);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        ((int)answer.StatusCode).ShouldBe(status, string.Create(CultureInfo.InvariantCulture, $"{asked} {at}: {text}"));
        if (status == 200)
        {
            _opened.Add((asked, at.AbsolutePath));
        }

        if (answer.Content.Headers.ContentType?.MediaType != "text/html")
        {
            return null;
        }

        var page = new Page(at, text);
        page.Unresolved.ShouldBeEmpty($"texts of {at}");
        return page;
    }
}
