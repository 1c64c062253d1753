using System.Text.Json.Nodes;

namespace Emargement.Journeys.Platform;

/// <summary>A fresh organisation with its planning around the present, its manager and trainer signed in, made over HTTP alone.</summary>
public sealed class World : IDisposable
{
    private const string Password = "trois-grenouilles-bleues";

    private World(IServer server, string organisation, string region, DateTimeOffset now, int crowd)
    {
        Server = server;
        Organisation = organisation;
        Region = region;
        Planning = new Planning(now, Domain, crowd);
        Operator = new Client(server, ("X-Operator-Key", server.OperatorKey));
        Manager = new Client(server);
        Trainer = new Client(server);
    }

    public IServer Server { get; }

    public string Organisation { get; }

    /// <summary>A Région of this journey alone, so that its exports hold this organisation alone.</summary>
    public string Region { get; }

    public Planning Planning { get; }

    public Client Operator { get; }

    /// <summary>The Région's own system, which alone reads its files: known once a month was exported.</summary>
    public Client? RegionSystem { get; private set; }

    public Client Manager { get; }

    public Client Trainer { get; }

    /// <summary>Of the addresses of its people alone: a server's mailbox may hold the mails of other journeys too.</summary>
    private string Domain => $"{Organisation}.example";

    public string Api => $"api/organisations/{Organisation}";

    public string Centre { get; private set; } = "";

    public string Distance { get; private set; } = "";

    /// <summary>Somebody's address.</summary>
    public string AddressOf(string name) => $"{name}@{Domain}";

    public static async Task<World> CreateAsync(IServer server, CancellationToken cancellation, int crowd = 0)
    {
        var name = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(5));
        var world = new World(server, $"of-{name}", $"region-{name}", await server.NowAsync(cancellation), crowd);
        world.Hide();
        await world.PrepareAsync(cancellation);
        return world;
    }

    // What the server's log may not hold of this world.
    private void Hide()
    {
        foreach (var person in Planning.Learners.Where(l => !l.Ref.StartsWith('C')))
        {
            Server.Log?.NeverTell(person.LastName, "name");
            Server.Log?.NeverTell(person.Email, "address");
        }

        foreach (var word in (string[])["Roques", "helene@of.example", "Delmas", "remi@of.example", Password])
        {
            Server.Log?.NeverTell(word, "name, address or password of staff");
        }
    }

    /// <summary>A learner's phone, signed in and staying so.</summary>
    public async Task<Client> PhoneOfAsync(string learner, CancellationToken cancellation)
    {
        await Manager.PostAsync($"{Api}/accounts/learner:{learner}/password", new { password = Password }, 204, cancellation);
        var phone = new Client(Server);
        await phone.PostAsync($"{Api}/sign-in", new { login = learner, password = Password, staySignedIn = true }, 200, cancellation);
        return phone;
    }

    /// <summary>Sets up the second step of somebody who has just given the password, and who is signed in then.</summary>
    /// <returns>The address that their authenticator app holds.</returns>
    /// <param name="api">Where the account is; the organisation's when left out.</param>
    public async Task<string> EnrolAsync(Client client, CancellationToken cancellation, string? api = null)
    {
        var offered = await client.PostAsync($"{api ?? Api}/me/second-step/offer", new { }, 200, cancellation);
        var otpauth = offered["otpauth"]!.GetValue<string>();
        var (offer, code) = (offered["offer"]!.GetValue<string>(), Tokens.Code(otpauth, await Server.NowAsync(cancellation)));
        await client.PostAsync($"{api ?? Api}/me/second-step", new { offer, code }, 201, cancellation);
        return otpauth;
    }

    public async Task<Screen> OpenAsync(string session, CancellationToken cancellation)
    {
        var opened = await Trainer.PostAsync($"{Api}/sessions/{session}/open", new { }, 200, cancellation);
        return new Screen(Organisation, session, opened["key"]!.GetValue<string>());
    }

    /// <summary>Proves presence and signs; answers with the signature.</summary>
    public async Task<JsonNode> SignAsync(Client device, object presence, CancellationToken cancellation, string drawing = Drawings.Wave)
    {
        var answer = await device.PostAsync($"{Api}/presence", presence, 200, cancellation);
        var ticket = answer["ticket"]!.GetValue<string>();
        object signature = answer["drawing"]!.GetValue<string>() == "wanted" ? new { ticket, drawing } : new { ticket };
        return await device.PostAsync($"{Api}/signatures", signature, 201, cancellation);
    }

    public async Task LeaveTabletAsync(CancellationToken cancellation) =>
        await Trainer.PostAsync($"{Api}/sessions/{Centre}/tablet/leave", new { password = Password }, 200, cancellation);

    /// <summary>Exports the planning's month to the Région, and answers with the address of the version's files.</summary>
    public async Task<string> ExportMonthAsync(CancellationToken cancellation)
    {
        var path = $"api/region/{Region}/exports/{Planning.Month}";
        await Operator.PostAsync(path, new { }, 202, cancellation);
        var folder = await Server.UntilAsync(
            async () =>
                (await Operator.GetAsync(path, cancellation))["versions"]!.AsArray().FirstOrDefault(), "export of the month", cancellation);
        if (RegionSystem is null)
        {
            var made = await Operator.PostAsync(
                $"api/region/{Region}/api-keys", new { name = "SI", rights = (List<string>)["exports"] }, 201, cancellation);
            RegionSystem = new Client(Server, ("Authorization", $"Bearer {made["key"]!.GetValue<string>()}"));
        }

        return $"{path}/{folder["nda"]!.GetValue<string>()}/v{folder["version"]!.GetValue<int>()}";
    }

    public void Dispose()
    {
        Operator.Dispose();
        RegionSystem?.Dispose();
        Manager.Dispose();
        Trainer.Dispose();
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        await Operator.PostAsync(
            "api/organisations",
            new { id = Organisation, name = "GRETA du Lauragais", nda = "76310000131", siret = "73282932000074", region = Region },
            201,
            cancellation);
        var manager = await Operator.PostAsync(
            $"{Api}/managers", new { @ref = "M1", lastName = "Roques", firstName = "Hélène", email = "helene@of.example" }, 201,
            cancellation);
        var activation = new Uri(manager["activationUrl"]!.GetValue<string>());
        await Manager.PostAsync($"api/activations/{activation.Segments[^1]}", new { password = Password }, 200, cancellation);
        var signedIn = await Manager.PostAsync(
            $"{Api}/sign-in", new { login = "helene@of.example", password = Password, staySignedIn = false }, 200, cancellation);
        signedIn["next"]!.GetValue<string>().ShouldBe("enrol");
        await EnrolAsync(Manager, cancellation);

        await Manager.UploadAsync($"{Api}/imports", Planning.Zip(), "application/zip", cancellation);
        await Manager.PostAsync($"{Api}/accounts/trainer:F1/password", new { password = Password }, 204, cancellation);
        await Trainer.PostAsync(
            $"{Api}/sign-in", new { login = "remi@of.example", password = Password, staySignedIn = false }, 200, cancellation);

        var sessions = await Trainer.GetAsync($"{Api}/sessions?date={Planning.Day:yyyy-MM-dd}", cancellation);
        var ids = sessions["sessions"]!.AsArray().Select(s => s!["session"]!["session"]!.GetValue<string>()).ToList();
        Centre = ids.Single(id => id.EndsWith("-CENTRE", StringComparison.Ordinal));
        Distance = ids.Single(id => id.EndsWith("-DISTANCE", StringComparison.Ordinal));
    }
}

/// <summary>Signatures as people draw them.</summary>
public static class Drawings
{
    public const string Wave = "M 12 60 C 22 20 32 90 42 50 C 52 15 62 85 72 48 C 82 30 102 70 140 44";

    /// <summary>A drawing that no other call gives.</summary>
    public static string Of(int person) =>
        FormattableString.Invariant(
            $"M 10 {20 + person} C 30 {10 + person} 50 {60 + person} 90 {30 + person} C 100 40 120 50 {130 + person} 45");
}
