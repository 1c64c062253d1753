using System.Buffers.Text;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Mail;
using Emargement.Tests.Placements;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Platform.Telemetry;

/// <summary>
/// A half-day over HTTP alone, of people whose names, addresses and references are like nothing else, at nine o'clock in Paris.
/// </summary>
internal sealed partial class HalfDayScene : IAsyncDisposable
{
    public const string Session = "/api/organisations/garonne/sessions/20261123-1-CENTRE";
    public const string Org = "/api/organisations/garonne";

    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");

    private readonly AccessHost _host;
    private readonly SentMails _mails;

    private HalfDayScene(AccessHost host, SentMails mails) => (_host, _mails) = (host, mails);

    public AccessHost Host => _host;

    /// <summary>All that says who somebody is, or lets somebody in.</summary>
    public HashSet<string> Personal { get; } =
    [
        AccessHost.Password, AccessHost.OperatorKey, HalfDayWorld.Drawing,
        "APPR-77310", "APPR-77311", "APPR-77312", "FORM-88420", "GEST-99530",
        "Lefèbvre-Quillien", "Zoë-Maïwenn", "Haddad-Ouaknine", "Kévin-Anaël", "Azéma-Çelik", "Fatoumata-Binta",
        "Delmas-Pujol", "Rémi-Gaël", "Roche", "Inès",
        "zoe.q@stagiaire.example", "kevin.o@stagiaire.example", "fatou.c@stagiaire.example", "remi.p@of.example", "gest.r@of.example",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<HalfDayScene> StartAsync(Recorded recorded)
    {
        var mails = new SentMails();
        var host = await AccessHost.StartAsync(services =>
        {
            services.AddSingleton<IMailSender>(mails);
            recorded.AddTo(services);
        });
        var day = new HalfDayScene(host, mails);
        await host.CreateOrganisationAsync("garonne");
        await host.CreateManagerAsync("garonne", "GEST-99530", "gest.r@of.example");
        using var manager = await host.SignedInAsync("garonne", "gest.r@of.example");
        using var planning = new ByteArrayContent(Zip());
        planning.Headers.ContentType = new("application/zip");
        using var imported = await manager.PostAsync($"{Org}/imports", planning, Cancellation);
        imported.EnsureSuccessStatusCode();
        await host.SetPasswordAsync("garonne", "trainer:FORM-88420", AccessHost.Password);
        await host.SetPasswordAsync("garonne", "learner:APPR-77310", AccessHost.Password);
        return day;
    }

    public Task<HttpClient> TrainerAsync() => _host.SignedInAsync("garonne", "remi.p@of.example");

    public Task<HttpClient> LearnerAsync() => _host.SignedInAsync("garonne", "APPR-77310");

    /// <summary>The learner scans and signs; the trainer closes, in the trace given; the sheet is sealed.</summary>
    public async Task SignAndCloseAsync(string traceParent)
    {
        using var trainer = await TrainerAsync();
        using var learner = await LearnerAsync();
        var opened = await PostAsync(trainer, $"{Session}/open", new { });
        await SignAsync(learner, new { session = "20261123-1-CENTRE", proof = new { kind = "qr", value = Qr(opened) } });
        trainer.DefaultRequestHeaders.Add("traceparent", traceParent);
        await CloseAsync(trainer, 1);
    }

    /// <summary>Everything that people do in a half-day, and what they get wrong.</summary>
    public async Task LiveThroughAsync()
    {
        await ActivateAsync();
        using var trainer = await TrainerAsync();
        using var learner = await LearnerAsync();
        using var anyone = _host.Client();
        var opened = await PostAsync(trainer, $"{Session}/open", new { });
        Personal.Add(opened["key"]!.GetValue<string>());
        await GetAsync(
            trainer, "/o/garonne/sessions/20261123-1-CENTRE", "/o/garonne/today", $"{Org}/learners?search=Lef%C3%A8bvre-Quillien");

        var qr = Note(Qr(opened));
        await GetAsync(anyone, $"/s/garonne/20261123-1-CENTRE/{qr}", $"/o/garonne?back=%2Fs%2Fgaronne%2F20261123-1-CENTRE%2F{qr}");
        await SignAsync(learner, new { session = "20261123-1-CENTRE", proof = new { kind = "qr", value = qr } });

        await SignByLinkAsync(trainer, anyone);
        using var manager = await _host.SignedInAsync("garonne", "GEST-99530");
        await SignByTokenAsync(manager, anyone);
        await KeepBooksAsync(manager);
        await GuessAsync(anyone);

        var verified = await CloseAsync(trainer, 3);
        await GetAsync(
            anyone,
            $"/v/{verified}",
            $"/api/verify/{verified}",
            "/t/AAAAAAAAAAAAAAAAAAAAAA",
            "/l/BBBBBBBBBBBBBBBBBBBBBB?who=zoe.q@stagiaire.example",
            "/nowhere/APPR-77310");
        await GetAsync(manager, $"{Org}/learners", $"{Session}/evidence");
        await AskForTheirsAsync(manager, anyone);
        await _host.RunTimerAsync("NightlyImportTimer");
        await _host.RunTimerAsync("WatchPulses");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task ActivateAsync()
    {
        using var manager = await _host.SignedInAsync("garonne", "gest.r@of.example");
        using var made = await manager.PostAsJsonAsync(
            $"{Org}/accounts/learner:APPR-77311/activation", new { send = true }, Cancellation);
        var secret = Note(new Uri((await AccessHost.JsonAsync(made))["activationUrl"]!.GetValue<string>()).Segments[^1]);
        using var anyone = _host.Client();
        await GetAsync(anyone, $"/a/{secret}", $"/api/activations/{secret}");
        await PostAsync(anyone, $"/api/activations/{secret}", new { password = AccessHost.Password });
    }

    // A key for another system, a sign-in with its cookie, and what the journal says of both.
    private async Task KeepBooksAsync(HttpClient manager)
    {
        var minted = await PostAsync(manager, $"{Org}/api-keys", new { name = "ERP", rights = new[] { "people" } });
        using var machine = _host.Client();
        machine.DefaultRequestHeaders.Authorization = new("Bearer", Note(minted["key"]!.GetValue<string>()));
        Personal.Add(minted["key"]!.GetValue<string>().Split('_')[^1]);
        await GetAsync(machine, $"{Org}/learners");
        using var browser = _host.Client();
        using var signedIn = await AccessHost.SignInAsync(browser, "garonne", "APPR-77311");
        Note(signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=')[1]);
        await GetAsync(
            manager,
            "/o/garonne/keys",
            "/o/garonne/journal?person=learner:APPR-77310",
            $"{Org}/audit?actor=manager:GEST-99530",
            $"{Org}/audit.csv?person=learner:APPR-77311");
        await _host.RunTimerAsync("CompleteAudit");
    }

    // A forgotten password, a wrong code of a slip of paper, a hold, somebody's data, an erasure.
    private async Task AskForTheirsAsync(HttpClient manager, HttpClient anyone)
    {
        await SendAsync(anyone, "/password-links", new { login = "kevin.o@stagiaire.example" });
        await _host.WhenIdleAsync();
        var secret = Note(Link().Match(_mails.To("kevin.o@stagiaire.example")[^1].Text).Groups[1].Value);
        secret.ShouldNotBeEmpty();
        await GetAsync(anyone, $"/a/{secret}");
        await PostAsync(anyone, $"/api/activations/{secret}", new { password = Note("Cinq chevaux bleus") });
        await _host.WhenIdleAsync();
        using var wrong = await anyone.PostAsJsonAsync(
            $"{Org}/password-codes",
            new { login = "zoe.q@stagiaire.example", code = Note("2345-6789-ABCD"), password = "Six chevaux jaunes" },
            Cancellation);
        await SendAsync(manager, "/holds", new { scope = "learner", target = "APPR-77310", reason = Note("Litige avec Zoë-Maïwenn") });
        await SendAsync(manager, "/accounts/learner:APPR-77311/data", new { });
        await SendAsync(manager, "/accounts/learner:APPR-77312/erasure", new { });
    }

    private static async Task SendAsync(HttpClient client, string address, object body)
    {
        using var answer = await client.PostAsJsonAsync(Org + address, body, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private async Task SignByLinkAsync(HttpClient trainer, HttpClient anyone)
    {
        await PostAsync(trainer, $"{Session}/links", new { to = "one", learner = "APPR-77311" });
        await _host.WhenIdleAsync();
        var secret = Note(Link().Match(_mails.To("kevin.o@stagiaire.example")[^1].Text).Groups[1].Value);
        secret.ShouldNotBeEmpty();
        await GetAsync(anyone, $"/l/{secret}");
        await SignAsync(anyone, new { session = "20261123-1-CENTRE", proof = new { kind = "link", value = secret } });
    }

    private async Task SignByTokenAsync(HttpClient manager, HttpClient anyone)
    {
        var token = await PostAsync(manager, $"{Org}/learners/APPR-77312/token", new { });
        var secret = Note(Secret().Match(token["otpauth"]!.GetValue<string>()).Groups[1].Value);
        var code = Note(new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(secret)).ComputeTotp(_host.Time.GetUtcNow().UtcDateTime));
        await SignAsync(anyone, new { session = "20261123-1-CENTRE", proof = new { kind = "token", value = code, login = "APPR-77312" } });
    }

    // Wrong codes until the path is locked, a wrong password, a body that is none.
    private async Task GuessAsync(HttpClient anyone)
    {
        for (var i = 0; i < 6; i++)
        {
            using var wrong = await anyone.PostAsJsonAsync(
                $"{Org}/presence",
                new { session = "20261123-1-CENTRE", proof = new { kind = "token", value = Note($"90817{i}"), login = "APPR-77310" } },
                Cancellation);
        }

        using var refused = await AccessHost.SignInAsync(anyone, "garonne", "zoe.q@stagiaire.example", Note("Mauvais mot de passe"));
        using var form = new StringContent("{\"login\":\"zoe.q@stagiaire.example\"", Encoding.UTF8, "application/json");
        using var broken = await anyone.PostAsync($"{Org}/sign-in", form, Cancellation);
    }

    private async Task<string> CloseAsync(HttpClient trainer, int heads)
    {
        await PostAsync(trainer, $"{Session}/close", new { headCount = heads, typedName = "Rémi-Gaël Delmas-Pujol" });
        await _host.WhenIdleAsync();
        var sheet = await trainer.GetByteArrayAsync($"{Session}/sheet", Cancellation);
        using var content = new ByteArrayContent(sheet);
        content.Headers.ContentType = new("application/pdf");
        using var verdict = await trainer.PostAsync("/api/verify", content, Cancellation);
        return (await AccessHost.JsonAsync(verdict))["sheet"]!["code"]!.GetValue<string>();
    }

    private async Task SignAsync(HttpClient device, object presence)
    {
        var answer = await PostAsync(device, $"{Org}/presence", presence);
        var ticket = Note(answer["ticket"]!.GetValue<string>());
        await PostAsync(
            device,
            $"{Org}/signatures",
            answer["drawing"]!.GetValue<string>() == "wanted" ? new { ticket, drawing = HalfDayWorld.Drawing } : new { ticket });
    }

    private string Qr(JsonObject opened)
    {
        var id = new SessionId(new DateOnly(2026, 11, 23), HalfDay.Morning, Reference.Parse("CENTRE"));
        return PresenceCode.Qr(
            Base64Url.DecodeFromChars(opened["key"]!.GetValue<string>()), Garonne, id, PresenceCode.QrStep(_host.Time.GetUtcNow()));
    }

    private string Note(string personal)
    {
        Personal.Add(personal);
        return personal;
    }

    private static async Task GetAsync(HttpClient client, params string[] addresses)
    {
        foreach (var address in addresses)
        {
            using var answer = await client.GetAsync(address, Cancellation);
            ((int)answer.StatusCode).ShouldBeLessThan(500, address);
        }
    }

    private static async Task<JsonObject> PostAsync(HttpClient client, string address, object body)
    {
        using var answer = await client.PostAsJsonAsync(address, body, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{address}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
    }

    private static byte[] Zip()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(
                zip,
                "actions.csv",
                "action_ref;intitule;numero_region;bdc;date_debut;date_fin\nA1;Soudure;OCC-1;BDC1;01/09/2026;30/06/2027\n");
            Add(zip, "formateurs.csv", "formateur_ref;nom;prenom;email\nFORM-88420;Delmas-Pujol;Rémi-Gaël;remi.p@of.example\n");
            Add(
                zip,
                "stagiaires.csv",
                "stagiaire_ref;nom;prenom;email;langue;action_ref;groupe;financeur;numero_region;entree\n"
                + "APPR-77310;Lefèbvre-Quillien;Zoë-Maïwenn;zoe.q@stagiaire.example;fr;A1;G1;REGION;R-1;01/09/2026\n"
                + "APPR-77311;Haddad-Ouaknine;Kévin-Anaël;kevin.o@stagiaire.example;fr;A1;G1;REGION;R-2;01/09/2026\n"
                + "APPR-77312;Azéma-Çelik;Fatoumata-Binta;fatou.c@stagiaire.example;fr;A1;G1;REGION;R-3;01/09/2026\n");
            Add(
                zip,
                "planning.csv",
                "seance_ref;action_ref;date;debut;fin;groupe;formateur_ref;module;salle;modalite\n"
                    + "CENTRE;A1;23/11/2026;09:00;12:00;G1;FORM-88420;Accueil;Salle 1;P\n");
        }

        return buffer.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    [GeneratedRegex("/[la]/([A-Za-z0-9_-]{20,})")]
    private static partial Regex Link();

    [GeneratedRegex("secret=([A-Z2-7]+)")]
    private static partial Regex Secret();
}
