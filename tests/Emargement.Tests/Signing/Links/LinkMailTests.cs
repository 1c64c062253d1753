using System.Text.RegularExpressions;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Signing;
using Emargement.Functions.Signing.Links;
using Emargement.Tests.Sessions;
using Emargement.Web.Platform;

namespace Emargement.Tests.Signing.Links;

public sealed partial class LinkMailTests
{
    private const string Address = "https://emargement.example";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Links_go_to_one_to_the_unsigned_or_to_all_and_all_is_warned_against()
    {
        await using var world = await HalfDayWorld.StartAsync(learners: 4);
        await world.OpenAsync();
        await world.SignAsync(0);

        (await SendAsync(world, new SendLinksRequest(LinkTo.One, HalfDayWorld.Ref(2)))).ShouldBeOk().ShouldBe(new SentLinks(1, 0, 0, null));
        (await SendAsync(world, new SendLinksRequest(LinkTo.Unsigned))).ShouldBeOk().ShouldBe(new SentLinks(2, 1, 0, null));
        (await SendAsync(world, new SendLinksRequest(LinkTo.All))).ShouldBeOk().ShouldBe(new SentLinks(1, 3, 0, "mass-mail"));
        (await SendAsync(world, new SendLinksRequest(LinkTo.All))).ShouldBeOk().ShouldBe(new SentLinks(0, 4, 0, "mass-mail"));
    }

    [Fact]
    public async Task Links_are_refused_to_strangers_before_opening_and_where_mail_is_no_method()
    {
        await using var world = await HalfDayWorld.StartAsync();
        (await SendAsync(world, new SendLinksRequest(LinkTo.All))).ShouldBeRefused("session-not-open");
        await world.OpenAsync();
        (await SendAsync(world, new SendLinksRequest(LinkTo.One))).ShouldBeRefused("learner-missing");
        (await SendAsync(world, new SendLinksRequest(LinkTo.One, HalfDayWorld.Ref(50)))).ShouldBeRefused("not-enrolled");
        (await SendAsync(world, new SendLinksRequest(LinkTo.All), world.Trainer("F2"))).ShouldBeRefused("not-your-session");

        await using var token = await HalfDayWorld.StartAsync(methods: [Domain.Platform.SigningMethod.Token]);
        await token.OpenAsync();
        (await SendAsync(token, new SendLinksRequest(LinkTo.All))).ShouldBeRefused("method-not-allowed");
    }

    [Fact]
    public async Task The_mail_is_in_the_learners_language_and_its_link_signs()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();

        var mail = (await ComposeAsync(world, 1)).ShouldNotBeNull();

        (mail.To.Value, mail.Language).ShouldBe(("l1@example.fr", "fr"));
        mail.Subject.ShouldContain("Garonne Formation");
        mail.Text.ShouldContain("«\u00A0Soudure\u00A0»");
        var answer = (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Link, Secret(mail)))).ShouldBeOk();
        answer.Learner.Reference.ShouldBe(HalfDayWorld.Ref(1));
        (await world.SignAsync(answer.Ticket!, Caller.Nobody)).ShouldBeOk();
    }

    [Theory]
    [InlineData("de", "Garonne Formation: Unterschreiben Sie Ihre Anwesenheit um 9:00\u00a0Uhr", "Guten Tag Ada,")]
    [InlineData("en", "Garonne Formation: sign your attendance for 9:00", "Hello Ada,")]
    [InlineData("es", "Garonne Formation: firme su asistencia de las 9:00", "Hola, Ada:")]
    [InlineData("it", "Garonne Formation: firmi la Sua presenza delle 9:00", "Buongiorno Ada,")]
    [InlineData("pt", "Garonne Formation: assine a sua presença das 9:00", "Olá, Ada,")]
    [InlineData("ar", "Garonne Formation\u00a0: signez votre présence de 9\u00a0h", "Bonjour Ada,")]
    public async Task The_language_of_the_import_is_that_of_the_mail(string language, string subject, string greeting)
    {
        await using var world = await HalfDayWorld.StartAsync(learners: 2);
        var learners = world.Get<LearnersTable>();
        var learner = (await learners.FindAsync(world.Org, HalfDayWorld.Ref(1), Cancellation)).ShouldNotBeNull();
        await learners.TryReplaceAsync(world.Org, learner, learner.Value with { Language = language }, Cancellation);
        await world.OpenAsync();

        var mail = (await ComposeAsync(world, 1)).ShouldNotBeNull();

        mail.Subject.ShouldBe(subject);
        mail.Text.ShouldStartWith(greeting);
        mail.Html.ShouldContain($"lang=\"{Texts.For(language).Tag}\"");
        mail.Language.ShouldBe(Texts.For(language).Language);
    }

    [Fact]
    public async Task Nothing_is_mailed_to_who_signed_meanwhile_or_after_the_window()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.SignAsync(1);
        (await ComposeAsync(world, 1)).ShouldBeNull();
        (await ComposeAsync(world, 50)).ShouldBeNull();

        world.Time.SetUtcNow(Example.At("11:46:00"));
        (await ComposeAsync(world, 2)).ShouldBeNull();
    }

    [Fact]
    public async Task An_expired_link_is_renewed_once_and_to_the_same_person()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var secret = Secret((await ComposeAsync(world, 1)).ShouldNotBeNull());
        (await RenewAsync(world, secret)).ShouldBeRefused("link-live");
        world.Time.Advance(TimeSpan.FromMinutes(61));
        (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Link, secret))).ShouldBeRefused("link-expired");

        (await RenewAsync(world, secret)).ShouldBeOk();
        (await RenewAsync(world, secret)).ShouldBeOk();

        var mails = await world.Get<MailsTable>().ListAsync(world.Org, world.Id.ToString(), null, Cancellation);
        mails.ShouldHaveSingleItem().Slot.Person.ShouldBe("L1");
        (await RenewAsync(world, new string('A', 22))).ShouldBeRefused("link-unknown");
        world.Time.SetUtcNow(Example.At("11:46:00"));
        (await RenewAsync(world, secret)).ShouldBeRefused("window-closed");
    }

    [Fact]
    public async Task Whoever_has_no_address_is_counted_apart()
    {
        await using var world = await HalfDayWorld.StartAsync(learners: 2);
        var silent = new Enrolment
        {
            LearnerRef = HalfDayWorld.Ref(9),
            TrainingRef = Example.Morning.TrainingRef,
            Group = Example.Morning.Group,
            Periods = [new EnrolmentPeriod("OPCO", null, null, new DateOnly(2026, 9, 1), null)],
        };
        await world.Get<EnrolmentsTable>().TryWriteAsync(
            world.Org, [new EnrolledLearner(silent, "Zeller", "Kim", HasEmail: false)], [], Cancellation);
        await world.OpenAsync();

        (await SendAsync(world, new SendLinksRequest(LinkTo.Unsigned))).ShouldBeOk().ShouldBe(new SentLinks(2, 0, 1, null));
    }

    private static Task<Result<SentLinks>> SendAsync(HalfDayWorld world, SendLinksRequest request, Caller? caller = null) =>
        DoneAsync(
            world, world.Get<SendLinks>().RunAsync(world.Org, world.Id, request, caller ?? world.Trainer(), Address, Cancellation));

    private static Task<Result<Reference>> RenewAsync(HalfDayWorld world, string secret) =>
        DoneAsync(world, world.Get<RenewLink>().RunAsync(secret, Address, Cancellation));

    private static async Task<Result<T>> DoneAsync<T>(HalfDayWorld world, Task<Result<QueuedMails<T>>> act)
    {
        var queued = await world.Starts.SendAsync(act, q => q.Batch, Cancellation);
        return queued.IsOk ? queued.Value.Done : queued.Refusal;
    }

    private static Task<Mail?> ComposeAsync(HalfDayWorld world, int learner) => world.Get<IEnumerable<IMailTemplate>>()
        .Single(t => t.Key == SignLinkMail.Template).ComposeAsync(
        new MailSlot(
            world.Org, world.Id.ToString(), SendLinks.Slot, HalfDayWorld.Ref(learner).Key), SignLinkMail.Args(Address), Cancellation);

    private static string Secret(Mail mail) => LinkPattern().Match(mail.Text).Groups[1].Value;

    [GeneratedRegex(@"https://emargement\.example/l/([A-Za-z0-9_-]{22})")]
    private static partial Regex LinkPattern();
}
