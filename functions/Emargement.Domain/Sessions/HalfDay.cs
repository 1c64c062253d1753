namespace Emargement.Domain.Sessions;

/// <summary>
/// The legal unit of attendance (CAA Nantes, 20 April 2021): one signature per half-day. The value is its place in the day and in keys.
/// </summary>
public enum HalfDay
{
    Morning = 1,
    Afternoon = 2,
    Evening = 3,
}

public static class HalfDays
{
    /// <summary>
    /// The half-day of a time span: Evening if it starts at 18:00 or later, else Morning if its middle is before 13:00, else Afternoon.
    /// </summary>
    public static HalfDay Of(TimeOnly start, TimeOnly end)
    {
        if (start >= new TimeOnly(18, 0))
        {
            return HalfDay.Evening;
        }

        var middle = start.Add((end - start) / 2);
        return middle < new TimeOnly(13, 0) ? HalfDay.Morning : HalfDay.Afternoon;
    }

    /// <summary>M, A or S (soir): the letter of the Région's files.</summary>
    public static char Letter(this HalfDay halfDay) => halfDay switch
    {
        HalfDay.Morning => 'M',
        HalfDay.Afternoon => 'A',
        _ => 'S',
    };
}
