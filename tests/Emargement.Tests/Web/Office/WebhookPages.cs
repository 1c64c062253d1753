using Emargement.Domain.Platform.Announcements;
using Emargement.Web.Platform;
using Emargement.Web.Webhooks;

namespace Emargement.Tests.Web.Office;

/// <summary>What a manager sees of systems that are told what happens.</summary>
internal static class WebhookPages
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private static readonly WebhookRow Erp = new(
        "0123abcd", "erp.garonne-formation.example", ["session.opened", "sheet.sealed", "month.sent"], WebhookLook.Active, "W/x");

    public static WebhooksModel All { get; } = new(
        "garonne",
        [
            Erp,
            Erp with { Id = "0123abce", Host = "tableau-de-bord.un-tres-long-sous-domaine.region.example", Look = WebhookLook.Paused },
            Erp with { Id = "0123abcf", Host = "ancien.example", Look = WebhookLook.Disabled },
        ],
        AnnouncementTypes.All);

    public static WebhookModel One { get; } = new(
        "garonne",
        Erp,
        [
            new("E|1|evt_0f1e2d3c4b5a69788796a5b4c3d2e1f0", "evt_0f1e2d3c4b5a69788796a5b4c3d2e1f0", "sheet.sealed", At,
                DeliveryLook.Delivered, 1, 204, null),
            new("E|2|evt_1f1e2d3c4b5a69788796a5b4c3d2e1f0", "evt_1f1e2d3c4b5a69788796a5b4c3d2e1f0", "month.sent", At,
                DeliveryLook.Waiting, 3, 503, null),
            new("E|3|evt_2f1e2d3c4b5a69788796a5b4c3d2e1f0", "evt_2f1e2d3c4b5a69788796a5b4c3d2e1f0", "session.opened", At,
                DeliveryLook.GivenUp, 10, null, "pas de réponse"),
        ],
        "E|3|evt_2f1e2d3c4b5a69788796a5b4c3d2e1f0",
        Done: "1");

    public static WebhooksModel Refused(Texts texts) => All with
    {
        Returned = new(
            "new",
            texts.Refusal("webhook-test-failed", new Dictionary<string, string> { ["answered"] = "404" }),
            new Dictionary<string, string> { ["address"] = "https://erp.garonne-formation.example/hook" }),
    };

    public static WebhookModel Stopped(Texts texts) => One with
    {
        Webhook = Erp with { Look = WebhookLook.Disabled },
        Deliveries = [],
        Older = null,
        Done = null,
        Refusal = texts.Refusal("webhook-paused"),
    };
}
