using Emargement.Domain.Planning.Import.Calendars;

namespace Emargement.Tests.Planning.Reading;

/// <summary>What people and their programs write into calendars beside what the standard knows.</summary>
public sealed class CalendarsOfPeopleTests : CalendarFiles
{
    [Theory]
    [InlineData("SUMMARY:Annulé : Sauces", "Outlook, in French")]
    [InlineData("SUMMARY:Canceled: Sauces", "and in English")]
    [InlineData("SUMMARY:Sauces\r\nDESCRIPTION:Cours annulé\\nMatière : Sauces", "a line of its own")]
    public async Task What_is_called_off_in_words_is_cancelled(string said, string why)
    {
        await BaseAsync();
        await RulesAsync(new CalendarRule(["Sauces"], A1, G1));
        var (one, two) = (
            Event("bon", "20261210T090000", "20261210T120000", "SUMMARY:Sauces"),
            Event("a", "20261105T090000", "20261105T120000", "SUMMARY:Sauces"));
        await ImportAsync(Calendar(one, two));

        var report = await ImportAsync(Calendar(one, Event("a", "20261105T090000", "20261105T120000", said)));

        report.Changes.Cancelled.ShouldBe(["a"], why);
        (await SlotsAsync()).ShouldBe(["bon 9"], why);
    }

    [Fact]
    public async Task A_change_of_this_and_all_later_occurrences_moves_them_all()
    {
        await BaseAsync();
        await RulesAsync(new CalendarRule(["Sauces"], A1, G1));

        await ImportAsync(Calendar(
            Event("w", "20261105T090000", "20261105T120000", "RRULE:FREQ=WEEKLY;COUNT=4\r\nSUMMARY:Sauces"),
            Event("w", "20261112T140000", "20261112T170000",
                "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20261112T090000", "SUMMARY:Sauces", "LOCATION:Salle 9")));

        (await SlotsAsync()).ShouldBe(["w/2026-11-05 9", "w/2026-11-12 14", "w/2026-11-19 14", "w/2026-11-26 14"]);
        (await PlannedAsync()).Single(s => s.Id.Date == new DateOnly(2026, 11, 26)).Room.ShouldBe("Salle 9");
    }

    [Fact]
    public async Task Without_an_identifier_an_event_is_the_same_each_time_and_pages_in_descriptions_are_read()
    {
        await BaseAsync();
        await RulesAsync(new CalendarRule(["Sauces"], A1, G1));
        var calendar = Calendar(
            "BEGIN:VEVENT\r\nDTSTART:20261105T080000Z\r\nDTEND:20261105T110000Z\r\nSUMMARY:Sauces\r\n"
            + "DESCRIPTION:<b>Formateur&nbsp;:</b> Mme Vidal<br>Salle&nbsp;: B&amp;C\r\nEND:VEVENT\r\n");

        (await ImportAsync(calendar)).Planning.Created.ShouldBe(1);
        (await ImportAsync(calendar)).Planning.ShouldSatisfyAllConditions(
            p => (p.Created, p.Cancelled, p.Unchanged).ShouldBe((0, 0, 1)));

        var session = (await PlannedAsync()).Single(s => s.SlotRef.Value.StartsWith("sans-uid-", StringComparison.Ordinal));
        (session.TrainerRef?.Value, session.Room).ShouldBe(("F2", "B&C"));
    }
}
