using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sheets;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Region;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Statements;

/// <summary>A learner's two sealed half-days, and what a manager asks of them over HTTP.</summary>
public abstract class StatementScene : IAsyncLifetime
{
    protected const string Api = "/api/organisations/garonne";
    protected const string Learner = Api + "/learners/S1/statements";
    protected const string November = "first=2026-11-01&last=2026-11-30";

    private protected AccessHost Host { get; private set; } = null!;

    protected HttpClient Manager { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Host = await AccessHost.StartAsync();
        Host.Time.SetUtcNow(At(18, 0, day: Monday.AddDays(4)));
        var world = new RegionWorld().Enrol("S1", "Petit").Enrol("S2", "Grand", "OPCO").Enrol("S3", "Absent", training: "A2", group: "G9")
            .Session("AM", null, Signs("S1", late: 30), Missed("S2"), Closes(1, 1))
            .Session("PM", Afternoon, Signs("S1"), Signs("S2"), Closes(2, 2));
        await ExportRig.HoldAsync(Host.Services.GetRequiredService<AppStorage>(), world);
        await SealAsync("20261123-1-AM");
        await SealAsync("20261123-2-PM");
        await Host.CreateManagerAsync("garonne", "G1", "ines@example.org");
        Manager = await Host.SignedInAsync("garonne", "ines@example.org");
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static Session Afternoon(Session session) => session with
    {
        Id = new SessionId(Monday, HalfDay.Afternoon, session.SlotRef),
        Start = At(14, 0),
        End = At(17, 30),
    };

    protected static Session Moved(Session session) => session with
    {
        Id = new SessionId(Monday.AddDays(1), HalfDay.Morning, session.SlotRef),
        Start = session.Start.AddDays(1),
        End = session.End.AddDays(1),
    };

    protected static object Body(string kind, string training = "A1", string first = "2026-11-01") =>
        new { training, kind, first, last = "2026-11-30" };

    protected async Task SealAsync(string session) => (await Host.Services.GetRequiredService<SealSheet>().RunAsync(
        OrganisationId.Parse("garonne"), SessionId.Parse(session), Cancellation)).IsOk.ShouldBeTrue();

    protected Task<HttpResponseMessage> PostAsync(string kind, string training = "A1", string first = "2026-11-01") =>
        Manager.PostAsJsonAsync(Learner, Body(kind, training, first), Cancellation);

    protected async Task<JsonObject> IssueAsync(string kind)
    {
        using var issued = await PostAsync(kind);
        issued.StatusCode.ShouldBe(HttpStatusCode.Created, await issued.Content.ReadAsStringAsync(Cancellation));
        return await AccessHost.JsonAsync(issued);
    }

    protected async Task CorrectAsync(string session, string learner, string mark)
    {
        using var made = await Manager.PostAsJsonAsync(
            Api + "/corrections", new { reason = "Convocation", items = new[] { new { session, learner, mark } } }, Cancellation);
        made.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Host.WhenIdleAsync();
    }

    protected async Task NameAsync(string account, string name)
    {
        using var named = await Manager.PutAsJsonAsync(
            Api + "/signatory", new { account, name, capacity = "directrice", place = "Toulouse" }, Cancellation);
        named.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    protected static async Task DrawAsync(HttpClient client, HttpStatusCode expected)
    {
        using var drawn = await client.PostAsJsonAsync(
            Api + "/signatory/mark", new { drawing = "M10 10 C20 30 40 10 60 35 L80 12" }, Cancellation);
        drawn.StatusCode.ShouldBe(expected);
    }

    protected async Task<JsonObject> VerifyAsync(string code) =>
        await AccessHost.JsonAsync(await Host.Client().GetAsync($"/api/verify/{code}", Cancellation));

    protected async Task<string> PageAsync(string path) =>
        WebUtility.HtmlDecode(await Manager.GetStringAsync(path, Cancellation));

    protected Task<HttpResponseMessage> FormAsync(string path, params (string Name, string Value)[] fields) => Manager.PostAsync(
        path,
        new FormUrlEncodedContent(fields.Concat([("training", "A1"), ("first", "2026-11-01"), ("last", "2026-11-30")])
            .Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
        Cancellation);

    protected Task<byte[]> BytesAsync(string path) => Manager.GetByteArrayAsync(path, Cancellation);

    protected static string TextOf(byte[] pdf) =>
        string.Join(' ', PdfDocument.Open(pdf).GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
}
