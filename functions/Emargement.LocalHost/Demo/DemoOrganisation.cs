using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.LocalHost.Storage;

namespace Emargement.LocalHost.Demo;

/// <summary>Makes the demonstration organisation through the app's own HTTP API, as an operator and a manager would.</summary>
internal sealed class DemoOrganisation : IDisposable
{
    private const string Organisation = "demo";
    private const string ManagerRef = "DIRECTION";
    private const string TokenLearner = "S5";

    private readonly HttpClient _operator;
    private readonly HttpClient _manager;
    private readonly Uri _address;
    private readonly TimeProvider _clock;

    public DemoOrganisation(Uri address, string operatorKey, TimeProvider clock)
    {
        (_address, _clock) = (address, clock);
        _operator = Client(address);
        _operator.DefaultRequestHeaders.Add("X-Operator-Key", operatorKey);
        _manager = Client(address);
    }

    private static string Base => $"api/organisations/{Organisation}";

    /// <summary>Makes what is missing, brings the planning up to this week, and says who can sign in where.</summary>
    /// <exception cref="HttpRequestException">The app refused a step; the message holds its answer.</exception>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        var known = DemoIdentities.Read(DemoAuthenticator.Identities);
        var isNew = await CreateAsync(cancellation) || known is null;
        var identities = isNew ? DemoIdentities.Draw(Logins().Select(l => l.Login)) : known!;
        if (isNew)
        {
            await SetPasswordAsync(_operator, $"manager:{ManagerRef}", identities.Passwords[DemoPlanning.Manager], cancellation);
        }

        identities = await EnterAsync(identities, cancellation);
        using (var planning = new ByteArrayContent(new DemoPlanning(_clock.GetUtcNow()).Zip()))
        {
            planning.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
            await ReadAsync(await _manager.PostAsync(new Uri($"{Base}/imports", UriKind.Relative), planning, cancellation), cancellation);
        }

        if (isNew)
        {
            foreach (var (account, login) in Logins().Skip(1))
            {
                await SetPasswordAsync(_manager, account, identities.Passwords[login], cancellation);
            }

            var token = await SendAsync(_manager, $"learners/{TokenLearner}/token", new { }, cancellation);
            identities = identities with { Token = (string?)token?["otpauth"] };
            identities.Write(DemoAuthenticator.Identities);
        }

        Print(identities);
    }

    /// <summary>Signs the manager in, with the second step, which is set up the first time.</summary>
    /// <returns>The identities with the manager's authenticator.</returns>
    private async Task<DemoIdentities> EnterAsync(DemoIdentities identities, CancellationToken cancellation)
    {
        var next = await SignInAsync(identities, cancellation);
        if (next == "second-step" && identities.Authenticator is null)
        {
            // Its secret went with the file: the operator, who invited the manager, takes the step away.
            var step = new Uri($"{Base}/accounts/manager:{ManagerRef}/second-step", UriKind.Relative);
            await ReadAsync(await _operator.DeleteAsync(step, cancellation), cancellation);
            next = await SignInAsync(identities, cancellation);
        }

        if (next == "enrol")
        {
            var offered = (await SendAsync(_manager, "me/second-step/offer", new { }, cancellation))!;
            var entered = identities with { Authenticator = (string)offered["secret"]! };
            var code = DemoAuthenticator.Code(entered, _clock, stepsOff: -1);
            await SendAsync(_manager, "me/second-step", new { offer = (string)offered["offer"]!, code }, cancellation);
            entered.Write(DemoAuthenticator.Identities);
            return entered;
        }

        await TakeStepAsync(identities, cancellation);
        return identities;
    }

    private async Task<string?> SignInAsync(DemoIdentities identities, CancellationToken cancellation)
    {
        var password = identities.Passwords[DemoPlanning.Manager];
        var signedIn = await SendAsync(
            _manager, "sign-in", new { login = DemoPlanning.Manager, password, staySignedIn = false }, cancellation);
        return (string?)signedIn?["next"];
    }

    // A code counts once: the one before leaves the present one to whoever signs in now. After a quick restart that one is used too.
    private async Task TakeStepAsync(DemoIdentities identities, CancellationToken cancellation)
    {
        foreach (var stepsOff in (int[])[-1, 0, 1])
        {
            var code = DemoAuthenticator.Code(identities, _clock, stepsOff);
            using var answer = await _manager.PostAsJsonAsync($"{Base}/me/second-step/code", new { code }, cancellation);
            if (answer.StatusCode != HttpStatusCode.Conflict || stepsOff == 1)
            {
                await ReadAsync(answer, cancellation);
                return;
            }
        }
    }

    public void Dispose()
    {
        _operator.Dispose();
        _manager.Dispose();
    }

    private static HttpClient Client(Uri address)
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        var client = new HttpClient(handler) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Origin", address.GetLeftPart(UriPartial.Authority));
        return client;
    }

    private static IEnumerable<(string Account, string Login)> Logins() =>
    [
        ($"manager:{ManagerRef}", DemoPlanning.Manager),
        .. DemoPlanning.Trainers.Select(t => ($"trainer:{t.Ref}", t.Email)),
        .. DemoPlanning.Learners.Where(l => l.Email is not null).Select(l => ($"learner:{l.Ref}", l.Email!)),
    ];

    // True when the organisation was not there yet.
    private async Task<bool> CreateAsync(CancellationToken cancellation)
    {
        var body = new
        {
            id = Organisation,
            name = "Centre de démonstration",
            nda = "76310000131",
            siret = "73282932000074",
            region = "occitanie",
        };
        using var answer = await _operator.PostAsJsonAsync("api/organisations", body, cancellation);
        if (answer.StatusCode == HttpStatusCode.Conflict)
        {
            return false;
        }

        await ReadAsync(answer, cancellation);
        await SendAsync(
            _operator,
            "managers",
            new { @ref = ManagerRef, lastName = "Pereira", firstName = "Camille", email = DemoPlanning.Manager },
            cancellation);
        return true;
    }

    // Whoever runs the service chooses a manager's first password, and nobody else's.
    private static async Task SetPasswordAsync(HttpClient by, string account, string password, CancellationToken cancellation) =>
        await SendAsync(by, $"accounts/{account}/password", new { password }, cancellation);

    private static async Task<JsonNode?> SendAsync(HttpClient client, string path, object body, CancellationToken cancellation) =>
        await ReadAsync(await client.PostAsJsonAsync($"{Base}/{path}", body, cancellation), cancellation);

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            return answer.IsSuccessStatusCode
                ? text.Length == 0 ? null : JsonNode.Parse(text)
                : throw new HttpRequestException(
                    $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri} answered {(int)answer.StatusCode}: {text}");
        }
    }

    private void Print(DemoIdentities identities)
    {
        Console.WriteLine($"""

            Demonstration organisation
              Sign in             {_address}o/{Organisation}
              Trainer's sessions  {_address}o/{Organisation}/today
              Learner's page      {_address}o/{Organisation}/sign
              Hours in companies  {_address}o/{Organisation}/placements
              Verify a sheet      {_address}v
              Manager's code      {_address}dev/authenticator
              Mails               {_address}dev/mailbox

            """);
        foreach (var (account, login) in Logins())
        {
            Console.WriteLine($"  {account,-20}{login,-32}{identities.Passwords.GetValueOrDefault(login)}");
        }

        Console.WriteLine(
            $"\n  Token of learner {TokenLearner}: {identities.Token}\n  Ctrl-C stops; what was signed stays in {Checkout.DataFolder}.\n");
    }
}
