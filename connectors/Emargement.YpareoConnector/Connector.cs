using System.Globalization;
using System.Text.Json.Nodes;
using Emargement.Ypareo;

namespace Emargement.YpareoConnector;

/// <summary>Reads YPAREO in the organisation's own network and pushes what it gave; says in French what it did, without a name of
/// anybody.</summary>
public sealed class Connector : IDisposable
{
    public const int Done = 0;

    /// <summary>Something was not read or not taken; the rest was.</summary>
    public const int Partly = 1;

    public const int Misconfigured = 2;

    public const int NothingRead = 3;

    public const int NothingPushed = 4;

    private const int MaxBytes = 50 * 1024 * 1024;

    private static readonly TimeSpan OfOneCall = TimeSpan.FromSeconds(60);

    // Pushing is the API's own work, and may wait there for another import.
    private static readonly TimeSpan OfOnePush = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan OfAll = TimeSpan.FromMinutes(30);

    private readonly ConnectorSettings _settings;
    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly HttpClient _ypareo = Client(OfOneCall);
    private readonly HttpClient _emargement = Client(OfOnePush);

    public Connector(ConnectorSettings settings, TextWriter output, TimeProvider time) =>
        (_settings, _output, _time) = (settings, output, time);

    /// <param name="onlyCheck">Whether to push nothing.</param>
    /// <returns>The program's exit code.</returns>
    public async Task<int> RunAsync(bool onlyCheck, CancellationToken cancellation)
    {
        var began = _time.GetTimestamp();
        var reader = new YpareoReader(
            _settings.Ypareo, SendAsync, (length, token) => Task.Delay(length, _time, token),
            DateOnly.FromDateTime(_time.GetLocalNow().DateTime), () => _time.GetElapsedTime(began) > OfAll);
        var read = await reader.RunAsync(cancellation);
        if (read.Refused is { } refused)
        {
            Say(refused.Status is 401 or 403
                ? "YPAREO refuse le jeton ou le compte pour la liste des groupes : vérifiez-le et donnez-lui ce droit."
                : $"YPAREO ne répond pas comme attendu ({refused.Trouble ?? $"HTTP {refused.Status}"}) : vérifiez YPAREO_ADRESSE.");
            return NothingRead;
        }

        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"YPAREO : {read.Trainers.Count} formateurs, {read.Learners.Count} stagiaires, {read.Sessions.Count} séances."));
        foreach (var remark in read.Remarks)
        {
            Say($"  {remark.Code} : {remark.Sentence}");
        }

        var whole = read.Remarks.All(r => r.Code == "ypareo-part-of-group");
        return onlyCheck ? whole ? Done : Partly : await PushAsync(read, whole, cancellation);
    }

    public void Dispose()
    {
        _ypareo.Dispose();
        _emargement.Dispose();
    }

    private async Task<int> PushAsync(YpareoRead read, bool whole, CancellationToken cancellation)
    {
        var client = new PushClient(_settings, _emargement, _time);
        var (gone, wrong) = await GoneAsync(client, read, cancellation);
        if (wrong is not null)
        {
            Say($"Émargement refuse : {wrong}.");
            return NothingPushed;
        }

        var outcomes = new Dictionary<string, int>();
        foreach (var batch in PushBatches.Of(read, gone))
        {
            var (answer, code) = await client.PushAsync(batch, cancellation);
            if (code is not null)
            {
                Say($"Émargement refuse : {code}.");
                return NothingPushed;
            }

            foreach (var item in answer!["items"]!.AsArray().OfType<JsonNode>())
            {
                var outcome = item["outcome"]!.GetValue<string>();
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
                SayRefused(item, outcome);
            }
        }

        var counts = outcomes.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Value} {Word(o.Key)}");
        Say($"Envoyé : {string.Join(", ", counts)}.");
        return whole && !outcomes.ContainsKey("rejected") ? Done : Partly;
    }

    // What it pushed once and YPAREO no longer has, as far as YPAREO was read.
    private static async Task<(IReadOnlyList<string> Gone, string? Wrong)> GoneAsync(
        PushClient client, YpareoRead read, CancellationToken cancellation)
    {
        if (read.Spans.Count == 0)
        {
            return ([], null);
        }

        var (slots, wrong) = await client.ListAsync(read.Spans.Min(s => s.First), read.Spans.Max(s => s.Last), cancellation);
        var there = read.Sessions.Select(s => s.Ref).ToHashSet();
        return ([.. slots.Where(s => !there.Contains(Text(s, "ref")) && IsRead(s, read.Spans)).Select(s => Text(s, "ref"))], wrong);
    }

    private static bool IsRead(JsonNode slot, IReadOnlyList<YpareoSpan> spans)
    {
        var (date, training) = (DateOnly.Parse(Text(slot, "date"), CultureInfo.InvariantCulture), Text(slot, "training"));
        return slot["groups"]!.AsArray().All(g => spans.Any(
            s => s.Training == training && s.Group == g!.GetValue<string>() && s.First <= date && date <= s.Last));
    }

    private async Task<YpareoAnswer> SendAsync(YpareoCall call, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(call.Json is null ? HttpMethod.Get : HttpMethod.Post, call.Address);
            foreach (var (name, value) in call.Headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            if (call.Json is not null)
            {
                request.Content = new ByteArrayContent(call.Json) { Headers = { ContentType = new("application/json") } };
            }

            using var response = await _ypareo.SendAsync(request, cancellation);
            return new YpareoAnswer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new YpareoAnswer(0, [], "réponse trop lente");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new YpareoAnswer(0, [], "pas de réponse");
        }
    }

    private void SayRefused(JsonNode item, string outcome)
    {
        if (outcome == "rejected")
        {
            var code = item["remarks"]!.AsArray().OfType<JsonNode>().First(r => Text(r, "severity") == "error");
            Say($"  {Text(item, "kind")} {Text(item, "ref")} : {Text(code, "code")}");
        }
    }

    private static string Word(string outcome) => outcome switch
    {
        "created" => "créés",
        "updated" => "modifiés",
        "cancelled" => "annulés",
        "rejected" => "refusés",
        _ => "inchangés",
    };

    private static string Text(JsonNode of, string name) => of[name]!.GetValue<string>();

    private void Say(string sentence) => _output.WriteLine(sentence);

    // A redirect would take the secrets elsewhere.
    private static HttpClient Client(TimeSpan limit) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = limit,
        MaxResponseContentBufferSize = MaxBytes,
    };
}
