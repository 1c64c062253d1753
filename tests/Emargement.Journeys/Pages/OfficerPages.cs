using Emargement.Journeys.Platform;

namespace Emargement.Journeys.Pages;

/// <summary>The pages of a Région's officer, from the link of the operator on.</summary>
internal static class OfficerPages
{
    private const string Password = "six-loutres-du-gave";

    public static async Task VisitAsync(World world, Visits visits, Client anyone, CancellationToken cancellation)
    {
        var (home, api) = ($"r/{world.Region}", $"api/organisations/region:{world.Region}");
        var email = world.AddressOf("camille");
        var made = await world.Operator.PostAsync(
            $"api/region/{world.Region}/officers",
            new { lastName = "Vidal", firstName = "Camille", email, role = "leading" }, 201, cancellation);
        var link = new Uri(made["activationUrl"]!.GetValue<string>());
        using var officer = new Client(world.Server);
        await officer.PostAsync($"api/activations/{link.Segments[^1]}", new { password = Password }, 200, cancellation);
        await visits.OpenAsync(anyone, home, cancellation);
        await visits.OpenAsync(anyone, $"{home}/password", cancellation);
        await officer.PostAsync($"{api}/sign-in", new { login = email, password = Password }, 200, cancellation);
        (await visits.OpenAsync(officer, $"{home}/months", cancellation)).AbsolutePath.ShouldBe($"/{home}/second-step");
        await world.EnrolAsync(officer, cancellation, api);

        var month = $"{home}/months/{world.Planning.Month}";
        var folder = await world.ExportMonthAsync(cancellation);
        var nda = folder.Split('/')[^2];
        foreach (var page in (string[])
                 [
                     $"{home}/months", month, $"{month}/{nda}", $"{month}/{nda}/anomalies", $"{home}/anomalies",
                     $"{home}/anomalies/{world.Planning.Month}", $"{home}/usage", $"{home}/usage/{world.Planning.Month}",
                     $"{home}/amendments", $"{home}/settings", $"{home}/reasons", $"{home}/account",
                 ])
        {
            await visits.OpenAsync(officer, page, cancellation);
        }

        await visits.OpenAsync(officer, $"{month}/{nda}/differences?from=1&to=1", cancellation);
        await visits.OpenAsync(officer, $"{month}/{nda}/INCONNUE/G1", cancellation, 404);
        var asked = $"{home}/amendments/{world.Planning.Month}/{nda}/1";
        await visits.OpenAsync(officer, asked, cancellation, 404);
        foreach (var form in (string[])
                 [
                     month, $"{month}/{nda}", asked, $"{home}/settings", $"{home}/reasons", $"{home}/account", $"{home}/second-step",
                 ])
        {
            await visits.SubmitEmptyAsync(officer, form, cancellation);
        }

        foreach (var form in (string[])[home, $"{home}/password"])
        {
            await visits.SubmitEmptyAsync(anyone, form, cancellation);
        }
    }
}
