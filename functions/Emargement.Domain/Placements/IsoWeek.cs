using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Domain.Placements;

/// <summary>A week from Monday to Sunday, numbered by ISO 8601 and written <c>2026-W48</c>: what a learner declares at once.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct IsoWeek(int Year, int Number) : IComparable<IsoWeek>
{
    public DateOnly Monday => DateOnly.FromDateTime(ISOWeek.ToDateTime(Year, Number, DayOfWeek.Monday));

    public DateOnly Sunday => Monday.AddDays(6);

    public static IsoWeek Of(DateOnly day)
    {
        var date = day.ToDateTime(TimeOnly.MinValue);
        return new IsoWeek(ISOWeek.GetYear(date), ISOWeek.GetWeekOfYear(date));
    }

    /// <summary>Every week that has a day from <paramref name="first"/> to <paramref name="last"/>, in order.</summary>
    public static IEnumerable<IsoWeek> Between(DateOnly first, DateOnly last)
    {
        for (var monday = Of(first).Monday; monday <= last; monday = monday.AddDays(7))
        {
            yield return Of(monday);
        }
    }

    public static bool TryParse(string? text, out IsoWeek week)
    {
        week = default;
        if (text is not { Length: 8 } || text[4..6] != "-W"
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || year is < CalendarDay.FirstYear or > CalendarDay.LastYear
            || !int.TryParse(text.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1 || number > ISOWeek.GetWeeksInYear(year))
        {
            return false;
        }

        week = new IsoWeek(year, number);
        return true;
    }

    public int CompareTo(IsoWeek other) => (Year, Number).CompareTo((other.Year, other.Number));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-W{Number:D2}");

    private sealed class Converter : JsonConverter<IsoWeek>
    {
        public override IsoWeek Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var week) ? week : throw new JsonException("A week is written 2026-W48.");

        public override void Write(Utf8JsonWriter writer, IsoWeek value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
