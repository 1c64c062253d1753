using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Emargement.LocalHost.Hosting;
using Microsoft.Extensions.Options;

namespace Emargement.Tests.House.Settings;

/// <summary>A wrong setting stops the start, whichever it is, with a sentence that names it.</summary>
public sealed class WrongSettingsTests
{
    private static readonly string Certificate = MakeCertificate();

    /// <summary>For each setting a wrong value, with what must be set beside it for the value to matter.</summary>
    private static readonly Dictionary<string, (string Wrong, string[] Beside)> Wrong = new()
    {
        ["Storage__AccountName"] = ("https://emargement.table.core.windows.net", ["Storage__ConnectionString="]),
        ["Storage__ConnectionString"] = ("emargementrec", []),
        ["Storage__Prefix"] = ("My-Tables", []),
        ["Storage__Patience"] = ("00:05:00", []),
        ["Access__OperatorKey"] = ("too-short", []),
        ["Access__PublicUrl"] = ("emargement.example", []),
        ["Access__RateFactor"] = ("fast", []),
        ["Seal__Certificate"] = ("a certificate", []),
        ["Seal__CertificatePassword"] = ("wrong", ["Seal__Certificate=" + Certificate]),
        ["Seal__FormerThumbprints"] = ("12:34", []),
        ["Seal__TimestampUrl"] = ("ftp://authority.example", []),
        ["Seal__TimestampTimeout"] = ("ten seconds", []),
        ["Protection__Certificate"] = ("AAAA", []),
        ["Protection__Password"] = ("wrong", ["Protection__Certificate=" + Certificate]),
        ["Protection__FormerCertificate"] = ("AAAA", []),
        ["Protection__FormerPassword"] = ("wrong", ["Protection__FormerCertificate=" + Certificate]),
        ["Mail__Endpoint"] = ("contoso", []),
        ["Mail__SmtpHost"] = ("smtp://mail.example", []),
        ["Mail__SmtpPort"] = ("0", []),
        ["Mail__SmtpTls"] = ("perhaps", []),
        ["Mail__SmtpUser"] = ("greta", []),
        ["Mail__SmtpPassword"] = ("secret", []),
        ["Mail__Sender"] = ("GRETA", []),
        ["Mail__PerMinute"] = ("many", []),
        ["Mail__PerHour"] = ("-1", []),
        ["Outgoing__ThisMachine"] = ("perhaps", []),
        ["Placements__LinkDays"] = ("0", []),
        ["Placements__RehearsalDaySeconds"] = ("a day", []),
    };

    public static TheoryData<string> Names => [.. Wrong.Keys];

    [Fact]
    public void Every_setting_has_a_wrong_value_here() => Wrong.Keys.ShouldBe(Setting.All.Select(s => s.Name), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_wrong_value_stops_the_start_and_is_named(string name)
    {
        var (wrong, beside) = Wrong[name];

        var failure = (await FailuresAsync([.. beside, $"{name}={wrong}"])).ShouldHaveSingleItem();

        failure.ShouldContain(name);
        failure.ShouldEndWith(".");
    }

    [Theory]
    [InlineData("Access__RateFactor=0", "Access__RateFactor")]
    [InlineData("Seal__TimestampTimeout=00:30:00", "Seal__TimestampTimeout")]
    [InlineData("Placements__RehearsalDaySeconds=0", "Placements__RehearsalDaySeconds")]
    [InlineData("Mail__SmtpPort=smtp", "Mail__SmtpPort")]
    [InlineData("Mail__Endpoint=https://m.communication.azure.com Mail__SmtpHost=smtp.example", "Mail__Endpoint or Mail__SmtpHost")]
    [InlineData("Mail__SmtpHost=smtp.example Mail__SmtpTls=false", "Mail__SmtpTls")]
    [InlineData("Storage__AccountName=emargementrec",
        "Storage__AccountName (reached with a managed identity) or Storage__ConnectionString")]
    [InlineData("Storage__ConnectionString=", "Storage__AccountName (reached with a managed identity) or Storage__ConnectionString")]
    [InlineData("WEBSITE_SITE_NAME=emargement-prod ASPNETCORE_FORWARDEDHEADERS_ENABLED=true", "Seal__Certificate")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING=appi-emargement", "APPLICATIONINSIGHTS_CONNECTION_STRING")]
    [InlineData("AZURE_FUNCTIONS_ENVIRONMENT=Production", "Seal__Certificate")]
    public async Task A_value_out_of_range_a_contradiction_or_a_missing_one_stops_it_too(string settings, string named) =>
        (await FailuresAsync(settings.Split(' '))).ShouldHaveSingleItem().ShouldContain(named);

    /// <summary>Starts the app with a storage that nobody reaches before the settings are checked.</summary>
    private static async Task<IEnumerable<string>> FailuresAsync(params string[] settings)
    {
        var all = new Dictionary<string, string?> { ["Storage:ConnectionString"] = "UseDevelopmentStorage=true" };
        foreach (var setting in settings)
        {
            var at = setting.IndexOf('=', StringComparison.Ordinal);
            all[setting[..at].Replace("__", ":", StringComparison.Ordinal)] = setting[(at + 1)..];
        }

        var start = () => LocalHostApp.StartAsync(
            new LocalHostOptions { Settings = all, RunTimers = false }, TestContext.Current.CancellationToken);
        return (await start.ShouldThrowAsync<OptionsValidationException>()).Failures;
    }

    private static string MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=settings", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12, "right"));
    }
}
