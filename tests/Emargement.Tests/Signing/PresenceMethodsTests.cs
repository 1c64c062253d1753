using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Signing;
using Emargement.Functions.Signing.Links;
using Emargement.Tests.Sessions;

namespace Emargement.Tests.Signing;

public sealed class PresenceMethodsTests
{
    [Fact]
    public async Task A_signed_in_learner_scans_draws_and_has_signed()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        world.Time.SetUtcNow(Example.At("08:12:30"));

        var answer = (await world.ScanAsync(1)).ShouldBeOk();
        (answer.Learner.LastName, answer.Drawing, answer.ExpiresAt).ShouldBe(("Nom001", DrawingNeed.Wanted, Example.At("08:22:30")));
        var signed = (await world.SignAsync(answer.Ticket!, world.Learner(1), device: "phone")).ShouldBeOk();

        (signed.SignedAt, signed.Status, signed.LateMinutes, signed.Repeated).ShouldBe(
            (Example.At("08:12:30"), AttendanceStatus.Late, 12, false));
        var fact = (await world.FactsAsync()).OfType<Signed>().ShouldHaveSingleItem();
        (fact.By, fact.Method, fact.Network, fact.Device, fact.DrawingReused).ShouldBe(
            ("learner:L1", SigningMethod.Qr, HalfDayWorld.Network, "phone", false));
    }

    [Fact]
    public async Task A_typed_code_finds_the_learners_session_of_the_moment()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();

        var answer = (await world.ShowAsync(
            world.Learner(2), new ProofRequest(ProofKind.Code, world.Code().ToLowerInvariant().Insert(4, " ")))).ShouldBeOk();

        answer.Session.Session.ShouldBe(world.Id);
        (await world.SignAsync(answer.Ticket!, world.Learner(2))).ShouldBeOk().Method.ShouldBe(SigningMethod.Code);
    }

    [Fact]
    public async Task A_handed_round_tablet_signs_whoever_picks_the_own_name()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();

        var answer = (await world.ShowAsync(world.Tablet(), new ProofRequest(ProofKind.Tablet, Learner: HalfDayWorld.Ref(0)))).ShouldBeOk();
        var signed = (await world.SignAsync(answer.Ticket!, world.Tablet())).ShouldBeOk();

        (signed.Learner, signed.Method).ShouldBe((HalfDayWorld.Ref(0), SigningMethod.Tablet));
        (await world.FactsAsync()).OfType<Signed>().Single().By.ShouldBe("trainer:F1");
    }

    [Fact]
    public async Task A_distance_session_is_signed_from_anywhere_by_a_signed_in_learner()
    {
        await using var world = await HalfDayWorld.StartAsync(change: s => s with { Modality = Modality.Distance });
        await world.OpenAsync();

        var answer = (await world.ShowAsync(world.Learner(0), new ProofRequest(ProofKind.Remote))).ShouldBeOk();

        (await world.SignAsync(answer.Ticket!, world.Learner(0))).ShouldBeOk().Method.ShouldBe(SigningMethod.Remote);
    }

    [Fact]
    public async Task Remote_does_not_sign_a_session_in_the_centre()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();

        (await world.ShowAsync(world.Learner(0), new ProofRequest(ProofKind.Remote), world.Id)).ShouldBeRefused("method-not-allowed");
    }

    [Fact]
    public async Task A_personal_link_signs_and_keeps_showing_what_was_signed()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var secret = await world.Get<ILinks>().MintAsync(
            LinkPurpose.Sign,
            world.Org,
            new SessionLink(world.Id, HalfDayWorld.Ref(1)).ToBound(),
            world.Time.GetUtcNow().AddHours(1),
            HalfDayWorld.Cancellation);
        var link = new ProofRequest(ProofKind.Link, secret);

        var answer = (await world.ShowAsync(Caller.Nobody, link)).ShouldBeOk();
        (await world.SignAsync(answer.Ticket!, Caller.Nobody)).ShouldBeOk().Method.ShouldBe(SigningMethod.Email);

        world.Time.Advance(TimeSpan.FromDays(2));
        (await world.ShowAsync(Caller.Nobody, link)).ShouldBeOk().Already!.SignedAt.ShouldBe(Example.At("07:50:00"));
    }

    [Fact]
    public async Task An_expired_or_replaced_link_signs_nothing()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var links = world.Get<ILinks>();
        var bound = new SessionLink(world.Id, HalfDayWorld.Ref(1)).ToBound();
        var expired = await links.MintAsync(
            LinkPurpose.Sign, world.Org, bound, world.Time.GetUtcNow().AddMinutes(1), HalfDayWorld.Cancellation);
        var revoked = await links.MintAsync(
            LinkPurpose.Sign, world.Org, bound, world.Time.GetUtcNow().AddHours(1), HalfDayWorld.Cancellation);
        await links.RevokeAsync(
            (await links.ResolveAsync(revoked, LinkPurpose.Sign, HalfDayWorld.Cancellation))!.Id, HalfDayWorld.Cancellation);
        world.Time.Advance(TimeSpan.FromMinutes(2));

        (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Link, expired))).ShouldBeRefused("link-expired");
        (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Link, revoked))).ShouldBeRefused("link-revoked");
        (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Link, new string('A', 22)))).ShouldBeRefused("link-unknown");
        (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Link))).ShouldBeRefused("link-unknown");
    }

    [Fact]
    public async Task Who_signed_already_is_told_so_and_receives_no_ticket()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.SignAsync(1);

        var again = (await world.ScanAsync(1)).ShouldBeOk();

        again.Ticket.ShouldBeNull();
        again.Already!.SignedAt.ShouldBe(Example.At("07:50:00"));
    }

    [Fact]
    public async Task A_learner_enrolled_a_moment_ago_may_sign()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        (await world.ScanAsync(7)).ShouldBeRefused("not-enrolled");

        await world.EnrolAsync([7]);

        (await world.SignAsync(7)).Learner.ShouldBe(HalfDayWorld.Ref(7));
    }

    [Fact]
    public async Task A_method_that_the_training_leaves_out_is_refused()
    {
        await using var world = await HalfDayWorld.StartAsync(methods: [SigningMethod.Token]);
        await world.OpenAsync();

        (await world.ScanAsync(0)).ShouldBeRefused("method-not-allowed");
        (await world.ShowAsync(
            world.Tablet(), new ProofRequest(ProofKind.Tablet, Learner: HalfDayWorld.Ref(0)))).ShouldBeRefused("method-not-allowed");
    }

    [Fact]
    public async Task The_very_same_drawing_in_another_session_is_reported_and_signs()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.Get<DrawingsTable>().NoteAsync(
            world.Org,
            HalfDayWorld.Ref(1),
            Domain.Signing.Drawing.Parse(HalfDayWorld.Drawing).Value!.Sha256,
            SessionId.Parse("20261120-1-S0"),
            HalfDayWorld.Cancellation);

        await world.SignAsync(1);
        await world.SignAsync(2);

        (await world.LiveAsync()).Learners.Select(l => l.DrawingReused).ShouldBe([false, true, false]);
    }
}
