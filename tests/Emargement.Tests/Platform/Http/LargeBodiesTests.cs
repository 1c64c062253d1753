using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Sealing.Pdf;
using Emargement.Functions.Sheets;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Sealing;
using Emargement.Tests.Sheets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Platform.Http;

/// <summary>What a process bears of large bodies. Measures memory, so nothing else of the run may work meanwhile.</summary>
[Collection("Alone")]
public sealed class LargeBodiesTests
{
    private const int Megabyte = 1024 * 1024;
    private const int MostGrowth = 300;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait(LongRun.Trait, "yes")]
    public async Task Twenty_files_of_19_MB_to_verify_at_once_grow_the_process_by_less_than_300_MB()
    {
        await using var host = await AccessHost.StartAsync(("Access:RateFactor", "1000"));
        using var seal = SealCertificates.Ours();
        var pdf = Large(19 * Megabyte);
        for (var i = 0; i < 3; i++)
        {
            pdf = (await Seals.SealAsync(seal, pdf, null, Cancellation)).Bytes;
        }

        // What a process needs once, whoever sends.
        using (await VerifyAsync(host, SheetPdf.Write(SheetContents.With(1))))
        {
        }

        using var others = new HttpClient { BaseAddress = host.Address };
        var slowest = TimeSpan.Zero;
        using var attacked = new CancellationTokenSource();
        var watching = Task.Run(
            async () =>
            {
                while (!attacked.IsCancellationRequested)
                {
                    var watch = Stopwatch.StartNew();
                    using var answer = await others.GetAsync(new Uri("/v", UriKind.Relative), Cancellation);
                    answer.EnsureSuccessStatusCode();
                    slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
                }
            },
            Cancellation);

        var (growth, statuses) = await GrowthAsync(() => VerifyAsync(host, pdf));
        await attacked.CancelAsync();
        await watching;

        TestContext.Current.SendDiagnosticMessage(
            $"20 files of 19 MB: {growth} MB of growth; {string.Join(' ', statuses)}; another's page {slowest.TotalMilliseconds:0} ms");
        statuses.Where(status => status is not (HttpStatusCode.OK or HttpStatusCode.TooManyRequests)).ShouldBeEmpty();
        statuses.Count(status => status == HttpStatusCode.OK).ShouldBeGreaterThanOrEqualTo(3);
        growth.ShouldBeLessThan(MostGrowth);
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [Trait(LongRun.Trait, "yes")]
    [InlineData(false, "its length said before")]
    [InlineData(true, "in pieces")]
    public async Task V5_2_1_Twenty_uploads_of_48_MB_are_refused_within_300_MB(bool inPieces, string because)
    {
        await using var host = await AccessHost.StartAsync(("Access:RateFactor", "1000"));
        await host.CreateOrganisationAsync("garonne");
        await host.CreateManagerAsync("garonne", "M1", "ines@garonne.example");
        using var manager = await host.SignedInAsync("garonne", "ines@garonne.example");
        var imports = new Uri("/api/organisations/garonne/imports", UriKind.Relative);
        var upload = new byte[48 * Megabyte];

        var (growth, statuses) = await GrowthAsync(async () =>
        {
            using var content = new ByteArrayContent(upload) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, imports) { Content = content };
            request.Headers.TransferEncodingChunked = inPieces;
            // The client waits for a word before it sends what may be refused by its length.
            request.Headers.ExpectContinue = true;
            return await manager.SendAsync(request, Cancellation);
        });

        TestContext.Current.SendDiagnosticMessage($"20 uploads of 48 MB, {because}: {growth} MB of growth; {string.Join(' ', statuses)}");
        // Some are cut off while they send, before they could read the answer.
        HttpStatusCode[] refused = [HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.TooManyRequests, default];
        statuses.ShouldAllBe(status => refused.Contains(status));
        growth.ShouldBeLessThan(MostGrowth, because);
        using var after = await manager.GetAsync(new Uri("/v", UriKind.Relative), Cancellation);
        after.StatusCode.ShouldBe(HttpStatusCode.OK, "everything else goes on");
    }

    [Theory]
    [InlineData("fr", "Trop de demandes à la fois")]
    [InlineData("en", "Too many requests at once")]
    [InlineData("de", "Zu viele Anfragen auf einmal")]
    [InlineData("es", "Demasiadas solicitudes a la vez")]
    [InlineData("it", "Troppe richieste insieme")]
    [InlineData("pt", "Demasiados pedidos ao mesmo tempo")]
    public async Task Who_finds_no_room_is_told_when_to_come_back_as_a_page_or_a_problem(string language, string sentence)
    {
        await using var host = await AccessHost.StartAsync();
        using var full = new Crowd(host.Services.GetRequiredService<LargeBodies>(), BodyLane.Anyone);
        using var client = host.Client();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);

        using var problem = await VerifyAsync(client, new byte[19 * Megabyte]);
        (problem.StatusCode, await AccessHost.CodeAsync(problem)).ShouldBe((HttpStatusCode.TooManyRequests, "too-many-calls"));
        problem.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));

        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[19 * Megabyte]), "file", "sheet.pdf" } };
        using var page = await client.PostAsync(new Uri("/v", UriKind.Relative), form, Cancellation);
        page.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        page.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Cancellation)).ShouldContain(sentence);
    }

    [Fact]
    public async Task A_manager_stores_a_scan_while_strangers_fill_their_room()
    {
        await using var host = await AccessHost.StartAsync();
        var bodies = host.Services.GetRequiredService<LargeBodies>();
        using var full = new Crowd(bodies, BodyLane.Anyone);

        (await bodies.EnterAsync(BodyLane.Known, 10 * Megabyte, Cancellation)).IsOk.ShouldBeTrue();
        (await bodies.EnterAsync(BodyLane.Spooled, 25 * Megabyte, Cancellation)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Three_are_in_sixteen_wait_their_turn_and_the_twentieth_is_asked_to_come_back()
    {
        using var bodies = new LargeBodies(new FakeTimeProvider());
        var asked = Enumerable.Range(0, 20).Select(_ => bodies.EnterAsync(BodyLane.Anyone, 20 * Megabyte, Cancellation)).ToList();

        asked.Take(3).ShouldAllBe(entry => entry.IsCompletedSuccessfully);
        asked.Skip(3).Take(16).ShouldAllBe(entry => !entry.IsCompleted);
        (await asked[19]).Refusal!.Code.ShouldBe("too-many-calls");

        for (var i = 0; i < 19; i++)
        {
            (await asked[i]).Value!.Dispose();
        }
    }

    [Fact]
    public async Task Who_waits_longer_than_ten_seconds_is_asked_to_come_back()
    {
        var time = new FakeTimeProvider();
        using var bodies = new LargeBodies(time);
        using var room = (await bodies.EnterAsync(BodyLane.Anyone, 64 * Megabyte, Cancellation)).Value!;
        var waiting = bodies.EnterAsync(BodyLane.Anyone, Megabyte, Cancellation);

        time.Advance(TimeSpan.FromSeconds(10));

        (await waiting).Refusal!.ShouldSatisfyAllConditions(
            refusal => refusal.Kind.ShouldBe(RefusalKind.TooMany), refusal => refusal.Args!["retryAfter"].ShouldBe("5"));
    }

    [Fact]
    public async Task Who_sends_for_more_than_a_minute_leaves_room_for_others()
    {
        await using var host = await AccessHost.StartAsync();
        var bodies = host.Services.GetRequiredService<LargeBodies>();
        var whole = bodies.FreeBytes(BodyLane.Anyone);
        using var slow = new TcpClient(host.Address.Host, host.Address.Port);
        await using var line = slow.GetStream();
        await line.WriteAsync("POST /api/verify HTTP/1.1\r\nHost: localhost\r\n"u8.ToArray(), Cancellation);
        await line.WriteAsync("Content-Type: application/pdf\r\nContent-Length: 20000000\r\n\r\n%PDF-1.7\n"u8.ToArray(), Cancellation);
        await UntilAsync(() => bodies.FreeBytes(BodyLane.Anyone) < whole);

        host.Time.Advance(TimeSpan.FromSeconds(61));

        using var answer = new StreamReader(line);
        (await answer.ReadLineAsync(Cancellation)).ShouldBe("HTTP/1.1 400 Bad Request");
        await UntilAsync(() => bodies.FreeBytes(BodyLane.Anyone) == whole);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var since = Stopwatch.StartNew(); !condition(); await tick.WaitForNextTickAsync(Cancellation))
        {
            since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        }
    }

    private static async Task<(long Growth, IReadOnlyList<HttpStatusCode> Statuses)> GrowthAsync(Func<Task<HttpResponseMessage>> send)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var before = WorkingSet();
        var highest = before;
        using var watch = new Timer(_ => highest = Math.Max(highest, WorkingSet()), null, 0, 20);
        var statuses = new List<HttpStatusCode>();
        for (var wave = 0; wave < LongRun.Times(1); wave++)
        {
            statuses.AddRange(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StatusAsync(send))));
        }

        highest = Math.Max(highest, WorkingSet());
        return ((highest - before) / Megabyte, statuses);
    }

    private static async Task<HttpStatusCode> StatusAsync(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            using var answer = await send();
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // Cut off while sending, which is a refusal too.
            return default;
        }
    }

    private static Task<HttpResponseMessage> VerifyAsync(AccessHost host, byte[] pdf) => VerifyAsync(host.Client(), pdf);

    private static async Task<HttpResponseMessage> VerifyAsync(HttpClient client, byte[] pdf)
    {
        using var content = new ByteArrayContent(pdf) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        return await client.PostAsync(new Uri("/api/verify", UriKind.Relative), content, Cancellation);
    }

    /// <summary>One page and an attachment of random bytes, which do not compress.</summary>
    private static byte[] Large(int size)
    {
        var noise = new byte[size];
        new Random(20261123).NextBytes(noise);
        var objects = new PdfObjects();
        var tree = objects.Reserve();
        var page = objects.Add($"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 842 595] /Resources << >> >>");
        objects.Set(tree, $"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>");
        objects.AddStream(noise, compress: false);
        return objects.Write(objects.Add($"<< /Type /Catalog /Pages {tree} 0 R >>"), objects.Add("<< /Producer (Emargement) >>"));
    }

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    /// <summary>Holds and waits for all the room of a lane.</summary>
    private sealed class Crowd : IDisposable
    {
        private readonly List<Task<Result<IDisposable>>> _entries;
        private readonly CancellationTokenSource _gone = new();

        public Crowd(LargeBodies bodies, BodyLane lane) =>
            _entries = [.. Enumerable.Range(0, 6).Select(_ => bodies.EnterAsync(lane, 64 * Megabyte, _gone.Token))];

        public void Dispose()
        {
            _gone.Cancel();
            foreach (var entry in _entries.Where(entry => entry.IsCompletedSuccessfully && entry.Result.IsOk))
            {
                entry.Result.Value!.Dispose();
            }

            _gone.Dispose();
        }
    }
}
