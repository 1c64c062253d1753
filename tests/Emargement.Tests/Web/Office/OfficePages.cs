using Emargement.Domain.Platform;
using Emargement.Web.Accounts.Office;

namespace Emargement.Tests.Web.Office;

/// <summary>What a manager sees of keys and of the journal.</summary>
internal static class OfficePages
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 23);

    public static KeysModel Keys { get; } = new(
        [
            new("0123456789ab", "ERP de nuit", ["imports", "people"], Start, Today, Start.AddDays(90), false),
            new("0123456789ac", "Tableau de bord de la direction des études", ["sessions"], Start, null, Start.AddDays(-1), true),
            new("0123456789ad", "Ancien export", ["people"], Start, Today.AddDays(-40), null, false),
        ],
        ApiRights.OfOrganisation,
        365,
        730);

    public static JournalModel Journal { get; } = new()
    {
        Organisation = "garonne",
        Person = "learner:GAR-2026-0042",
        From = Today.AddDays(-29),
        To = Today,
        Rows =
        [
            new(Start, "Key", "MintApiKey", new("manager:M1", "Inès Roche"), null, null, null, "203.0.113.0/24", true),
            new(
                Start,
                "Password",
                "SetPassword",
                new("manager:M1", "Inès Roche"),
                new("learner:GAR-2026-0042", "Mohamed Amine El Mansouri-Benchekroun"),
                null,
                null,
                "2001:db8:12f0::/48",
                true),
            new(Start, "Refused", "SignIn", new("", null), null, null, null, "198.51.100.0/24", false),
            new(
                Start,
                "Correction",
                "Corrected",
                new("trainer:F1", "Claire Ruiz"),
                new("learner:GAR-2026-0042", "Mohamed Amine El Mansouri-Benchekroun"),
                "20261123-1-GAR-261123-G1-1-M",
                null,
                "",
                true),
            new(Start, "Act", "ImportPlanning", new("machine:0123456789ab", null), null, null, "run=x", "203.0.113.0/24", true),
        ],
        File = "/api/organisations/garonne/audit.csv",
        More = "?continuation=x",
    };

    public static KeysModel KeyMade { get; } = Keys with { Shown = "em_o_garonne_0123456789ab_" + new string('f', 64) };

    public static JournalModel NothingWritten { get; } = Journal with { Rows = [], More = null };
}
