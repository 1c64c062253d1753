using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Sessions;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Planning.Push;

/// <summary>One app for all.</summary>
public sealed class PushScene : IAsyncLifetime
{
    internal AccessHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await AccessHost.StartAsync(("Access:RateFactor", "100"));

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>An organisation of the test's own, with a training, a trainer and a learner that its system pushed; and that system.</summary>
public abstract class PushDesk(PushScene scene) : IAsyncLifetime
{
    private readonly string _org = "of" + Guid.NewGuid().ToString("N")[..8];
    private HttpClient _machine = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected OrganisationId Org => OrganisationId.Parse(_org);

    protected string Api => $"/api/organisations/{_org}";

    private protected AccessHost Host => scene.Host;

    public async ValueTask InitializeAsync()
    {
        await Host.CreateOrganisationAsync(_org);
        _machine = await MachineAsync("planning");
        var training = new { intitule = "Accueil", date_debut = "01/10/2026", date_fin = "2026-12-18" };
        (await PutAsync("trainings/A1", training)).ShouldBe("created");
        (await PutAsync("trainers/F1", new { nom = "Le Goff", prenom = "Chloé", email = "chloe@exemple.fr" })).ShouldBe("created");
        (await PutAsync("learners/S1", new { nom = "Un", prenom = "Sam", email = "sam@exemple.fr", telephone = "06" })).ShouldBe("created");
        (await PutAsync("enrolments/I1", Enrolment())).ShouldBe("created");
    }

    public ValueTask DisposeAsync()
    {
        _machine.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static object Enrolment(string? reference = null, string learner = "S1", string group = "G1") => new
    {
        @ref = reference,
        stagiaire_ref = learner,
        action_ref = "A1",
        groupe = group,
        periodes = new[] { new { financeur = "REGION", entree = "02/11/2026" } },
    };

    protected static object Slot(string date, string start = "09:00", string end = "12:00", long? revision = null) => new
    {
        revision,
        action_ref = "A1",
        date,
        debut = start,
        fin = end,
        groupe = "G1",
        formateur_ref = "F1",
        salle = "Salle 1",
        modalite = "P",
    };

    protected static object Named(string reference, string date, string start, string end, string group) =>
        new { @ref = reference, action_ref = "A1", date, debut = start, fin = end, groupe = group, formateur_ref = "F1" };

    protected async Task<HttpClient> MachineAsync(string right)
    {
        using var minted = await Host.Operator.PostAsJsonAsync(
            $"{Api}/api-keys", new { name = right, rights = new[] { right } }, Cancellation);
        var client = Host.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (string)(await AccessHost.JsonAsync(minted))["key"]!);
        return client;
    }

    protected async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, EntityTagHeaderValue? match = null)
    {
        using var request = new HttpRequestMessage(method, $"{Api}/planning{(path.Length > 0 ? "/" : "")}{path}");
        request.Content = body is null ? null : JsonContent.Create(body);
        if (match is not null)
        {
            request.Headers.IfMatch.Add(match);
        }

        return await _machine.SendAsync(request, Cancellation);
    }

    /// <summary>The outcome, or the code of the refusal.</summary>
    protected async Task<string> PutAsync(string path, object body)
    {
        using var response = await SendAsync(HttpMethod.Put, path, body);
        return await OutcomeAsync(response);
    }

    protected async Task<string> DeleteAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Delete, path, null);
        return await OutcomeAsync(response);
    }

    protected static async Task<string> OutcomeAsync(HttpResponseMessage response) => response.IsSuccessStatusCode
        ? (string)(await AccessHost.JsonAsync(response))["outcome"]!
        : await AccessHost.CodeAsync(response);

    protected async Task<JsonObject> AnswerAsync(string path, object body)
    {
        using var response = await SendAsync(HttpMethod.Put, path, body);
        return await AccessHost.JsonAsync(response);
    }

    protected async Task<JsonObject> BatchAsync(object batch)
    {
        using var response = await SendAsync(HttpMethod.Post, "", batch);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancellation));
        return await AccessHost.JsonAsync(response);
    }

    protected async Task EditAsync(Session session, object patch)
    {
        await Host.CreateManagerAsync(_org, "M1", $"ines@{_org}.example");
        var manager = await Host.SignedInAsync(_org, $"ines@{_org}.example");
        var stored = await Host.Services.GetRequiredService<SessionsTable>().FindAsync(Org, session.Id, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{Api}/sessions/{session.Id}");
        request.Content = JsonContent.Create(patch);
        request.Headers.TryAddWithoutValidation("If-Match", stored!.ETag.ToString());
        using var response = await manager.SendAsync(request, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancellation));
    }

    protected async Task<List<Session>> SessionsAsync()
    {
        var all = Host.Services.GetRequiredService<SessionsTable>().BetweenAsync(
            Org, new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 31), Cancellation);
        return await all.Select(s => s.Value).ToListAsync(Cancellation);
    }

    protected async Task<IEnumerable<string>> LiveAsync() =>
        (await SessionsAsync()).Where(s => s.State != SessionState.Cancelled).Select(s => $"{s.Id.Date:yyyy-MM-dd} {s.Id.Reference}");

    protected async Task<JsonNode> JsonAsync(string path) =>
        JsonNode.Parse(await Host.Operator.GetStringAsync($"{Api}/{path}", Cancellation))!;
}
