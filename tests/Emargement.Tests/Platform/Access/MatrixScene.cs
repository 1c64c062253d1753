using System.IO.Compression;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Emargement.Domain.Absences;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Keys;
using Emargement.Functions.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Platform.Access;

/// <summary>Somebody who calls, and how they show who they are: afresh each time, for a call may end what they showed.</summary>
/// <param name="Name">As the column of docs/access.md is called.</param>
/// <param name="Elsewhere">Of the other organisation, or of the other Région.</param>
internal sealed record MatrixCaller(string Name, Callers Kind, bool Elsewhere, Func<Task<Action<HttpRequestMessage>>> ShowAsync);

/// <summary>
/// Two organisations with the same references throughout: two trainers and the session of each, their learners, a placement of one. So
/// whatever is found by its reference alone is found out.
/// </summary>
internal sealed class MatrixScene : IAsyncDisposable
{
    public const string Session = "20261123-1-S1";

    private const string Absent = "0123456789abcdef01234567";

    private static readonly OrganisationId Here = OrganisationId.Parse(EveryCaller.Org);
    private static readonly OrganisationId There = OrganisationId.Parse(EveryCaller.OtherOrg);

    private readonly AccessHost _host;

    private MatrixScene(AccessHost host) => _host = host;

    public Uri Address => _host.Address;

    public IReadOnlyList<MatrixCaller> Callers { get; private set; } = [];

    /// <summary>What stands for each hole of a route: something of the organisation that there is.</summary>
    public IReadOnlyDictionary<string, string> Names { get; private set; } = new Dictionary<string, string>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<MatrixScene> StartAsync()
    {
        var scene = new MatrixScene(await AccessHost.StartAsync(("Access:RateFactor", "1000")));
        await scene.FillAsync(Here);
        await scene.FillAsync(There);
        foreach (var region in new[] { EveryCaller.Region, "bretagne" })
        {
            await scene._host.CreateOfficerAsync(region, "P1", $"camille@{region}.example");
        }

        scene.Callers =
        [
            new("nobody", Functions.Platform.Access.Callers.None, false, () => Task.FromResult<Action<HttpRequestMessage>>(_ => { })),
            .. await scene.OfAsync(Here, EveryCaller.Region, elsewhere: false),
            .. await scene.OfAsync(There, "bretagne", elsewhere: true),
        ];
        scene.Names = await scene.NamesAsync();
        return scene;
    }

    public Task WhenIdleAsync() => _host.WhenIdleAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task FillAsync(OrganisationId organisation)
    {
        await _host.CreateOrganisationAsync(organisation.Value);
        using var planning = new ByteArrayContent(Zip());
        planning.Headers.ContentType = new("application/zip");
        using var imported = await _host.Operator.PostAsync($"/api/organisations/{organisation}/imports", planning, Cancellation);
        imported.EnsureSuccessStatusCode();
        await _host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(
            organisation, [new(new AccountId(AccountKind.Manager, Reference.Parse("P1")), "Roche", "Inès", null)], Cancellation);
        var day = new AbsencePoint(new DateOnly(2026, 11, 23), HalfDay.Morning);
        var absence = new Absence(
            new AbsenceId(Absent), Reference.Parse("P1"), new AbsenceSpan(day, day), "FAM", null, _host.Time.GetUtcNow(), "learner:P1");
        (await _host.Services.GetRequiredService<AbsencesTable>().TryInsertAsync(organisation, absence, Cancellation)).ShouldBeTrue();
    }

    private async Task<IReadOnlyList<MatrixCaller>> OfAsync(OrganisationId organisation, string region, bool elsewhere)
    {
        var machine = await KeyAsync(new KeyOwner(organisation, null), [.. ApiRights.OfOrganisation]);
        var key = await KeyAsync(new KeyOwner(null, region), [.. ApiRights.OfRegion]);
        List<MatrixCaller> all =
        [
            Account("learner", AccountKind.Learner, "P1"),
            Account("other learner", AccountKind.Learner, "P2"),
            Account("trainer", AccountKind.Trainer, "P1"),
            Account("other trainer", AccountKind.Trainer, "P2"),
            Account("manager", AccountKind.Manager, "P1"),
            new("one factor", Functions.Platform.Access.Callers.OneFactor, elsewhere, () => CookieAsync(
                organisation, new AccountId(AccountKind.Manager, Reference.Parse("P1")), DeviceUse.OneFactor)),
            new("device", Functions.Platform.Access.Callers.Tablet, elsewhere, () => CookieAsync(
                organisation, Trainer("P1"), DeviceUse.Tablet, Session)),
            Officer("officer", OfficerRole.Leading),
            Officer("officer who reads", OfficerRole.Reading),
            ByHeader("machine", Functions.Platform.Access.Callers.Machine, "Authorization", $"Bearer {machine}"),
            ByHeader("Région", Functions.Platform.Access.Callers.RegionKey, "Authorization", $"Bearer {key}"),
        ];
        if (!elsewhere)
        {
            foreach (var right in ApiRights.OfOrganisation)
            {
                var one = await KeyAsync(new KeyOwner(organisation, null), right);
                all.Add(ByHeader($"key:{right}", Functions.Platform.Access.Callers.Machine, "Authorization", $"Bearer {one}"));
            }

            all.Add(ByHeader("operator", Functions.Platform.Access.Callers.Operator, "X-Operator-Key", AccessHost.OperatorKey));
        }

        return all;

        MatrixCaller Account(string name, AccountKind kind, string reference)
        {
            var id = new AccountId(kind, Reference.Parse(reference));
            var caller = Enum.Parse<Callers>(kind.ToString());
            return new MatrixCaller(name, caller, elsewhere, () => CookieAsync(organisation, id));
        }

        MatrixCaller Officer(string name, OfficerRole role) => new(
            name, Functions.Platform.Access.Callers.Officer, elsewhere, () => CookieAsync(
                OrganisationId.OfRegion(RegionCode.Parse(region)),
                new AccountId(AccountKind.Officer, Reference.Parse("P1")),
                role: role));

        MatrixCaller ByHeader(string name, Callers kind, string header, string value) =>
            new(name, kind, elsewhere, () => Task.FromResult<Action<HttpRequestMessage>>(request => request.Headers.Add(header, value)));
    }

    private static AccountId Trainer(string reference) => new(AccountKind.Trainer, Reference.Parse(reference));

    // Straight into the table: signing in costs a slow hash, and there are a thousand calls.
    private async Task<Action<HttpRequestMessage>> CookieAsync(
        OrganisationId organisation, AccountId id, DeviceUse use = DeviceUse.Browser, string? scope = null,
        OfficerRole? role = null)
    {
        var (device, secret) = (Hex(8), Hex(16));
        var now = _host.Time.GetUtcNow();
        var row = new Device(
            device,
            use,
            SHA256.HashData(Encoding.UTF8.GetBytes(secret)),
            null,
            now,
            now,
            now.AddHours(8));
        (await _host.Services.GetRequiredService<DevicesTable>().TryInsertAsync(organisation, id, row, Cancellation)).ShouldBeTrue();
        var content = new SignInCookieContent(organisation.Value, id.Key, device, secret, scope) { Role = role };
        var cookie = $"emargement={_host.Services.GetRequiredService<SignInCookieSeal>().Seal(content)}";
        return request => request.Headers.Add("Cookie", cookie);
    }

    private async Task<string> KeyAsync(KeyOwner owner, params string[] rights) =>
        (await _host.Services.GetRequiredService<ApiKeys>().MintAsync(owner, "test", rights, Cancellation)).Value!.Key;

    private async Task<Dictionary<string, string>> NamesAsync()
    {
        using var manager = new HttpRequestMessage(
            HttpMethod.Post, new Uri(Address, $"/api/organisations/{Here}/placements"))
        {
            Content = JsonContent.Create(new
            {
                learner = "P1",
                training = "A1",
                group = "G1",
                company = "Chez Ruiz",
                tutors = new[] { new { name = "Mme Ruiz", email = "ruiz@chez-ruiz.example" } },
                firstDay = "2026-11-23",
                lastDay = "2026-11-27",
                minutesADay = 420,
            }),
        };
        (await CookieAsync(Here, new AccountId(AccountKind.Manager, Reference.Parse("P1"))))(manager);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var created = await client.SendAsync(manager, Cancellation);
        var placement = await AccessHost.JsonAsync(created);
        var imports = await _host.Operator.GetFromJsonAsync<JsonNode>($"/api/organisations/{Here}/imports", Cancellation);
        return new Dictionary<string, string>
        {
            ["session"] = Session,
            ["absence"] = Absent,
            ["placement"] = placement["id"]!.GetValue<string>(),
            ["week"] = "2026-W48",
            ["account"] = "learner:P9",
            ["learner"] = "P9",
            ["training"] = "A1",
            ["group"] = "G1",
            ["trainer"] = "P1",
            ["month"] = "2026-11",
            ["tutor"] = "t1",
            ["run"] = imports!["items"]![0]!["run"]!.GetValue<string>(),
        };
    }

    private static string Hex(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    private static byte[] Zip()
    {
        var files = new Dictionary<string, string>
        {
            ["actions.csv"] = "action_ref;intitule;numero_region;bdc;date_debut;date_fin\nA1;Soudure;OCC-1;BDC1;01/09/2026;30/06/2027\n",
            ["formateurs.csv"] = "formateur_ref;nom;prenom;email\nP1;Delmas;Rémi;\nP2;Roux;Anne;\n",
            ["stagiaires.csv"] =
                "stagiaire_ref;nom;prenom;email;langue;action_ref;groupe;financeur;numero_region;entree\n"
                + "P1;Diallo;Awa;;fr;A1;G1;REGION;R-1;01/09/2026\n"
                + "P2;Costa;Maria;;fr;A1;G2;REGION;R-2;01/09/2026\n"
                + "P9;Haddad;Kévin;;fr;A1;G1;REGION;R-3;01/09/2026\n",
            ["planning.csv"] =
                "seance_ref;action_ref;date;debut;fin;groupe;formateur_ref;module;salle;modalite\n"
                + "S1;A1;23/11/2026;09:00;12:00;G1;P1;Accueil;Salle 1;P\n"
                + "S2;A1;23/11/2026;09:00;12:00;G2;P2;Accueil;Salle 2;P\n",
        };
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return buffer.ToArray();
    }
}
