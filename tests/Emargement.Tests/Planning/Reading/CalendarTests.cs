using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Import.Calendars;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Tests.Planning.Reading;

/// <summary>A calendar is a planning like any other, as soon as it is known which training and group its events mean.</summary>
public sealed class CalendarTests : CalendarFiles
{
    [Fact]
    public async Task The_sample_gives_the_sessions_that_it_must_give()
    {
        await BaseAsync();
        await RulesAsync(new CalendarRule(["français"], A1, G1), new(["Atelier numerique"], A1, G1), new(["gestes"], A1, G1));

        var report = await ImportAsync(ImportDriver.Sample("icalendar", "planning.ics"));

        var expected = JsonDocument.Parse(File.ReadAllText(ImportDriver.SamplePath("icalendar", "expected.json"))).RootElement;
        var planned = (await PlannedAsync()).Where(s => s.Id.Reference.Value.Contains('@', StringComparison.Ordinal)).OrderBy(s => s.Start);
        planned.Select(s => (s.SlotRef.Value, s.Start, s.End)).ShouldBe(
            expected.GetProperty("sessions").EnumerateArray()
                .Select(s => (
                    s.GetProperty("ref").GetString()!,
                    s.GetProperty("start").GetDateTimeOffset(),
                    s.GetProperty("end").GetDateTimeOffset())),
            ignoreOrder: true);
        report.Planning.Rejected.ShouldBe(0);
        (await ImportAsync(ImportDriver.Sample("icalendar", "planning.ics"))).Planning
            .ShouldSatisfyAllConditions(p => p.Unchanged.ShouldBe(5), p => (p.Created, p.Updated, p.Cancelled).ShouldBe((0, 0, 0)));
    }

    [Fact]
    public async Task Hyperplanning_gives_one_session_with_the_fields_of_its_lines()
    {
        var report = await AfterBaseAsync("hyperplanning.ics");

        report.Planning.Created.ShouldBe(1);
        report.Lines.Where(l => l.Severity == ImportSeverity.Error).ShouldBeEmpty();
        (await PlannedAsync()).Single(s => s.SlotRef.Value == "Cours-868389-16").ShouldSatisfyAllConditions(
            s => (s.Module, s.TrainerRef?.Value, s.Room).ShouldBe(("Sauces", "F2", "Salle 1 (VR-30)")),
            s => (s.TrainingRef, s.Group).ShouldBe((A1, "G1")),
            s => (s.Start, s.End).ShouldBe((Utc("2026-12-01T08:15Z"), Utc("2026-12-01T10:15Z"))));
    }

    [Fact]
    public async Task One_course_in_the_calendars_of_two_groups_is_one_session_for_both()
    {
        await BaseAsync();
        await ImportAsync(ImportDriver.Text(
            "s.csv", "stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree", "S9;Neuf;Ana;A1;G2;REGION;01/01/2026"));
        var (_, g1) = Field("hyperplanning.ics");
        var g2 = Encoding.UTF8.GetString(g1).Replace("G1", "G2", StringComparison.Ordinal);

        var report = await ImportAsync(Zip(("g1.ics", g1), ("g2.ics", Encoding.UTF8.GetBytes(g2))));

        report.Planning.Created.ShouldBe(1);
        (await PlannedAsync()).Single(s => s.SlotRef.Value == "Cours-868389-16").Groups.ShouldBe(["G1", "G2"]);
    }

    [Fact]
    public async Task A_calendar_speaks_of_its_own_groups_alone()
    {
        await BaseAsync();
        await ImportAsync(
            ImportDriver.Text(
                "s.csv", "stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree", "S9;Neuf;Ana;A1;G2;REGION;01/01/2026"),
            ImportDriver.Text(
                "p.csv", Planning, "P1;A1;01/12/2026;09:00;12:30;G1;F1;Sauces;Salle 1;P",
                "P9;A1;01/12/2026;14:00;16:00;G2;F1;Sauces;Salle 1;P"));

        var report = await ImportAsync(Field("hyperplanning.ics"));

        report.Changes.Cancelled.ShouldBe(["P1"]);
    }

    [Fact]
    public async Task An_event_that_means_nothing_is_listed_once_and_costs_no_other()
    {
        await BaseAsync();
        await RulesAsync(new CalendarRule(["Sauces"], A1, G1));

        var report = await ImportAsync(Calendar(
            Event("réunion", "20261201T090000", "20261201T100000", "RRULE:FREQ=WEEKLY;COUNT=5", "SUMMARY:Réunion d'équipe"),
            Event("cassé", "20261301T090000", "20261201T100000", "SUMMARY:Sauces"),
            Event("férié", "20261225", "20261226", "SUMMARY:Noël"),
            Event("long", "20261207T090000", "20261209T120000", "SUMMARY:Sauces"),
            Event("bon", "20261210T090000", "20261210T120000", "SUMMARY:Sauces"),
            "BEGIN:VTODO\r\nUID:x\r\nEND:VTODO\r\n"));

        report.Lines.Select(l => (l.Line, l.Ref, l.Code)).ShouldBe(
            [
                (0, "", "event-ignored"), (1, "réunion", "unmapped-event"), (2, "cassé", "event-unreadable"),
                (3, "férié", "event-ignored"),
                (4, "long", "too-long"),
            ],
            ignoreOrder: true);
        report.Lines.Single(l => l.Code == "unmapped-event").Text.ShouldStartWith("Événement 1, réunion : l'événement « Réunion");
        report.Planning.ShouldSatisfyAllConditions(p => (p.Read, p.Created, p.Rejected).ShouldBe((4, 1, 3)));
    }

    [Fact]
    public async Task A_series_keeps_its_exceptions_moves_and_cancellations()
    {
        await BaseAsync();
        await RulesAsync(new CalendarRule(["Sauces"], A1, G1));
        const string weekly = "RRULE:FREQ=WEEKLY;COUNT=5\r\nEXDATE;VALUE=DATE:20261112\r\nSUMMARY:Sauces";

        await ImportAsync(Calendar(Event("w", "20261105T090000", "20261105T120000", weekly)));
        (await SlotsAsync()).ShouldBe(["w/2026-11-05 9", "w/2026-11-19 9", "w/2026-11-26 9", "w/2026-12-03 9"]);

        var report = await ImportAsync(Calendar(
            Event("w", "20261105T090000", "20261105T120000", weekly),
            Event("w", "20261120T140000", "20261120T170000", "RECURRENCE-ID;TZID=Europe/Paris:20261119T090000", "SUMMARY:Sauces"),
            Event("w", "20261203T090000", "20261203T120000", "RECURRENCE-ID:20261203T080000Z", "STATUS:CANCELLED", "SUMMARY:Sauces")));

        (await SlotsAsync()).ShouldBe(["w/2026-11-05 9", "w/2026-11-19 14", "w/2026-11-26 9"]);
        (report.Planning.Updated, report.Planning.Cancelled).ShouldBe((1, 1));
    }

    [Fact]
    public async Task The_latest_version_of_an_event_counts()
    {
        await BaseAsync();
        await RulesAsync(new CalendarRule(["Sauces"], A1, G1));

        await ImportAsync(Calendar(
            Event("v", "20261105T100000", "20261105T120000", "SEQUENCE:2\r\nSUMMARY:Sauces"),
            Event("v", "20261105T090000", "20261105T120000", "SEQUENCE:1\r\nSUMMARY:Sauces")));

        (await SlotsAsync()).ShouldBe(["v 10"]);
    }

    [Theory]
    [InlineData("FREQ=SECONDLY", "a way to ask for millions of steps")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "a day that never comes")]
    [InlineData("FREQ=DAILY;COUNT=5000", "more half-days than anybody plans")]
    [InlineData("FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,1,2,3", "a rule by the minute")]
    public async Task A_series_without_end_is_refused_by_itself(string rule, string why)
    {
        await BaseAsync();
        await RulesAsync(new CalendarRule(["Sauces"], A1, G1));

        var report = await ImportAsync(Calendar(
            Event("e", "20261105T090000", "20261105T120000", $"RRULE:{rule}\r\nSUMMARY:Sauces"),
            Event("bon", "20261210T090000", "20261210T120000", "SUMMARY:Sauces")));

        Codes(report).ShouldBe("event-unreadable", why);
        report.Planning.Created.ShouldBe(1);
    }

    [Fact]
    public async Task A_series_that_names_no_end_ends_with_its_training()
    {
        await BaseAsync();
        await RulesAsync(new CalendarRule(["Sauces"], A1, G1));

        await ImportAsync(Calendar(Event("o", "20261203T090000", "20261203T120000", "RRULE:FREQ=WEEKLY\r\nSUMMARY:Sauces")));

        (await SlotsAsync()).ShouldBe(["o/2026-12-03 9", "o/2026-12-10 9", "o/2026-12-17 9", "o/2026-12-24 9", "o/2026-12-31 9"]);
    }

    [Theory]
    [InlineData("Romance Standard Time", true, "as Windows says it")]
    [InlineData("/freeassociation.sourceforge.net/Europe/Paris", true, "with somebody's prefix")]
    [InlineData("\"Heure de chez nous\"", true, "by its definition, whose hours are the site's")]
    [InlineData("\"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris\"", true, "as Outlook shows it")]
    [InlineData("\"Heure de Mars\"", false, "nobody knows it")]
    [InlineData("../../etc/passwd", false, "no path")]
    public async Task Zones_are_found_however_they_are_named(string zone, bool isKnown, string why)
    {
        await BaseAsync();
        await RulesAsync(new CalendarRule(["Sauces"], A1, G1));

        var report = await ImportAsync(Calendar(
            "BEGIN:VTIMEZONE\r\nTZID:Heure de chez nous\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n"
            + "BEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n",
            $"BEGIN:VEVENT\r\nUID:z\r\nDTSTART;TZID={zone}:20261105T090000\r\nDTEND;TZID={zone}:20261105T120000\r\n"
            + "SUMMARY:Sauces\r\nEND:VEVENT\r\n"));

        report.Lines.Any(l => l.Code == "unknown-zone").ShouldBe(!isKnown, why);
        (await SlotsAsync()).ShouldBe(isKnown ? ["z 9"] : [], why);
    }

    [Fact]
    public async Task Ade_names_the_group_and_the_trainer_a_line_each()
    {
        await BaseAsync();

        await ImportAsync(Calendar(Event(
            "ADE60323032362d32303237", "20261105T090000", "20261105T120000",
            "SUMMARY:TD Sauces\r\nLOCATION:Visio\r\nDESCRIPTION:\\n\\nG1\\nVIDAL Agnès\\n(Exporté le:05/11/2026 08:00)\\n")));

        (await PlannedAsync()).Single(s => s.Id.Date.Month == 11).ShouldSatisfyAllConditions(
            s => (s.Group, s.TrainerRef?.Value, s.Module).ShouldBe(("G1", "F2", "TD Sauces")),
            s => s.Modality.ShouldBe(Modality.Distance));
    }

    [Fact]
    public async Task Long_lines_are_put_together_before_they_are_decoded()
    {
        await BaseAsync();
        await RulesAsync(new CalendarRule(["crème brûlée"], A1, G1));
        var (name, content) = Calendar(Event("p", "20261105T090000", "20261105T120000", "SUMMARY:Crème brûlée"));
        var cut = content.AsSpan().IndexOf("û"u8) + 1;

        await ImportAsync((name, [.. content[..cut], .. "\r\n "u8, .. content[cut..]]));

        (await PlannedAsync()).Single(s => s.SlotRef.Value == "p").Module.ShouldBe("Crème brûlée");
    }

    [Fact]
    public async Task A_calendar_cut_short_is_refused_whole()
    {
        var (name, content) = Calendar(Event("p", "20261105T090000", "20261105T120000", "SUMMARY:Sauces"));

        (await Driver.RunAsync([(name, content[..^20])])).Refusal!.Code.ShouldBe("import-calendar-damaged");
    }

    [Fact]
    public async Task Ten_thousand_events_are_read_in_bounded_time_and_memory()
    {
        await BaseAsync();
        await RulesAsync(new CalendarRule(["Sauces"], A1, G1));
        var start = new DateTime(2026, 1, 1, 8, 0, 0);
        var events = Enumerable.Range(0, 10_000).Select(i => Event(
            $"e{i % 9_000}",
            start.AddMinutes(i * 50).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture),
            start.AddMinutes((i * 50) + 45).ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture),
            "SUMMARY:Réunion\r\nDESCRIPTION:" + new string('x', 2_000)));
        var content = Calendar([.. events]);
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var report = await ImportAsync(content);

        report.Planning.Rejected.ShouldBe(10_000);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(60L * 1024 * 1024);
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static (string Name, byte[] Content) Zip(params (string Name, byte[] Content)[] files)
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return ("agendas.zip", output.ToArray());
    }
}
