using System.Text;
using Emargement.Domain.Planning.Import.Calendars;
using Emargement.Domain.Platform;

namespace Emargement.Tests.Planning.Reading;

/// <summary>Calendars written line by line, after the small base.</summary>
public abstract class CalendarFiles : FieldFiles
{
    private protected static Reference A1 => Reference.Parse("A1");

    private protected static Reference G1 => Reference.Parse("G1");

    private protected static string Event(string uid, string start, string end, params string[] lines)
    {
        var zone = start.Length == 8 ? ";VALUE=DATE" : ";TZID=Europe/Paris";
        return $"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART{zone}:{start}\r\nDTEND{zone}:{end}\r\n{string.Join("\r\n", lines)}\r\nEND:VEVENT\r\n";
    }

    private protected static (string Name, byte[] Content) Calendar(params string[] parts) =>
        ("agenda", Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{string.Concat(parts)}END:VCALENDAR\r\n"));

    private protected async Task RulesAsync(params CalendarRule[] rules)
    {
        var stored = await Driver.CalendarRules.GetAsync(Driver.Organisation.Id, Cancellation);
        (await Driver.CalendarRules.TryWriteAsync(Driver.Organisation.Id, stored, rules, Cancellation)).ShouldBeTrue();
    }

    // Slots of calendars that take place, with the hour at which each starts.
    private protected async Task<List<string>> SlotsAsync() =>
        [.. (await PlannedAsync()).Where(s => !s.SlotRef.Value.StartsWith('P')).OrderBy(s => s.Start)
            .Select(s => $"{s.SlotRef.Value} {Driver.Organisation.Zone.ToLocal(s.Start).Hour}")];
}
