using System.Text;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Announcements;
using Emargement.Domain.Webhooks;

namespace Emargement.Tests.Webhooks;

/// <summary>When what was not taken is sent again, and how it is signed.</summary>
public sealed class DeliveryRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ten_tries_take_three_days_and_a_few_hours()
    {
        var (at, waits) = (Now, new List<TimeSpan>());
        for (var made = 1; DeliverySchedule.Next("evt_1", made, at, null) is { } next; made++)
        {
            waits.Add(next - at);
            at = next;
        }

        waits.Count.ShouldBe(DeliverySchedule.Tries - 1);
        waits[0].ShouldBeInRange(TimeSpan.FromSeconds(4.5), TimeSpan.FromSeconds(5.5));
        waits[^1].ShouldBeInRange(TimeSpan.FromHours(21.6), TimeSpan.FromHours(26.4));
        (at - Now).ShouldBeInRange(TimeSpan.FromHours(68), TimeSpan.FromHours(84));
    }

    [Fact]
    public void What_the_endpoint_asks_for_counts_when_it_is_longer_and_not_endless()
    {
        DeliverySchedule.Next("evt_1", 1, Now, TimeSpan.FromMinutes(10)).ShouldBe(Now.AddMinutes(10));
        DeliverySchedule.Next("evt_1", 1, Now, TimeSpan.FromSeconds(1)).ShouldNotBeNull().ShouldBeGreaterThan(Now.AddSeconds(4));
        DeliverySchedule.Next("evt_1", 1, Now, TimeSpan.FromDays(365)).ShouldNotBeNull().ShouldBeLessThan(Now.AddHours(27));
    }

    [Theory]
    [InlineData(200, DeliveryVerdict.Delivered, "as asked")]
    [InlineData(299, DeliveryVerdict.Delivered, "any 2xx")]
    [InlineData(301, DeliveryVerdict.Again, "a redirect is a failure")]
    [InlineData(410, DeliveryVerdict.Gone, "it wants nothing any more")]
    [InlineData(429, DeliveryVerdict.Again, "it is asked to slow down")]
    [InlineData(null, DeliveryVerdict.Again, "no answer")]
    public void An_answer_says_what_comes_next(int? status, DeliveryVerdict verdict, string because) =>
        DeliverySchedule.Judge(status).ShouldBe(verdict, because);

    [Fact]
    public void A_signature_is_that_of_the_standard_s_example()
    {
        var secret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        secret.Sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                DateTimeOffset.FromUnixTimeSeconds(1614265330),
                Encoding.UTF8.GetBytes("{\"test\": 2432232314}"))
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        secret.ToString().ShouldBe("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    }

    [Fact]
    public void The_same_news_has_the_same_id()
    {
        News("1").Id.ShouldBe(News("1").Id);
        News("2").Id.ShouldNotBe(News("1").Id);

        static Announcement News(string version) => new(
            OrganisationId.Parse("garonne"), AnnouncementTypes.SheetSealed, "session 20261123-1-S1", version, Now,
            new Dictionary<string, object>());
    }
}
