using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Web.People.Settings;

namespace Emargement.Tests.Web.Pages;

/// <summary>The settings in the states that managers meet.</summary>
internal static class SettingsPages
{
    public static SettingsModel Saved { get; } = new(
        new Organisation
        {
            Id = OrganisationId.Parse("garonne"),
            Name = "Garonne Formation, institut des métiers du numérique",
            Nda = "76310000001",
            Siret = "12345678900011",
            Region = "occitanie",
        },
        "W/x")
    {
        Saved = true,
    };

    public static ClosedMonthsModel Closed { get; } = new(
        OrganisationId.Parse("garonne"),
        [
            new(new YearMonth(2026, 10), "la Région", new DateTimeOffset(2026, 11, 20, 9, 5, 0, TimeSpan.Zero), "Reçu et complet."),
            new(new YearMonth(2026, 9), null, null, null),
        ]);
}
