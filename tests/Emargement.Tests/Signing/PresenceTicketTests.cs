using System.Text;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Tests.Sessions;

namespace Emargement.Tests.Signing;

public sealed class PresenceTicketTests
{
    private static readonly PresenceTicket Ticket = new()
    {
        Organisation = OrganisationId.Parse("garonne"),
        Session = SessionId.Parse("20261123-1-" + Reference.Parse("Séance 1|/").Key),
        Learner = Reference.Parse("Zoé 7"),
        Method = SigningMethod.Qr,
        By = "learner:Zo~C3~A9~207",
        IssuedAt = Example.At("08:20:00"),
        PlannedStart = Example.At("08:00:00"),
        WindowEnds = Example.At("11:45:00"),
        LateAfterMinutes = 10,
        DrawingWanted = true,
        SignedIn = true,
    };

    [Fact]
    public void Its_text_gives_it_back() => PresenceTicketText.Read(PresenceTicketText.Write(Ticket)).ShouldBe(Ticket);

    [Fact]
    public void Its_text_is_short() => PresenceTicketText.Write(Ticket).Length.ShouldBeLessThan(200);

    [Theory]
    [InlineData("")]
    [InlineData("2\ngaronne\n20261123-1-S1\nL1\n2\nlearner:L1\n1\n1\n1\n10\n1\n1")]
    [InlineData("1\nGARONNE\n20261123-1-S1\nL1\n2\nlearner:L1\n1\n1\n1\n10\n1\n1")]
    [InlineData("1\ngaronne\n20261123-1-S1\nL1\n2\nlearner:L1\n-1\n1\n1\n10\n1\n1")]
    [InlineData("1\ngaronne\n20261123-1-S1\nL1\n2\nlearner:L1\n1\n1\n1\n10")]
    public void Other_text_is_no_ticket(string text) => PresenceTicketText.Read(Encoding.UTF8.GetBytes(text)).ShouldBeNull();

    [Theory]
    [InlineData("garonne", "08:20:00", null)]
    [InlineData("garonne", "08:30:00", null)]
    [InlineData("garonne", "08:30:01", "ticket-expired")]
    [InlineData("garonne", "08:19:59", "ticket-invalid")]
    [InlineData("pyrenees", "08:20:00", "ticket-invalid")]
    [InlineData("garonne", "11:45:01", "window-closed")]
    public void It_serves_its_own_organisation_for_ten_minutes(string organisation, string time, string? refusal) =>
        Ticket.Check(OrganisationId.Parse(organisation), Example.At(time))?.Code.ShouldBe(refusal);

    [Fact]
    public void It_ends_with_the_window() =>
        (Ticket with { IssuedAt = Example.At("11:40:00") }).Check(Ticket.Organisation, Example.At("11:45:01"))!.Code
            .ShouldBe("window-closed");

    [Theory]
    [InlineData("08:10:00", 0)]
    [InlineData("08:21:30", 21)]
    public void Lateness_is_that_of_the_signature(string time, int minutes) => Ticket.LateMinutesAt(Example.At(time)).ShouldBe(minutes);
}
