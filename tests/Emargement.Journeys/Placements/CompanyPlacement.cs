using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Emargement.Journeys.Platform;

namespace Emargement.Journeys.Placements;

/// <summary>One placement of four days in two weeks, from a Thursday to a Tuesday, as its people reach it over HTTP.</summary>
/// <remarks>Its days are those of a rehearsal: the first is when it is created, whatever the date.</remarks>
internal sealed class CompanyPlacement
{
    public const string Company = "Chez Ruiz";
    public const string Learner = "S1";
    /// <summary>What stands before the @ of the tutor's address.</summary>
    public const string Tutor = "ruiz";

    public const int MinutesADay = 420;

    private readonly World _world;
    private readonly CancellationToken _cancellation;

    private CompanyPlacement(World world, JsonNode created, CancellationToken cancellation)
    {
        (_world, _cancellation) = (world, cancellation);
        Id = created["id"]!.GetValue<string>();
        Weeks = [.. created["weeks"]!.AsArray().Select(w => new Week(
            w!["week"]!.GetValue<string>(),
            [.. w["days"]!.AsArray().Where(d => d!["expected"]!.GetValue<bool>()).Select(d => d!["date"]!.GetValue<string>())]))];
    }

    public string Id { get; }

    public string Api => $"{_world.Api}/placements/{Id}";

    /// <summary>The weeks with the days on which the learner is expected, public holidays left out.</summary>
    public IReadOnlyList<Week> Weeks { get; }

    /// <summary>Creates the placement around the first weekend of the month, which the Région's export of this month then holds.</summary>
    public static async Task<CompanyPlacement> CreateAsync(World world, CancellationToken cancellation)
    {
        var thursday = world.Planning.FirstOfMonth;
        while (thursday.DayOfWeek != DayOfWeek.Thursday)
        {
            thursday = thursday.AddDays(1);
        }

        var body = Body(world.AddressOf(Tutor), Learner, Company, thursday, thursday.AddDays(5));
        var created = await world.Manager.PostAsync($"{world.Api}/placements", body, 201, cancellation);
        var again = await world.Manager.PostAsync($"{world.Api}/placements", body, 201, cancellation);
        again["id"]!.GetValue<string>().ShouldBe(created["id"]!.GetValue<string>(), "creating it again gives the first one");
        return new CompanyPlacement(world, created, cancellation);
    }

    /// <summary>
    /// What to say when the server's placements last real days, or null when they are rehearsed: one that begins in two months has then
    /// begun.
    /// </summary>
    public static async Task<string?> MissingSettingAsync(World world, CancellationToken cancellation)
    {
        var later = world.Planning.Day.AddDays(60);
        var body = Body(world.AddressOf(Tutor), "S2", "Essai", later, later.AddDays(6));
        var created = await world.Manager.PostAsync($"{world.Api}/placements", body, 201, cancellation);
        var state = created["progress"]!["state"]!.GetValue<string>();
        await world.Manager.PostAsync(
            $"{world.Api}/placements/{created["id"]!.GetValue<string>()}/cancellation", new { version = 0, reason = "Essai" }, 200,
            cancellation);
        return state == "to-come"
            ? $"The placements of {world.Server.Url} last real days. Start that server with Placements__RehearsalDaySeconds=5, so that "
                + $"one of their days lasts five seconds, then travel again."
            : null;
    }

    public Task<JsonNode> ViewAsync() => _world.Manager.GetAsync(Api, _cancellation);

    /// <summary>The placement's state in the organisation's list.</summary>
    public async Task<string> ListedStateAsync()
    {
        var list = await _world.Manager.GetAsync($"{_world.Api}/placements", _cancellation);
        return list["items"]!.AsArray().Single(i => i!["id"]!.GetValue<string>() == Id)!["progress"]!["state"]!.GetValue<string>();
    }

    /// <summary>Mails of one purpose that the placement says it sent.</summary>
    public async Task<IReadOnlyList<JsonNode>> MailsAsync(string purpose) =>
        [.. (await ViewAsync())["mails"]!.AsArray().Where(m => m!["purpose"]!.GetValue<string>() == purpose).Select(m => m!)];

    public async Task<JsonNode?> FirstMailAsync(string purpose) => (await MailsAsync(purpose)) is [var first, ..] ? first : null;

    /// <summary>The learner declares whole days, and signs.</summary>
    /// <returns>Null while one of the days has not come.</returns>
    public async Task<JsonNode?> DeclareAsync(Client learner, Week week)
    {
        var days = week.Days.Select(date => new { date, start = "09:00", end = "17:00", breakMinutes = 60 });
        using var body = JsonContent(new { days, drawing = Drawings.Of(1) });
        var (status, text) = await learner.SendAsync(HttpMethod.Post, $"{Api}/weeks/{week.Name}/declaration", body, _cancellation);
        if (status == 400 && text.Contains("declaration-day-to-come", StringComparison.Ordinal))
        {
            return null;
        }

        status.ShouldBe(200, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>What a tutor sends back of the weeks that were shown.</summary>
    public static Dictionary<string, int> Seen(JsonNode view) =>
        view["weeks"]!.AsArray().ToDictionary(w => w!["week"]!.GetValue<string>(), w => w!["seen"]!.GetValue<int>());

    /// <summary>Records the signed form of a tutor who does not answer, every day at once.</summary>
    public async Task RecordPaperAsync(string reason)
    {
        using var form = new ByteArrayContent(Encoding.ASCII.GetBytes("%PDF-1.7 a scanned form"));
        var (status, text) = await _world.Manager.SendAsync(HttpMethod.Post, $"{Api}/scans", form, _cancellation);
        status.ShouldBe(201, text);
        var days = Weeks.SelectMany(w => w.Days).Select(date => new { date, minutes = MinutesADay });
        await _world.Manager.PostAsync(
            $"{Api}/paper", new { days, reason, scan = JsonNode.Parse(text)!["scan"]!.GetValue<string>() }, 200, _cancellation);
    }

    private static StringContent JsonContent(object body) =>
        new(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    private static object Body(string tutor, string learner, string company, DateOnly first, DateOnly last) => new
    {
        learner,
        training = "A1",
        group = "G1",
        company,
        tutors = new[] { new { name = "Mme Ruiz", email = tutor } },
        firstDay = Iso(first),
        lastDay = Iso(last),
        minutesADay = MinutesADay,
    };

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <param name="Name">2026-W48.</param>
    /// <param name="Days">yyyy-MM-dd, in order.</param>
    internal sealed record Week(string Name, IReadOnlyList<string> Days);
}
