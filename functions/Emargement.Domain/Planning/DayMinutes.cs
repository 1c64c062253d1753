namespace Emargement.Domain.Planning;

public sealed record DayMinutes(DateOnly Date, int Minutes);
