using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Absences;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets.Records;
using Emargement.Tests.Placements;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Region;
using Microsoft.Extensions.DependencyInjection;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Absences;

/// <summary>A week of ten closed half-days in which a learner signed once, and one to come, over HTTP as people use it.</summary>
public abstract class AbsenceScene : IAsyncLifetime
{
    protected static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");
    protected static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
    protected static readonly SessionId ToCome = new(Monday.AddDays(7), HalfDay.Morning, Ref("N"));

    private protected AccessHost Host { get; private set; } = null!;

    private protected SentMails Mails { get; } = new();

    protected HttpClient Manager { get; private set; } = null!;

    protected HttpClient Learner { get; private set; } = null!;

    protected HttpClient Other { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Host = await AccessHost.StartAsync(services => services.AddSingleton<IMailSender>(Mails));
        Host.Time.SetUtcNow(At(18, 0, day: Monday.AddDays(4)));
        var world = new RegionWorld().Enrol("S1", "Petit").Enrol("S2", "Grand");
        foreach (var n in Enumerable.Range(0, 10))
        {
            world.Session($"H{n}", s => On(s, n / 2, n % 2 == 1), Facts(n));
        }

        world.Session("N", s => On(s, 7, false) with { State = SessionState.Planned, OpenedAt = null, ClosedAt = null });
        await ExportRig.HoldAsync(Host.Services.GetRequiredService<AppStorage>(), world);
        await Host.CreateManagerAsync("garonne", "G1", "ines@example.org");
        await Host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(
            Garonne, [.. new[] { "S1", "S2" }.Select(s => new AccountHolder(Account(s), s, "Zoé", null))], Cancellation);
        await Host.SetPasswordAsync("garonne", "learner:S1", AccessHost.Password);
        await Host.SetPasswordAsync("garonne", "learner:S2", AccessHost.Password);
        Manager = await Host.SignedInAsync("garonne", "ines@example.org");
        Learner = await Host.SignedInAsync("garonne", "S1");
        Other = await Host.SignedInAsync("garonne", "S2");
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>Files an absence on the learner's page, with a document where one is given.</summary>
    protected static async Task<string> FileAsync(
        HttpClient who, int first = 0, int last = 4, string code = "MAL", byte[]? document = null, string text = "")
    {
        using var filed = await FormAsync(
            who, "new-absence", ("first", Day(first)), ("first-half", "1"), ("last", Day(last)), ("last-half", "2"), ("code", code),
            ("text", text));
        filed.StatusCode.ShouldBe(HttpStatusCode.Redirect, await filed.Content.ReadAsStringAsync(Cancellation));
        var id = filed.Headers.Location!.OriginalString.Split("filed=")[1];
        if (document is not null)
        {
            using var sent = await SendAsync(who, id, document);
            sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        return id;
    }

    protected static async Task<HttpResponseMessage> SendAsync(HttpClient who, string id, byte[] document)
    {
        using var file = new ByteArrayContent(document);
        using var form = new MultipartFormDataContent { { file, "file", "photo.png" } };
        return await who.PostAsync($"/o/garonne/my-absences/{id}/files", form, Cancellation);
    }

    protected async Task<HttpResponseMessage> AcceptAsync(string id, IEnumerable<SessionId> halfDays, params (string, string)[] fields)
    {
        var answer = await FormAsync(
            Manager, $"absences/{id}", [("act", "accept"), .. halfDays.Select(h => ("halfDay", h.ToString())), .. fields]);
        await Host.WhenIdleAsync();
        return answer;
    }

    protected static Task<HttpResponseMessage> FormAsync(HttpClient who, string path, params (string Name, string Value)[] fields) =>
        who.PostAsync(
            $"/o/garonne/{path}", new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), Cancellation);

    protected static async Task<string> PageAsync(HttpClient who, string path) =>
        WebUtility.HtmlDecode(await who.GetStringAsync($"/o/garonne/{path}", Cancellation));

    /// <summary>The form that changes a reason which learners may file and that counts as presence.</summary>
    protected async Task<(string Name, string Value)[]> SavedAsync(string code, (string Name, string Value) change)
    {
        var all = await Manager.GetFromJsonAsync<JsonObject>("/api/organisations/garonne/absence-reasons", Cancellation);
        var reason = all!["reasons"]!.AsArray().Single(r => r!["code"]!.GetValue<string>() == code)!;
        return
        [
            ("act", "save"), ("code", code), ("version", reason["version"]!.GetValue<string>()), ("justified", "yes"), ("learners", "yes"),
            ("presence", "yes"), ("active", "yes"), ("funderCode", reason["funderCode"]!.GetValue<string>()), change,
        ];
    }

    /// <summary>A system of the organisation's.</summary>
    protected async Task<HttpClient> MachineAsync(string right)
    {
        using var minted = await Manager.PostAsJsonAsync(
            "/api/organisations/garonne/api-keys", new { name = "ERP", rights = new[] { right } }, Cancellation);
        var client = Host.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await AccessHost.JsonAsync(minted))["key"]!.GetValue<string>());
        return client;
    }

    /// <summary>The Région's own system.</summary>
    protected async Task<HttpClient> RegionAsync()
    {
        using var minted = await Host.Operator.PostAsJsonAsync(
            "/api/region/occitanie/api-keys", new { name = "SI", rights = new[] { "months" } }, Cancellation);
        var client = Host.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await AccessHost.JsonAsync(minted))["key"]!.GetValue<string>());
        return client;
    }

    protected async Task<Absence> AbsenceAsync(string id) =>
        (await Get<AbsencesTable>().FindAsync(Garonne, new AbsenceId(id), Cancellation))!.Value;

    protected async Task<IReadOnlyList<StoredFact>> FactsAsync(SessionId session) =>
        await Get<FactsTable>().OfSessionAsync(Garonne, session, Cancellation);

    protected async Task<int> SheetsAsync(SessionId session) =>
        (await Get<SheetsTable>().OfSessionAsync(Garonne, session, Cancellation)).Count;

    protected static IEnumerable<SessionId> Week => Enumerable.Range(0, 10).Select(n => new SessionId(
        Monday.AddDays(n / 2), n % 2 == 0 ? HalfDay.Morning : HalfDay.Afternoon, Ref($"H{n}")));

    protected static string Day(int after) => $"{Monday.AddDays(after):yyyy-MM-dd}";

    private static AccountId Account(string learner) => new(AccountKind.Learner, Ref(learner));

    // The first half-day is the one that S1 signed; S2 signed none of them.
    private static Fact[] Facts(int n)
    {
        var at = At(n % 2 == 0 ? 12 : 17, 30, day: Monday.AddDays(n / 2));
        return
        [
            n == 0 ? Signs("S1") : (NotSigned)Missed("S1") with { At = at },
            (NotSigned)Missed("S2") with { At = at },
            (Closed)Closes(n == 0 ? 1 : 0, n == 0 ? 1 : 0) with { At = at },
        ];
    }

    private static Session On(Session session, int day, bool afternoon)
    {
        var date = Monday.AddDays(day);
        var start = afternoon ? 14 : 9;
        return session with
        {
            Id = new SessionId(date, afternoon ? HalfDay.Afternoon : HalfDay.Morning, session.SlotRef),
            Start = At(start, 0, day: date),
            End = At(start + 3, 30, day: date),
            OpenedAt = At(start, 0, day: date),
            ClosedAt = At(start + 3, 30, day: date),
        };
    }
}
