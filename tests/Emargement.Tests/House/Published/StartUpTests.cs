using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Emargement.Functions;
using Emargement.Functions.Platform;
using Emargement.Tests.Infra;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Emargement.Tests.House.Published;

/// <summary>The program that is deployed, with the settings that the template gives it, as the Functions host starts it.</summary>
public sealed class StartUpTests(Template template) : IClassFixture<Template>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What the app does not start without in Azure, and what it says then.</summary>
    private static readonly Dictionary<string, string> Required = new()
    {
        ["Storage__AccountName"] = "Set Storage__AccountName (reached with a managed identity) or Storage__ConnectionString",
        ["Seal__Certificate"] = "No certificate to seal the attendance sheets. Set Seal__Certificate",
        ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "ASPNETCORE_FORWARDEDHEADERS_ENABLED is not true",
    };

    /// <summary>What the app starts without, and what it then does.</summary>
    private static readonly Dictionary<string, string> Optional = new()
    {
        ["Access__OperatorKey"] = "nobody is operator",
        ["Access__PublicUrl"] = "the address is that of the request",
        ["Protection__Certificate"] = "the key ring is kept as it is",
        ["Protection__FormerCertificate"] = "no key is older than the certificate",
        ["Seal__FormerThumbprints"] = "no sheet is older than the certificate",
        ["Seal__TimestampUrl"] = "sheets are sealed at level B-B",
        ["Mail__Endpoint"] = "mails stay in the mailbox container",
        ["Mail__Sender"] = "has a default",
        ["Mail__PerMinute"] = "has a default",
        ["Mail__PerHour"] = "has a default",
        ["Placements__LinkDays"] = "has a default",
        ["Placements__RehearsalDaySeconds"] = "days are real",
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "telemetry goes nowhere",
    };

    private static readonly Lazy<string> Certificate = new(MakeCertificate);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> RequiredNames => [.. Required.Keys];

    public static TheoryData<string> OptionalNames => [.. Optional.Keys];

    [Fact]
    public void Each_setting_of_the_template_is_one_that_the_app_needs_or_does_without()
    {
        var ofTheCode = AppSettings.Parse(template.Given("app", "settings").GetValue<string>()).Keys;
        string[] readByTheApp = ["ASPNETCORE_FORWARDEDHEADERS_ENABLED", "APPLICATIONINSIGHTS_CONNECTION_STRING"];

        Required.Keys.Concat(Optional.Keys).ShouldBe(ofTheCode.Concat(readByTheApp), ignoreOrder: true);
        Deployed().Keys.ShouldBe(Required.Keys.Concat(Optional.Keys).Append("WEBSITE_SITE_NAME"), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(OptionalNames))]
    public void It_starts_without_one_that_it_does_without(string name) => Should.NotThrow(() => Validate(Without(name)));

    [Theory]
    [MemberData(nameof(RequiredNames))]
    public void Without_one_that_it_needs_it_says_which(string name)
    {
        var refused = Should.Throw<OptionsValidationException>(() => Validate(Without(name)));

        refused.Failures.ShouldHaveSingleItem().ShouldStartWith(Required[name]);
    }

    [Fact]
    public void Calls_to_the_machine_itself_are_never_allowed()
    {
        var settings = Deployed();
        settings["Outgoing__ThisMachine"] = "true";

        Should.Throw<OptionsValidationException>(() => Validate(settings)).Failures.ShouldHaveSingleItem().ShouldStartWith(
            "Outgoing__ThisMachine");
    }

    [Fact]
    public async Task With_all_of_them_the_program_calls_the_host_that_started_it()
    {
        using var host = new TcpListener(IPAddress.Loopback, 0);
        host.Start();
        using var program = Start(Deployed(), ((IPEndPoint)host.LocalEndpoint).Port);
        var error = program.StandardError.ReadToEndAsync(Cancellation);
        _ = program.StandardOutput.ReadToEndAsync(Cancellation);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            patience.CancelAfter(Patience);
            var call = host.AcceptTcpClientAsync(patience.Token).AsTask();
            (await Task.WhenAny(call, error)).ShouldBe(call, program.HasExited ? await error : "");

            // The first bytes of HTTP/2, over which the worker speaks gRPC.
            using var connection = await call;
            var first = new byte[14];
            await connection.GetStream().ReadExactlyAsync(first, patience.Token);
            Encoding.ASCII.GetString(first).ShouldBe("PRI * HTTP/2.0");
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Without_one_the_program_ends_and_its_last_words_are_the_sentence()
    {
        using var program = Start(Without("Storage__AccountName"), port: 1);
        var output = program.StandardOutput.ReadToEndAsync(Cancellation);
        var error = await program.StandardError.ReadToEndAsync(Cancellation);
        await program.WaitForExitAsync(Cancellation);

        program.ExitCode.ShouldNotBe(0);
        error.ShouldContain(Required["Storage__AccountName"], customMessage: await output);
    }

    /// <summary>What Azure gives the process: the template's settings with their references resolved, and the site's name.</summary>
    private static Dictionary<string, string> Deployed() => new()
    {
        ["WEBSITE_SITE_NAME"] = "func-emargement-prod",
        ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] =
            "InstrumentationKey=00000000-0000-0000-0000-000000000001;IngestionEndpoint=http://127.0.0.1:1/",
        ["Storage__AccountName"] = "emargementrec",
        ["Access__OperatorKey"] = "start-up-operator-key-of-this-test-only-0001",
        ["Access__PublicUrl"] = "https://emargement.example",
        ["Seal__Certificate"] = Certificate.Value,
        ["Seal__FormerThumbprints"] = new string('a', 64),
        ["Seal__TimestampUrl"] = "https://authority.example/tsr",
        ["Protection__Certificate"] = Certificate.Value,
        ["Protection__FormerCertificate"] = Certificate.Value,
        ["Mail__Endpoint"] = "https://emargement.france.communication.azure.com",
        ["Mail__Sender"] = "emargement@example.org",
        ["Mail__PerMinute"] = "30",
        ["Mail__PerHour"] = "100",
        ["Placements__LinkDays"] = "45",
        ["Placements__RehearsalDaySeconds"] = "60",
    };

    private static Dictionary<string, string> Without(string name)
    {
        var settings = Deployed();
        settings.Remove(name).ShouldBeTrue();
        return settings;
    }

    /// <summary>Builds what the program builds, and asks for what a host asks for first when it starts.</summary>
    private static void Validate(Dictionary<string, string> settings)
    {
        var read = settings.ToDictionary(s => s.Key.Replace("__", ":", StringComparison.Ordinal), s => (string?)s.Value);
        using var host = EmargementApp.CreateBuilder([], read).Build();
        host.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    /// <summary>Starts the program as the Functions host does.</summary>
    private static Process Start(Dictionary<string, string> settings, int port)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        string[] arguments =
        [
            Path.Combine(PublishedApp.Built, "Emargement.Functions.dll"),
            "--functions-uri", address, "--functions-worker-id", "w1", "--functions-request-id", "r1",
            "--functions-grpc-max-message-length", "2147483647",
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        // Nobody gives this machine a token, and it need not look for one.
        start.Environment["AZURE_TOKEN_CREDENTIALS"] = "EnvironmentCredential";
        return Process.Start(start)!;
    }

    private static string MakeCertificate()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=start-up", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12));
    }
}
