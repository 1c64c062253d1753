using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Outgoing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Platform.Outgoing;

/// <summary>What the app may call, and how much of it; each refusal has its case here.</summary>
public sealed class GuardedHttpTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly Dictionary<string, IPAddress[]> _names = [];
    private readonly List<string> _lookUps = [];
    private LocalServer _server = null!;
    private GuardedHttp _http = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await LocalServer.StartAsync();
        _http = Guarded(thisMachine: true);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task Reads_what_a_server_answers()
    {
        _server.Answer = call => call.Response.WriteAsync("bonjour");

        (await GetAsync("/")).Value.ShouldBe("200 bonjour");
    }

    [Theory]
    [InlineData("http://planning.example/", "address-invalid", "whoever listens reads it")]
    [InlineData("ftp://planning.example/", "address-invalid", "another protocol")]
    [InlineData("file:///etc/passwd", "address-invalid", "a file of this machine")]
    [InlineData("https://planning.example:8443/", "address-invalid", "another service of the same machine")]
    [InlineData("https://user:word@planning.example/", "address-invalid", "a password in an address")]
    [InlineData("https://93.184.216.34/", "address-invalid", "no certificate names a number")]
    [InlineData("https://2130706433/", "address-invalid", "127.0.0.1 as one number")]
    [InlineData("https://0x7f.1/", "address-invalid", "127.0.0.1 in hexadecimal")]
    [InlineData("https://[::ffff:10.0.0.1]/", "address-invalid", "a number, again")]
    [InlineData("https://localhost/", "address-private", "the machine itself")]
    [InlineData("https://emargement.example/api/ready", "address-private", "this very service")]
    public async Task Refuses_an_address_by_itself(string address, string code, string because)
    {
        using var http = Guarded(thisMachine: false);

        (await GetAsync(new Uri(address), http)).Refusal?.Code.ShouldBe(code, because);
        _lookUps.ShouldBeEmpty();
    }

    [Fact]
    public async Task This_machine_is_called_only_where_a_setting_says_so()
    {
        using var http = Guarded(thisMachine: false);

        (await GetAsync(_server.Address, http)).Refusal?.Code.ShouldBe("address-invalid");
        _server.Seen.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:192.168.1.1")]
    [InlineData("93.184.216.34", "10.0.0.1")]
    public async Task V1_3_6_Refuses_a_name_that_leads_into_a_private_network_even_among_others(params string[] addresses)
    {
        _names["planning.example"] = [.. addresses.Select(IPAddress.Parse)];

        var refused = await GetAsync(new Uri("https://planning.example/"), _http);

        refused.Refusal?.Code.ShouldBe("address-private");
        refused.Refusal!.Args!["host"].ShouldBe("planning.example");
        _lookUps.ShouldBe(["planning.example"]);
    }

    [Fact]
    public async Task Refuses_a_name_that_nobody_has() =>
        (await GetAsync(new Uri("https://planning.example/"), _http)).Refusal?.Code.ShouldBe("address-unknown-host");

    [Theory]
    [InlineData("https://rebound.example/", "address-private")]
    [InlineData("http://planning.example/", "address-invalid")]
    [InlineData("https://169.254.169.254/metadata", "address-invalid")]
    [InlineData("file:///etc/passwd", "address-invalid")]
    public async Task V13_2_4_Judges_where_a_redirect_leads_as_it_judges_the_first_address(string location, string code)
    {
        _names["rebound.example"] = [IPAddress.Parse("10.0.0.1")];
        _server.Answer = call => RedirectAsync(call, location);

        (await GetAsync("/")).Refusal?.Code.ShouldBe(code);
        _server.Seen.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(5, "200 arrived")]
    [InlineData(6, "address-redirects")]
    public async Task Follows_five_redirects_and_no_more(int redirects, string outcome)
    {
        _server.Answer = call => int.Parse(call.Request.Path.Value!.TrimStart('/')) is var left && left > 0
            ? RedirectAsync(call, $"/{left - 1}")
            : call.Response.WriteAsync("arrived");

        var answer = await GetAsync($"/{redirects}");

        (answer.Value ?? answer.Refusal!.Code).ShouldBe(outcome);
        _server.Seen.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_secret_goes_to_no_other_server()
    {
        // Another name of the same machine is another server.
        var elsewhere = new Uri($"http://localhost:{_server.Address.Port}/elsewhere");
        _names["localhost"] = [IPAddress.Loopback];
        _server.Answer = call => call.Request.Path.Value switch
        {
            "/" => RedirectAsync(call, "/here"),
            "/here" => RedirectAsync(call, elsewhere.AbsoluteUri),
            _ => call.Response.WriteAsync("arrived"),
        };

        await GetAsync("/");

        _server.Seen.ShouldBe([("/", true), ("/here", true), ("/elsewhere", false)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reads_no_more_than_the_limit_packed_or_not(bool packed)
    {
        _server.Answer = async call =>
        {
            call.Response.Headers.ContentEncoding = packed ? "gzip" : "identity";
            await using var body = packed ? new GZipStream(call.Response.Body, CompressionLevel.Fastest) : call.Response.Body;
            for (var i = 0; i < 64; i++)
            {
                await body.WriteAsync(new byte[64 * 1024], call.RequestAborted);
            }
        };

        var answer = await GetAsync("/");

        answer.Refusal?.Code.ShouldBe("address-too-large");
        answer.Refusal!.Args!["limit"].ShouldBe("1 Mo");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Waits_no_longer_than_the_limit_be_it_silent_or_dripping(bool dripping)
    {
        var reached = new TaskCompletionSource();
        _server.Answer = async call =>
        {
            if (dripping)
            {
                await call.Response.WriteAsync("a");
                await call.Response.Body.FlushAsync();
            }

            reached.SetResult();
            var gone = new TaskCompletionSource();
            call.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        };

        var answer = GetAsync("/");
        await reached.Task.WaitAsync(Cancellation);
        _time.Advance(TimeSpan.FromSeconds(31));

        (await answer).Refusal?.Code.ShouldBe("address-slow");
    }

    [Fact]
    public async Task Says_when_nobody_answers_or_somebody_hangs_up()
    {
        var port = FreePort();
        (await GetAsync(new Uri($"http://127.0.0.1:{port}/"), _http)).Refusal?.Code.ShouldBe("address-unreachable");

        _server.Answer = call =>
        {
            call.Abort();
            return Task.CompletedTask;
        };
        (await GetAsync("/")).Refusal?.Code.ShouldBe("address-unreachable");
    }

    [Fact]
    public async Task Checks_the_certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UnixEpoch, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var server = await LocalServer.StartAsync(own);

        (await GetAsync(server.Address, _http)).Refusal?.Code.ShouldBe("address-certificate");
        server.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Gives_a_redirected_post_back_as_it_is()
    {
        _server.Answer = call => RedirectAsync(call, "/elsewhere");
        var call = new OutgoingCall(_server.Address, 1000, TimeSpan.FromSeconds(30))
        {
            Method = HttpMethod.Post,
            Body = (Encoding.UTF8.GetBytes("{}"), "application/json"),
        };

        (await _http.SendAsync<int>(call, (answer, _) => Task.FromResult<Result<int>>(answer.Status), Cancellation)).Value.ShouldBe(302);
        _server.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Leaves_no_trace_of_an_address()
    {
        var traces = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("System.Net", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traces.Add(activity.GetTagItem("url.full")?.ToString() ?? ""),
        };
        ActivitySource.AddActivityListener(listener);

        await GetAsync("/private-0123456789");

        traces.ShouldNotContain(address => address.Contains("private-0123456789", StringComparison.Ordinal));
    }

    private static Task RedirectAsync(HttpContext call, string location)
    {
        call.Response.StatusCode = 302;
        call.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    private GuardedHttp Guarded(bool thisMachine) => new(
        new Names(this),
        Options.Create(new OutgoingOptions { ThisMachine = thisMachine }),
        Options.Create(new AccessOptions { PublicUrl = new Uri("https://emargement.example") }),
        _time);

    private Task<Result<string>> GetAsync(string path) => GetAsync(new Uri(_server.Address, path), _http);

    private static Task<Result<string>> GetAsync(Uri address, GuardedHttp http) => http.SendAsync<string>(
        new OutgoingCall(address, 1024 * 1024, TimeSpan.FromSeconds(30))
        {
            Headers = new Dictionary<string, string> { ["X-Secret"] = "s3cret" },
        },
        async (answer, token) => $"{answer.Status} {Encoding.UTF8.GetString((await answer.ReadAsync(token)).Value!)}",
        Cancellation);

    private sealed class Names(GuardedHttpTests test) : IHostAddresses
    {
        public Task<IReadOnlyList<IPAddress>> FindAsync(string host, CancellationToken cancellation)
        {
            test._lookUps.Add(host);
            return Task.FromResult<IReadOnlyList<IPAddress>>(test._names.GetValueOrDefault(host) ?? []);
        }
    }
}
