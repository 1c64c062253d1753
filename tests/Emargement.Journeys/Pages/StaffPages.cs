using Emargement.Journeys.Platform;

namespace Emargement.Journeys.Pages;

/// <summary>The pages on which staff come in and are let in, and what their forms say when something is wrong.</summary>
internal static class StaffPages
{
    private const string UnknownSecret = "0123456789012345678901";

    public static async Task VisitAsync(World world, Visits visits, Client anyone, CancellationToken cancellation)
    {
        var home = $"o/{world.Organisation}";
        foreach (var page in (string[])["account", "settings/managers", "settings/providers"])
        {
            await visits.OpenAsync(world.Manager, $"{home}/{page}", cancellation);
        }

        await VisitPeopleAsync(world, visits, cancellation);
        await SubmitAsync(world.Manager, $"{home}/settings/managers", 400, ("act", "invite"), ("email", "personne"));
        await SubmitAsync(
            world.Manager,
            $"{home}/settings/providers",
            400,
            ("act", "add"),
            ("id", "entra"),
            ("name", "Microsoft"),
            ("issuer", "https://login.microsoftonline.com/common/v2.0"),
            ("metadata", "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration"),
            ("clientId", "emargement"),
            ("managerRole", "Emargement.Manager"));
        await SubmitAsync(
            world.Manager, $"{home}/account", 401, ("act", "email"), ("email", "helene@ailleurs.example"), ("email-password", "faux"));
        await SubmitAsync(anyone, $"{home}/sign-in/inconnu", 404, ("back", "/"));
        await SubmitAsync(anyone, $"a/{UnknownSecret}", 404, ("password", "quatre-hérons-cendrés"));
        await visits.OpenAsync(anyone, "oidc/callback?code=c&state=s", cancellation, 403);

        async Task SubmitAsync(Client who, string address, int status, params (string Name, string Value)[] fields)
        {
            using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
            await visits.SubmitAsync(who, address, form, cancellation, status);
        }
    }

    /// <summary>Who is here, somebody new, and what is done for one and for a group.</summary>
    private static async Task VisitPeopleAsync(World world, Visits visits, CancellationToken cancellation)
    {
        var home = $"o/{world.Organisation}";
        foreach (var page in (string[])[
            "people", "people?q=zo", "people?filter=left", "people/groups", "people/learners/S4", "people/trainers/F1", "new-learner",
            "new-trainer"])
        {
            await visits.OpenAsync(world.Manager, $"{home}/{page}", cancellation);
        }

        await SubmitAsync("new-learner", 400, ("lastName", "Journée"));
        await SubmitAsync("new-trainer", 400, ("lastName", "Journée"));
        await SubmitAsync("people/groups", 404, ("act", "card"));
        await SubmitAsync("people/learners/S4", 200, ("act", "show-link"));
        await SubmitAsync("people/trainers/F1", 200, ("act", "show-link"));
        foreach (var form in (string[])["new-learner", "new-trainer", "people/groups"])
        {
            await visits.SubmitEmptyAsync(world.Manager, $"{home}/{form}", cancellation);
        }

        async Task SubmitAsync(string address, int status, params (string Name, string Value)[] fields)
        {
            using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
            await visits.SubmitAsync(world.Manager, $"{home}/{address}", form, cancellation, status);
        }
    }
}
