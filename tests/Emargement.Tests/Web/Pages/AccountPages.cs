using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Web.Accounts;
using Emargement.Web.Accounts.Office;
using Emargement.Web.Platform;

namespace Emargement.Tests.Web.Pages;

/// <summary>What the gallery shows of accounts.</summary>
internal static class AccountPages
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public static AccountPageModel Own { get; } = new(
        "Mohamed Amine El Mansouri-Benchekroun",
        "GAR-2026-0042",
        "m.elmansouri@example.org",
        "m.elmansouri@example.org",
        [
            new("a", DeviceUse.Remembered, "Samsung Internet, Android", "2001:db8:12f0::/48", Monday.AddDays(-12), true),
            new("b", DeviceUse.Browser, "Firefox, Windows", "203.0.113.0/24", Monday, false),
            new("c", DeviceUse.Tablet, null, null, Monday, false),
        ]);

    public static ActivationModel Invited { get; } = new("s3cret", "Garonne Formation", "Zoë Lefèbvre", "zoe.lefebvre@example.org")
    {
        Providers = [new("entra", "Microsoft"), new("annuaire", "l’annuaire de la Région Occitanie")],
        InvitedAs = "manager",
        Inviter = "Jean-Baptiste de La Rochefoucauld",
    };

    public static ChooseOrganisationModel Known { get; } = new()
    {
        Known = [new("/o/garonne", "Garonne Formation"), new("/o/afpa", "Centre de formation professionnelle des Deux-Ponts et du Marais")],
    };

    public static StaffModel Staff { get; } = new(
        OrganisationId.Parse("garonne"),
        [
            Row("manager:M1", "Inès", "Roche", "manager", "active", []),
            Row("manager:M2", "Jean-Baptiste", "de La Rochefoucauld", "manager", "suspended", [StaffActs.Restore]),
            Row("manager:M3", "Núria", "Fábregas", "manager", "invited", [StaffActs.Invite, StaffActs.Revoke]) with
            {
                InvitedBy = "Inès Roche",
                InvitedAt = Monday,
                Until = Monday.AddDays(7),
            },
            Row("trainer:F-4K7QWERT", "Jürgen", "Götz", "trainer", "expired", [StaffActs.Invite, StaffActs.Revoke]) with
            {
                InvitedAt = Monday.AddDays(-9),
                Until = Monday.AddDays(-2),
            },
        ])
    {
        Done = StaffActs.Invite,
    };

    public static ProvidersModel Providers { get; } = new(
        OrganisationId.Parse("garonne"),
        "https://emargement.garonne-formation.example/oidc/callback",
        [
            new(
                "entra",
                "Microsoft (Garonne Formation)",
                "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0",
                [("Emargement.Manager", "manager"), ("Emargement.Trainer", "trainer")],
                HasSecret: true,
                TwoFactors: true),
        ])
    {
        Done = ProviderActs.Add,
    };

    public static ProvidersModel ProvidersRefused(Texts texts) => Providers with
    {
        Done = null,
        Providers = [],
        Refusal = texts.Refusal("provider-many-tenants"),
        Typed = new Dictionary<string, string> { ["act"] = ProviderActs.Add, ["name"] = "Microsoft", ["twoFactors"] = "yes" },
    };

    public static AccountPageModel StaffOwn(Texts texts) => Own with
    {
        ChangesEmail = true,
        EmailRefusal = texts.Refusal("sign-in-wrong"),
        TypedEmail = "amine@example.org",
        HasOthers = true,
        Reminders = new(
            "/o/garonne/account/reminders", [new(ReminderKind.Digest, true), new(ReminderKind.Validation, false)], Changed: true),
    };

    public static StaffModel StaffRefused(Texts texts) => Staff with
    {
        Done = null,
        Refusal = texts.Refusal("account-exists"),
        Typed = new Dictionary<string, string> { ["act"] = StaffActs.Invite, ["email"] = "ines@example.org", ["firstName"] = "Inès" },
    };

    private static StaffRow Row(string account, string first, string last, string role, string state, IReadOnlyList<string> acts) =>
        new(account, $"{first} {last}", $"{first.ToLowerInvariant()}@garonne-formation.example.org", role, state)
        {
            Acts = acts,
            LastName = last,
            FirstName = first,
        };
}
