namespace Emargement.Journeys.Pages;

/// <summary>What the journeys would find in a page, found in pages that are wrong on purpose.</summary>
public sealed class PageTests
{
    private static readonly Uri Address = new("https://emargement.example/o/garonne/today?date=2026-11-24");

    [Theory]
    [InlineData("<p>{count} sur {expected} ont signé</p>", new[] { "{count}", "{expected}" }, "values that nobody filled in")]
    [InlineData("<h1>choose.title</h1><p title=\"choose.hint\">", new[] { "choose.title", "choose.hint" }, "keys, in attributes too")]
    [InlineData("<p>zoe@stagiaire.example, emargement.example, 1.5</p>", new string[0], "dots alone are no key")]
    [InlineData("<script>{\"a\":\"{count} choose.title\"}</script>", new string[0], "scripts fill in their own sentences")]
    public void Texts_that_were_not_found_are_found(string html, string[] unresolved, string because) =>
        new Page(Address, html).Unresolved.ShouldBe(unresolved, because);

    [Fact]
    public void Links_forms_scripts_and_styles_of_the_same_server_are_where_a_page_leads()
    {
        const string html = """
            <link rel="stylesheet" href="/assets/site.css" /><script type="module" src="/assets/page.js"></script>
            <a class="skip" href="#content">x</a><a href="?date=2026-11-25&amp;q=1">x</a><a href="/v#code">x</a>
            <form method="get" action="/"><use href="#icon"></use></form><a href="/v">again</a>
            <link rel="icon" href="data:image/svg+xml,x" /><a href="https://elsewhere.example/">x</a>
            """;

        new Page(Address, html).Links.Select(l => l.PathAndQuery)
            .ShouldBe(["/assets/site.css", "/assets/page.js", "/o/garonne/today?date=2026-11-25&q=1", "/v", "/"]);
    }

    [Fact]
    public void A_route_that_nobody_opened_is_named()
    {
        var routes = PageRoutes.Of("""
            [
              { "name": "Root", "bindings": [ { "type": "httpTrigger", "methods": ["get"], "route": "{empty:maxlength(0)?}" } ] },
              { "name": "Today", "bindings": [
                { "type": "httpTrigger", "methods": ["get", "head"], "route": "o/{org}/today" }, { "type": "http" } ] },
              { "name": "Verdict", "bindings": [ { "type": "httpTrigger", "methods": ["post"], "route": "v" } ] },
              { "name": "Api", "bindings": [ { "type": "httpTrigger", "methods": ["get"], "route": "api/ready" } ] },
              { "name": "Nightly", "bindings": [ { "type": "timerTrigger" } ] }
            ]
            """);

        routes.Select(r => r.Function).ShouldBe(["Root", "Today", "Verdict"]);
        routes.Where(r => r.Takes("GET", "/o/garonne/today")).Select(r => r.Function).ShouldBe(["Today"]);
        routes.Where(r => r.Takes("GET", "/")).Select(r => r.Function).ShouldBe(["Root"]);
        routes.Where(r => r.Takes("GET", "/v") || r.Takes("GET", "/o/garonne/today/more")).ShouldBeEmpty();
        new Visits().Missing(routes).Select(r => r.Function).ShouldBe(["Root", "Today", "Verdict"]);
    }
}
