using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using OtpNet;

namespace Emargement.Benchmarks.Acts;

/// <summary>An organisation of 9,000 learners made over HTTP alone, its half-days open, and what each of its people does in them.</summary>
internal sealed partial class ActWorld : IDisposable
{
    public const int Connections = 32;

    /// <summary>People with a phone that stays signed in.</summary>
    public const int Phones = ActPlanning.PhoneGroups * ActPlanning.GroupSize;

    /// <summary>People with a token: their groups follow those with phones.</summary>
    public const int Tokens = 50 * ActPlanning.GroupSize;

    private const string Password = "trois-grenouilles-bleues";
    private const string Drawing = "M 12 60 C 22 20 32 90 42 50 C 52 15 62 85 72 48 C 82 30 102 70 140 44";

    private readonly ActClient _people;
    private readonly string _organisation;
    private readonly string _api;
    private readonly string[] _phones = new string[Phones];
    private readonly byte[][] _tokens = new byte[Tokens][];
    private readonly ConcurrentDictionary<string, (SessionId Id, byte[] Key)> _sessions = new();
    private string _manager = "";

    private ActWorld(ActClient people, string organisation) =>
        (_people, _organisation, _api) = (people, organisation, $"api/organisations/{organisation}");

    public static async Task<ActWorld> CreateAsync(ActServer server)
    {
        var world = new ActWorld(
            new ActClient(server.Url, Connections), $"banc-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
        await world.PrepareAsync(server.OperatorKey);
        return world;
    }

    /// <summary>A code of the own token, typed with the own reference: presence and signature in one request.</summary>
    public async Task SignByTokenAsync(int person)
    {
        var group = ActPlanning.PhoneGroups + (person / ActPlanning.GroupSize);
        var value = new Totp(_tokens[person]).ComputeTotp();
        var login = ActPlanning.Learner((ActPlanning.PhoneGroups * ActPlanning.GroupSize) + person);
        var answer = await _people.PostAsync(
            $"{_api}/presence",
            new { session = SessionOf(group, 0).Id.ToString(), sign = true, proof = new { kind = "token", value, login } });
        _ = answer["already"] ?? throw new InvalidOperationException($"Not signed: {answer.ToJsonString()}");
    }

    /// <summary>The page behind a scanned code, and the signature drawn on it.</summary>
    public async Task SignByQrAsync(int phone, int slot)
    {
        await SignAsync(Ticket().Match(await ScannedAsync(phone, slot)).Groups[1].Value, phone, slot);
    }

    /// <summary>The page behind a scanned code, and the signature where there is none yet.</summary>
    public async Task ScanAsync(int phone, int slot)
    {
        if (Ticket().Match(await ScannedAsync(phone, slot)) is { Success: true } ticket)
        {
            await SignAsync(ticket.Groups[1].Value, phone, slot);
        }
    }

    /// <summary>Imports a planning as the manager does.</summary>
    public async Task ImportAsync(string csv)
    {
        using var planning = new StringContent(csv, Encoding.UTF8, "text/csv");
        await _people.PostAsync($"{_api}/imports?force=true", planning, _manager);
    }

    /// <summary>The code typed from the board, and the signature drawn.</summary>
    public async Task SignByCodeAsync(int phone, int slot)
    {
        var (id, key) = SessionOf(phone / ActPlanning.GroupSize, slot);
        var value = PresenceCode.Typed(
            key, OrganisationId.Parse(_organisation), id, PresenceCode.TypedStep(TimeProvider.System.GetUtcNow()));
        var answer = await _people.PostAsync(
            $"{_api}/presence", new { session = id.ToString(), proof = new { kind = "code", value } }, _phones[phone]);
        await SignAsync(answer["ticket"]!.GetValue<string>(), phone, slot);
    }

    public async Task SignInAsync(int phone) => await _people.SignInAsync($"{_api}/sign-in", ActPlanning.Learner(phone), Password);

    public void Dispose() => _people.Dispose();

    private async Task<string> ScannedAsync(int phone, int slot)
    {
        var (id, key) = SessionOf(phone / ActPlanning.GroupSize, slot);
        var qr = PresenceCode.Qr(key, OrganisationId.Parse(_organisation), id, PresenceCode.QrStep(TimeProvider.System.GetUtcNow()));
        return await _people.GetAsync($"s/{_organisation}/{id}/{qr}", _phones[phone]);
    }

    private async Task SignAsync(string ticket, int phone, int slot) => await _people.PostAsync(
        $"{_api}/signatures",
        new { ticket, drawing = string.Create(CultureInfo.InvariantCulture, $"{Drawing} L {phone} {slot}") },
        _phones[phone]);

    private (SessionId Id, byte[] Key) SessionOf(int group, int slot) => _sessions[ActPlanning.Slot(group, slot)];

    private async Task PrepareAsync(string operatorKey)
    {
        await _people.PostAsync(
            "api/organisations",
            new { id = _organisation, name = "Banc", nda = "76310000131", siret = "73282932000074", region = "occitanie" },
            operatorKey: operatorKey);
        var manager = await _people.PostAsync(
            $"{_api}/managers",
            new { @ref = "M1", lastName = "Roques", firstName = "Hélène", email = "helene@of.example" },
            operatorKey: operatorKey);
        var activation = new Uri(manager["activationUrl"]!.GetValue<string>()).Segments[^1];
        await _people.PostAsync($"api/activations/{activation}", new { password = Password });
        _manager = await EnrolAsync(await _people.SignInAsync($"{_api}/sign-in", "helene@of.example", Password));

        var now = TimeProvider.System.GetUtcNow();
        using var planning = new ByteArrayContent(ActPlanning.Zip(now));
        planning.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        await _people.PostAsync($"{_api}/imports", planning, _manager);
        await OpenAsync(SiteZone.Paris.DateAt(now));
        await EachAsync(Tokens, Connections, ProvisionAsync);

        // Passwords are checked one at a time, the latest first: who waits for more than two seconds is asked to come back.
        await EachAsync(Phones, 2, RememberAsync);
    }

    /// <summary>Sets up the manager's second step.</summary>
    /// <returns>The cookies of the whole sign-in.</returns>
    private async Task<string> EnrolAsync(string halfway)
    {
        var offered = await _people.PostAsync($"{_api}/me/second-step/offer", new { }, halfway);
        var code = new Totp(Base32Encoding.ToBytes(offered["secret"]!.GetValue<string>())).ComputeTotp();
        return await _people.PostForCookiesAsync(
            $"{_api}/me/second-step", new { offer = offered["offer"]!.GetValue<string>(), code }, halfway);
    }

    private async Task OpenAsync(DateOnly day)
    {
        var listed = await _people.GetAsync($"{_api}/sessions?date={day:yyyy-MM-dd}", _manager);
        var ids = JsonNode.Parse(listed)!["sessions"]!.AsArray()
            .Select(s => SessionId.Parse(s!["session"]!["session"]!.GetValue<string>()))
            .ToDictionary(id => id.Reference.Value);
        var wanted = Enumerable.Range(0, ActPlanning.PhoneGroups + (Tokens / ActPlanning.GroupSize))
            .SelectMany(g => Enumerable.Range(0, g < ActPlanning.PhoneGroups ? ActPlanning.SlotsOfPhones : 1)
                .Select(s => ActPlanning.Slot(g, s)))
            .ToList();
        await EachAsync(wanted.Count, Connections, async i =>
        {
            var id = ids[wanted[i]];
            var opened = await _people.PostAsync($"{_api}/sessions/{id}/open", new { }, _manager);
            _sessions[wanted[i]] = (id, Base64Url.DecodeFromChars(opened["key"]!.GetValue<string>()));
        });
    }

    private async Task ProvisionAsync(int person)
    {
        var learner = ActPlanning.Learner(Phones + person);
        var token = await _people.PostAsync($"{_api}/learners/{learner}/token", new { }, _manager);
        var query = HttpUtility.ParseQueryString(new Uri(token["otpauth"]!.GetValue<string>()).Query);
        _tokens[person] = Base32Encoding.ToBytes(query["secret"]);
    }

    private async Task RememberAsync(int phone)
    {
        var learner = ActPlanning.Learner(phone);
        await _people.PostAsync($"{_api}/accounts/learner:{learner}/password", new { password = Password }, _manager);
        _phones[phone] = await _people.SignInAsync($"{_api}/sign-in", learner, Password);
    }

    private static Task EachAsync(int count, int atOnce, Func<int, Task> work) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = atOnce },
        async (i, _) => await work(i));

    [GeneratedRegex("\"ticket\":\"([^\"]+)\"")]
    private static partial Regex Ticket();
}
