using Azure.Data.Tables;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Archive;

/// <summary>A table that holds rows of organisations, and which of them are one organisation's.</summary>
/// <param name="Name">Without the prefix.</param>
/// <param name="Of">The OData filter of one organisation's rows.</param>
public sealed record OrganisationRows(string Name, Func<OrganisationId, string> Of)
{
    /// <summary>The one row whose presence makes an organisation exist: read and written after all others.</summary>
    public const string Organisations = "Organisations";

    /// <summary>
    /// Every table with rows of an organisation. What the app writes last is read first, so
    /// that an archive made while people sign never names what it does not hold.
    /// </summary>
    public static IReadOnlyList<OrganisationRows> All { get; } =
    [
        new("Audit", Below),
        new("Months", Own),
        new("Absences", Own),
        new("Reasons", Own),
        new("Exports", Named),
        new("Signatories", Own),
        new("Statements", Below),
        new("Sheets", Below),
        new("SheetCodes", Named),
        new("Sessions", Below),
        new("Attendance", Below),
        new("Drawings", Below),
        new("Mails", Below),
        new("Links", Named),
        new("Placements", Own),
        new("PlacementFacts", Below),
        new("PlanningMonths", Own),
        new("CalendarRules", Own),
        new("ImportRuns", Own),
        new("WebhookEndpoints", Own),
        new("PlanningSources", Own),
        new("PlanningPushes", Below),
        new("Tokens", Own),
        new("Forgettings", Own),
        new("LegalHolds", Own),
        new("Erasures", Own),
        new("Enrolments", Own),
        new("Learners", Own),
        new("Trainers", Own),
        new("Trainings", Own),
        new("Devices", Below),
        new("Tries", Own),
        new("Identities", Own),
        new("OpenIdProviders", Own),
        new("Logins", Own),
        new("PasskeyIds", Named),
        new("Passkeys", Own),
        new("Factors", Own),
        new("Accounts", Own),
        new("ApiKeys", organisation => TableClient.CreateQueryFilter($"PartitionKey eq {"org:" + organisation}")),
        new(
            Organisations,
            organisation => TableClient.CreateQueryFilter($"PartitionKey eq {"organisation"} and RowKey eq {organisation.Value}")),
    ];

    private static string Own(OrganisationId organisation) => TableClient.CreateQueryFilter($"PartitionKey eq {organisation.Value}");

    // Partitions "org|…": '}' follows '|', and no short name holds either, so the range is
    // exactly one organisation's and "garonne" never takes "garonne2".
    private static string Below(OrganisationId organisation) =>
        TableClient.CreateQueryFilter($"PartitionKey ge {organisation + "|"} and PartitionKey lt {organisation + "}"}");

    // Spread by code, by hash or by Région: the column says whose the row is. A scan of the table, which only an archive makes.
    private static string Named(OrganisationId organisation) => TableClient.CreateQueryFilter($"Organisation eq {organisation.Value}");
}
