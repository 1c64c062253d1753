using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Sessions;
using Emargement.Functions.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Benchmarks;

/// <summary>
/// Signatures a second over HTTP, with real tickets, against bare transactions of rows of the same size by as many clients at once.
/// </summary>
internal static class SignatureBench
{
    private const int Signatures = 800;
    private const int Rounds = 7;
    private const int LearnersOfSession = 30;
    private const int Sessions = (Signatures + LearnersOfSession - 1) / LearnersOfSession;

    private static readonly OrganisationId Organisation = OrganisationId.Parse("banc");

    // About what a finger draws: 2 KB of path, which deflates to a third in its row.
    private static readonly string Path = "M 12,60" + string.Concat(Enumerable.Range(0, 150).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $" L {20 + (i * 3)},{60 + (40 * Math.Sin(i / 3.0)):0.0}")));

    /// <summary>A signature by a presence token: one transaction of the fact and the door of its Session.</summary>
    public static Task<Figure> WithoutDrawingAsync(BenchHost host) => Figure.CompareAsync(
        host,
            "signatures over HTTP (token, no drawing)",
        "a second",
        0.5,
        Rounds,
        round => OursAsync(host, $"T{round}", null),
        round => BareAsync(host, $"T{round}", drawn: false));

    /// <summary>
    /// A drawn signature: the fact with its drawing, and the drawing noted so that a
    /// second use is seen: two writes on both sides.
    /// </summary>
    public static Task<Figure> WithDrawingAsync(BenchHost host) => Figure.CompareAsync(
        host,
            "signatures over HTTP (drawn)",
        "a second",
        0.5,
        Rounds,
        round => OursAsync(host, $"D{round}", Path),
        round => BareAsync(host, $"D{round}", drawn: true));

    private static async Task<double> OursAsync(BenchHost host, string round, string? drawing)
    {
        var tickets = host.Services.GetRequiredService<PresenceTickets>();
        var now = TimeProvider.System.GetUtcNow();
        var facts = host.Services.GetRequiredService<FactsTable>();
        foreach (var session in Enumerable.Range(0, Sessions).Select(s => SessionOf(round, s, now)))
        {
            await facts.TryOpenAsync(Organisation, session, new Opened { At = now, By = "trainer:F1" }, CancellationToken.None);
        }

        var bodies = Enumerable.Range(0, Signatures).Select(i => new SignatureRequest(
            tickets.Write(TicketOf(round, i, now, drawing is not null)),
            drawing is null ? null : drawing + string.Create(CultureInfo.InvariantCulture, $" L {i},9"))).ToList();
        return await BenchHost.RateAsync(bodies, BenchHost.Concurrency, async (body, cancellation) =>
        {
            using var response = await host.Http.PostAsJsonAsync($"/api/organisations/{Organisation}/signatures", body, cancellation);
            response.EnsureSuccessStatusCode();
        });
    }

    private static async Task<double> BareAsync(BenchHost host, string round, bool drawn)
    {
        var facts = await host.BareTableAsync("barefacts");
        var drawings = await host.BareTableAsync("baredrawings");
        var json = Encoding.UTF8.GetString(FactJson.Write(new Signed
        {
            At = TimeProvider.System.GetUtcNow(),
            By = "learner:S0000",
            Learner = Reference.Parse("S0000"),
            Method = SigningMethod.Token,
            LateMinutes = 0,
            Network = "127.0.0.0/24",
        }));
        var bytes = new byte[Path.Length / 3];
        for (var session = 0; session < Sessions; session++)
        {
            await facts.AddEntityAsync(DoorOf(round, session));
        }

        return await BenchHost.RateAsync(Enumerable.Range(0, Signatures).ToList(), BenchHost.Concurrency, async (i, cancellation) =>
        {
            var row = new TableEntity("banc|2026-11", $"20261123|1|{round}-{i / LearnersOfSession}|2-presence|S{i:D4}") { ["Json"] = json };
            if (drawn)
            {
                row["Drawing"] = bytes;
                await drawings.AddEntityAsync(
                    new TableEntity($"banc|S{i:D4}", $"{round}{new string('a', 62)}") { ["Session"] = $"20261123-1-{round}" },
                    cancellation);
            }

            await facts.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Add, row),
                    new(TableTransactionActionType.UpdateMerge, DoorOf(round, i / LearnersOfSession), ETag.All),
                ],
                cancellation);
        });
    }

    private static TableEntity DoorOf(string round, int session) => new("banc|2026-11", $"20261123|1|{round}-{session}|0-open");

    private static SessionId SessionOf(string round, int session, DateTimeOffset now) =>
        new(DateOnly.FromDateTime(now.UtcDateTime), HalfDay.Morning, Reference.Parse($"{round}-{session}"));

    private static PresenceTicket TicketOf(string round, int i, DateTimeOffset now, bool drawn) => new()
    {
        Organisation = Organisation,
        Session = SessionOf(round, i / LearnersOfSession, now),
        Learner = Reference.Parse(string.Create(CultureInfo.InvariantCulture, $"S{i:D4}")),
        Method = SigningMethod.Token,
        By = string.Create(CultureInfo.InvariantCulture, $"learner:S{i:D4}"),
        SignedIn = false,
        IssuedAt = now,
        PlannedStart = now,
        WindowEnds = now.AddHours(4),
        LateAfterMinutes = 10,
        DrawingWanted = drawn,
    };
}
