using Emargement.Ypareo;

namespace Emargement.Tests.Planning.Ypareo;

/// <summary>How YPAREO is read, from a server that behaves like it.</summary>
public sealed class YpareoReaderTests : IAsyncLifetime
{
    private static readonly DateOnly Monday = new(2026, 11, 23);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly List<TimeSpan> _pauses = [];
    private FakeYpareo _ypareo = null!;
    private bool _isTimeUp;
    private Func<string, string, string> _rewrite = (_, body) => body;
    private TimeSpan _patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _ypareo = await FakeYpareo.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _ypareo.DisposeAsync();
    }

    [Fact]
    public async Task Lists_of_both_shapes_are_read_and_a_shared_course_is_one_session()
    {
        var read = await ReadAsync();

        read.Refused.ShouldBeNull();
        read.Trainings.ShouldHaveSingleItem().Ref.ShouldBe("YPAREO-2026-2027");
        read.Trainers.Select(t => (t.Ref, t.Email)).ShouldBe([("501", "helene.vidal@cfa.example"), ("502", "jb.roques@cfa.example")]);
        read.Learners.Select(l => (l.Ref, l.Email)).ShouldBe(
            [("90011", "zoe.lefebvre@stagiaire.example"), ("90012", ""), ("90013", ""), ("90021", ""), ("90022", "")]);
        read.Enrolments.Count.ShouldBe(5);
        read.Sessions.Select(s => s.Ref).ShouldBe(["700001", "700002", "700003", "700004", "700005"]);
        read.Sessions[2].Groups.ShouldBe(["BP Boulanger 2", "CAP Cuisine 1"]);
        (read.Sessions[1].Trainers, read.Sessions[3].IsDistance, read.Sessions[4].Start).ShouldSatisfyAllConditions(
            s => s.Trainers.ShouldBe(["501", "502"]), s => s.IsDistance.ShouldBeTrue(), s => s.Start.ShouldBe("04:00:00"));
        read.Remarks.ShouldHaveSingleItem().Code.ShouldBe("ypareo-part-of-group", "700004 is without one of its group");
    }

    [Fact]
    public async Task The_planning_is_asked_for_a_group_and_a_fortnight_at_a_time()
    {
        await ReadAsync();

        var asked = _ypareo.Paths.Where(p => p.Contains("/planning/", StringComparison.Ordinal)).ToList();
        asked.Count.ShouldBe(2 * YpareoReader.Windows);
        asked[0].ShouldBe("/index.php/r/v1/planning/23-11-2026/06-12-2026/groupes/4101");
        asked[1].ShouldBe("/index.php/r/v1/planning/07-12-2026/20-12-2026/groupes/4101");
    }

    [Theory]
    [InlineData("utilisateur/apprenants", 5, 5)]
    [InlineData("utilisateur/personnels", 5, 5)]
    [InlineData("groupes/4101/apprenants", 2, 5)]
    [InlineData("groupes/4102", 3, 4)]
    public async Task One_endpoint_that_refuses_never_stops_the_others(string path, int learners, int sessions)
    {
        _ypareo.Refused.Add(path);

        var read = await ReadAsync();

        (read.Learners.Count, read.Sessions.Count).ShouldBe((learners, sessions));
        read.Remarks.ShouldContain(r => r.Code == "ypareo-refused");
        read.Learners.ShouldAllBe(l => path != "utilisateur/apprenants" || l.Email == null, "no list of addresses says nothing of them");
    }

    [Fact]
    public async Task Days_that_were_not_read_are_not_said_to_be_empty()
    {
        _ypareo.Refused.Add("07-12-2026/20-12-2026/groupes/4102");

        var read = await ReadAsync();

        read.Spans.Count.ShouldBe((2 * YpareoReader.Windows) - 1);
        read.Spans.ShouldNotContain(s => s.Group == "BP Boulanger 2" && s.First == new DateOnly(2026, 12, 7));
    }

    [Fact]
    public async Task An_error_in_place_of_a_list_and_a_day_that_cannot_be_read_empty_nothing()
    {
        _rewrite = (path, body) => path.EndsWith("groupes/4101/apprenants", StringComparison.Ordinal) ? """{"error":"Jeton expiré"}"""
            : path.Contains("planning/", StringComparison.Ordinal) && path.EndsWith("4102", StringComparison.Ordinal)
                ? body.Replace("\"date\"", "\"jour\"", StringComparison.Ordinal)
            : body.Replace("23/11/2026", "2026-11-23", StringComparison.Ordinal);

        var read = await ReadAsync();

        read.Remarks.ShouldContain(r => r.Sentence.Contains("les stagiaires du groupe", StringComparison.Ordinal));
        read.Remarks.ShouldContain(r => r.Code == "ypareo-unread" && r.Sentence.Contains("ne se lit pas", StringComparison.Ordinal));
        read.Spans.Count.ShouldBe((2 * YpareoReader.Windows) - 1, "the fortnight with that day is not said to be empty");
        read.Sessions.ShouldContain(s => s.Date == Monday, "a day written another way is the same day");
    }

    [Fact]
    public async Task A_line_that_is_cut_is_tried_again_and_one_that_stays_silent_is_left()
    {
        _ypareo.Cuts = 2;
        _ypareo.Silent.Add("utilisateur/personnels");
        _patience = TimeSpan.FromMilliseconds(250);

        var read = await ReadAsync();

        read.Sessions.Count.ShouldBe(5);
        read.Trainers.ShouldBeEmpty();
        read.Remarks.ShouldContain(r => r.Code == "ypareo-unread" && r.Sentence.Contains("les formateurs", StringComparison.Ordinal));
        _pauses.Count.ShouldBeGreaterThanOrEqualTo(4);
    }

    [Fact]
    public async Task Groups_for_which_no_time_is_left_keep_what_they_have()
    {
        _isTimeUp = true;

        var read = await ReadAsync();

        (read.Spans.Count, read.Remarks.Count(r => r.Code == "ypareo-unread")).ShouldBe((0, 2));
    }

    [Fact]
    public async Task The_newer_form_gives_an_account_its_token()
    {
        (await ReadAsync(FakeYpareo.Login, FakeYpareo.Password)).Sessions.Count.ShouldBe(5);
        (await ReadAsync(FakeYpareo.Login, "faux")).Refused!.Status.ShouldBe(401);
        (await ReadAsync(null, "faux")).Refused!.Status.ShouldBe(401);
    }

    [Fact]
    public async Task Only_the_groups_that_are_asked_for_are_read()
    {
        var read = await ReadAsync(groups: ["4102"]);

        read.Sessions.Select(s => s.Ref).ShouldBe(["700003", "700005"]);
        read.Sessions[0].Groups.ShouldBe(["BP Boulanger 2"]);
    }

    private Task<YpareoRead> ReadAsync(string? login = null, string secret = FakeYpareo.Token, string[]? groups = null) =>
        new YpareoReader(
            new YpareoSettings(new Uri(_ypareo.Address), login, secret, "OPCO", null, groups),
            SendAsync,
            (length, _) =>
            {
                _pauses.Add(length);
                return Task.CompletedTask;
            },
            Monday,
            () => _isTimeUp).RunAsync(Cancellation);

    private async Task<YpareoAnswer> SendAsync(YpareoCall call, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_patience);
        using var request = new HttpRequestMessage(call.Json is null ? HttpMethod.Get : HttpMethod.Post, call.Address);
        foreach (var (name, value) in call.Headers)
        {
            request.Headers.Add(name, value);
        }

        request.Content = call.Json is null ? null : new ByteArrayContent(call.Json);
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            var body = _rewrite(call.Address.ToString(), await response.Content.ReadAsStringAsync(limit.Token));
            return new YpareoAnswer((int)response.StatusCode, System.Text.Encoding.UTF8.GetBytes(body));
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            return new YpareoAnswer(0, [], "pas de réponse");
        }
    }
}
