using System.Net;
using Emargement.Domain.Sessions;
using Emargement.Tests.Web;
using Emargement.Web.Platform;

namespace Emargement.Tests.Sessions;

public sealed class SessionNeedsTests
{
    [Theory]
    [InlineData(SessionState.Planned, "08:15:00", 0, null)]
    [InlineData(SessionState.Planned, "08:15:01", 0, SessionNeed.NotOpened)]
    [InlineData(SessionState.Open, "08:15:00", 0, null)]
    [InlineData(SessionState.Open, "08:15:01", 4, SessionNeed.Unsigned)]
    [InlineData(SessionState.Open, "08:15:01", 5, null)]
    [InlineData(SessionState.Open, "11:45:00", 10, null)]
    [InlineData(SessionState.Open, "11:45:01", 10, SessionNeed.NotClosed)]
    [InlineData(SessionState.Closed, "12:00:00", 0, null)]
    [InlineData(SessionState.Cancelled, "12:00:00", 0, null)]
    public void A_manager_is_led_to_what_nobody_opened_hardly_anybody_signed_or_nobody_closed(
        SessionState state, string time, int signed, SessionNeed? need) =>
        SessionNeeds.Of(state, Example.At("08:00:00"), Example.At("11:45:00"), signed, expected: 10, Example.At(time)).ShouldBe(need);

    [Theory]
    [InlineData("11:45:00", null)]
    [InlineData("11:45:01", SessionNeed.PaperDue)]
    public void Nobody_opens_what_is_signed_on_paper(string time, SessionNeed? need) =>
        SessionNeeds.Of(SessionState.Planned, Example.At("08:00:00"), Example.At("11:45:00"), 0, 10, Example.At(time), onPaper: true)
            .ShouldBe(need);

    [Fact]
    public async Task The_page_of_the_day_says_each_of_them()
    {
        var page = WebUtility.HtmlDecode(await GalleryPages.HtmlAsync("today", Texts.For("fr")));

        page.ShouldSatisfyAllConditions(
            p => p.ShouldContain("Pas encore ouverte"), p => p.ShouldContain("Peu de signatures"), p => p.ShouldContain("À fermer"));
    }
}
