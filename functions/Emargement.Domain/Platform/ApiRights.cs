namespace Emargement.Domain.Platform;

/// <summary>What an API key may be allowed to do.</summary>
public static class ApiRights
{
    public const string Imports = "imports";
    public const string Sessions = "sessions";
    public const string Exports = "exports";
    public const string People = "people";
    public const string Planning = "planning";
    public const string Months = "months";
    public const string Absences = "absences";

    /// <summary>Rights that an organisation gives to its own systems.</summary>
    public static IReadOnlyList<string> OfOrganisation { get; } = [Imports, Sessions, People, Planning, Months, Absences];

    /// <summary>Rights of a Région's systems.</summary>
    public static IReadOnlyList<string> OfRegion { get; } = [Exports, Months];
}
