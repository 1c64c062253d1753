using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Signing;
using Emargement.Tests.Sessions;
using Microsoft.AspNetCore.DataProtection;

namespace Emargement.Tests.Signing;

/// <summary>What dishonest clients try, after the fraud seen in the field. Nothing of it may leave a signature.</summary>
public sealed class ForgingTests
{
    [Fact]
    public async Task Codes_of_another_time_session_or_organisation_and_codes_written_otherwise_are_refused()
    {
        await using var world = await HalfDayWorld.StartAsync();
        var session = await world.OpenAsync();
        var key = session.Key.ToArray();
        var step = PresenceCode.QrStep(world.Time.GetUtcNow());
        var minute = PresenceCode.TypedStep(world.Time.GetUtcNow());
        var good = PresenceCode.Qr(key, world.Org, world.Id, step);
        var afternoon = SessionId.Parse("20261123-2-S1");
        var elsewhere = OrganisationId.Parse("pyrenees");
        var otherKey = new byte[32];
        var forgeries = new List<ProofRequest>
        {
            Qr(PresenceCode.Qr(key, world.Org, world.Id, step - 2)),
            Qr(PresenceCode.Qr(key, world.Org, world.Id, step + 1)),
            Qr(PresenceCode.Qr(key, world.Org, world.Id, step + 240)),
            Qr(PresenceCode.Qr(key, world.Org, afternoon, step)),
            Qr(PresenceCode.Qr(key, elsewhere, world.Id, step)),
            Qr(PresenceCode.Qr(otherKey, world.Org, world.Id, step)),
            Qr(good.ToUpperInvariant()),
            Qr("0" + good),
            Qr(good + "="),
            Qr(good[..^1]),
            Qr(good.Replace('.', ':')),
            Qr(PresenceCode.Typed(key, world.Org, world.Id, minute)),
            Qr(null),
            Code(PresenceCode.Typed(key, world.Org, world.Id, minute - 2)),
            Code(PresenceCode.Typed(key, world.Org, world.Id, minute + 1)),
            Code(PresenceCode.Typed(key, world.Org, afternoon, minute)),
            Code(PresenceCode.Typed(key, elsewhere, world.Id, minute)),
            Code(PresenceCode.Typed(otherKey, world.Org, world.Id, minute)),
            Code(good),
            Code(null),
        };

        for (var i = 0; i < forgeries.Count; i++)
        {
            // Each from a network of its own, so that it is the code that is refused and not a lock.
            var refusal = (await world.ShowAsync(world.Learner(0), forgeries[i], world.Id, network: $"198.51.{i}.0/24")).Refusal;
            refusal.ShouldNotBeNull($"{forgeries[i]} passed");
            refusal.Code.ShouldBeOneOf("qr-invalid", "code-wrong", "code-stale");
        }

        (await world.ScanAsync(0)).ShouldBeOk();
    }

    [Fact]
    public async Task A_scan_never_says_who()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var scan = new ProofRequest(ProofKind.Qr, world.Qr(), Login: "L1", Learner: HalfDayWorld.Ref(1));

        (await world.ShowAsync(Caller.Nobody, scan, world.Id)).ShouldBeRefused("not-signed-in");
        (await world.ShowAsync(world.Trainer(), scan, world.Id)).ShouldBeRefused("not-signed-in");
        (await world.ShowAsync(world.Tablet(), scan, world.Id)).ShouldBeRefused("not-signed-in");
        var other = world.Learner(0) with { Organisation = OrganisationId.Parse("pyrenees") };
        (await world.ShowAsync(other, scan, world.Id)).ShouldBeRefused("not-signed-in");

        (await world.ShowAsync(world.Learner(0), scan, world.Id)).ShouldBeOk().Learner.Reference.ShouldBe(HalfDayWorld.Ref(0));
    }

    [Fact]
    public async Task Only_a_tablet_picks_a_name_and_only_in_its_own_session()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var pick = new ProofRequest(ProofKind.Tablet, Learner: HalfDayWorld.Ref(0));

        foreach (var caller in new[] { Caller.Nobody, world.Learner(0), world.Trainer(), world.Manager() })
        {
            (await world.ShowAsync(caller, pick, world.Id)).ShouldBeRefused("not-signed-in");
        }

        (await world.ShowAsync(world.Tablet(SessionId.Parse("20261123-2-S1")), pick, world.Id)).ShouldBeRefused("not-your-session");
        (await world.ShowAsync(world.Tablet(), pick with { Learner = HalfDayWorld.Ref(99) })).ShouldBeRefused("not-enrolled");
        (await world.ShowAsync(world.Tablet(), pick with { Learner = null })).ShouldBeRefused("learner-missing");
    }

    [Fact]
    public async Task A_ticket_serves_its_own_learner_only()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var ticket = await world.TicketAsync(0);

        var stranger = world.Learner(0) with { Organisation = OrganisationId.Parse("pyrenees") };
        foreach (var caller in new[] { world.Learner(1), Caller.Nobody, world.Trainer(), world.Tablet(), stranger })
        {
            (await world.SignAsync(ticket, caller)).ShouldBeRefused("ticket-invalid");
        }

        (await world.FactsAsync()).OfType<Signed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_altered_ticket_is_refused_wherever_it_is_altered()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var ticket = await world.TicketAsync(0);

        var altered = Enumerable.Range(0, ticket.Length)
            .Select(i => ticket[..i] + (ticket[i] == 'A' ? 'B' : 'A') + ticket[(i + 1)..])
            .Concat([ticket + "A", ticket[..^1], ticket[4..], ticket + "=", " " + ticket, "", "A", new string('A', 3000), "%%%"]);
        foreach (var text in altered)
        {
            (await world.SignAsync(text, world.Learner(0))).ShouldBeRefused("ticket-invalid");
        }

        (await world.FactsAsync()).OfType<Signed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ticket_made_under_another_purpose_key_or_organisation_is_refused()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await using var other = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await other.OpenAsync();
        var bytes = System.Text.Encoding.UTF8.GetBytes("1\ngaronne\n20261123-1-S1\nL0\n2\nlearner:L0\n1\n1\n9\n10\n0\n0");
        var cookie = world.Get<IDataProtectionProvider>().CreateProtector("cookie").Protect(bytes);

        (await world.SignAsync(System.Buffers.Text.Base64Url.EncodeToString(cookie), world.Learner(0))).ShouldBeRefused("ticket-invalid");
        (await world.SignAsync(await other.TicketAsync(0), world.Learner(0))).ShouldBeRefused("ticket-invalid");
        var elsewhere = await world.Get<SignPresence>().RunAsync(
            OrganisationId.Parse("pyrenees"), new SignatureRequest(
                await world.TicketAsync(0),
                HalfDayWorld.Drawing), new SignatureOrigin("-", null), world.Learner(0), HalfDayWorld.Cancellation);
        elsewhere.ShouldBeRefused("ticket-invalid");
    }

    [Fact]
    public async Task A_ticket_ends_after_ten_minutes_and_with_the_window()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var early = await world.TicketAsync(0);
        world.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        (await world.SignAsync(early, world.Learner(0))).ShouldBeRefused("ticket-expired");

        world.Time.SetUtcNow(Example.At("11:44:00"));
        var late = await world.TicketAsync(0);
        world.Time.SetUtcNow(Example.At("11:45:01"));
        (await world.SignAsync(late, world.Learner(0))).ShouldBeRefused("window-closed");
    }

    [Fact]
    public async Task A_ticket_used_again_signs_nothing_more()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var ticket = await world.TicketAsync(0);
        var first = (await world.SignAsync(ticket, world.Learner(0))).ShouldBeOk();
        world.Time.Advance(TimeSpan.FromMinutes(5));

        var again = (await world.SignAsync(ticket, world.Learner(0), "M0 0 L50 50 L0 90 L30 30")).ShouldBeOk();

        again.ShouldBe(first with { Repeated = true });
        (await world.FactsAsync()).OfType<Signed>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Before_opening_outside_the_window_after_closing_or_when_cancelled_nobody_signs()
    {
        await using var world = await HalfDayWorld.StartAsync();
        (await world.ShowAsync(world.Learner(0), Qr("1.A"), world.Id)).ShouldBeRefused("session-not-open");
        await world.OpenAsync();
        var ticket = await world.TicketAsync(0);
        await world.CloseAsync();

        (await world.SignAsync(ticket, world.Learner(0))).ShouldBeRefused("session-closed");
        (await world.ShowAsync(world.Learner(0), Qr("1.A"), world.Id)).ShouldBeRefused("session-closed");
        (await world.ShowAsync(world.Learner(0), Qr("1.A"), SessionId.Parse("20261123-1-S9"))).ShouldBeRefused("session-not-found");
    }

    [Fact]
    public async Task A_signature_needs_a_drawing_or_a_name_where_one_is_wanted()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var ticket = await world.TicketAsync(0);
        var sign = world.Get<SignPresence>();

        (await world.SignAsync(ticket, world.Learner(0), drawing: null)).ShouldBeRefused("drawing-missing");
        (await world.SignAsync(ticket, world.Learner(0), drawing: "M1 1")).ShouldBeRefused("drawing-invalid");
        (await world.SignAsync(ticket, world.Learner(0), drawing: new string('M', 70_000))).ShouldBeRefused("drawing-too-large");
        (await sign.RunAsync(
            world.Org,
            new SignatureRequest(ticket, TypedName: " "),
            new SignatureOrigin("-", null),
            world.Learner(0),
            HalfDayWorld.Cancellation))
            .ShouldBeRefused("typed-name-invalid");
        (await sign.RunAsync(
            world.Org,
            new SignatureRequest(ticket, TypedName: "Ada Nom000"),
            new SignatureOrigin("-", null),
            world.Learner(0),
            HalfDayWorld.Cancellation))
            .ShouldBeOk();
    }

    private static ProofRequest Qr(string? value) => new(ProofKind.Qr, value);

    private static ProofRequest Code(string? value) => new(ProofKind.Code, value);
}
