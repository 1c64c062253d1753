using System.Text.Json.Nodes;
using Emargement.Tests.House;

namespace Emargement.Tests.Infra;

/// <summary>The settings that the template gives are those that the code and the Functions host read, and none is a secret.</summary>
public sealed class AppSettingsTests(Template template) : IClassFixture<Template>
{
    /// <summary>What the code reads and Azure does not set, each with its reason.</summary>
    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["Storage__ConnectionString"] = "a key; the account is reached by identity",
        ["Storage__Prefix"] = "the account is this system's alone",
        ["Storage__Patience"] = "four seconds, so that people hear within five that the storage is away; only tests wait longer",
        ["Access__RateFactor"] = "for load tests on one machine",
        ["Seal__CertificatePassword"] = "a certificate from the vault has none",
        ["Seal__TimestampTimeout"] = "its default holds",
        ["Protection__Password"] = "a certificate from the vault has none",
        ["Protection__FormerPassword"] = "a certificate from the vault has none",
        ["Outgoing__ThisMachine"] = "for tests on one machine; the app does not start with it in Azure",
        ["Mail__SmtpHost"] = "mails go by Communication Services",
        ["Mail__SmtpPort"] = "mails go by Communication Services",
        ["Mail__SmtpTls"] = "mails go by Communication Services",
        ["Mail__SmtpUser"] = "mails go by Communication Services",
        ["Mail__SmtpPassword"] = "mails go by Communication Services",
    };

    /// <summary>What the Functions host and the Azure libraries read.</summary>
    private static readonly string[] OfTheHost =
    [
        "AzureWebJobsStorage__accountName",
        "AzureWebJobsStorage__credential",
        "AzureWebJobsStorage__clientId",
        "AzureWebJobsDisableHomepage",
        "ASPNETCORE_FORWARDEDHEADERS_ENABLED",
        "AZURE_CLIENT_ID",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
    ];

    private Dictionary<string, string> OfTheCode => AppSettings.Parse(template.Given("app", "settings").GetValue<string>());

    private Dictionary<string, string> OfThePlatform =>
        AppSettings.Parse(
            template.Main["resources"]!["app"]!["properties"]!["template"]!["outputs"]!["settings"]!["value"]!.GetValue<string>());

    [Fact]
    public void Every_setting_that_the_code_reads_is_set_or_left_out_for_a_reason() =>
        AppSettings.Read().Except(OfTheCode.Keys).Except(LeftOut.Keys)
            .ShouldBeEmpty("set it in infra/main.bicep, or say here why Azure does without");

    [Fact]
    public void No_setting_is_set_that_the_code_does_not_read() => OfTheCode.Keys.Except(AppSettings.Read()).ShouldBeEmpty();

    [Fact]
    public void What_is_left_out_is_read_by_the_code_and_not_set()
    {
        LeftOut.Keys.Except(AppSettings.Read()).ShouldBeEmpty();
        LeftOut.Keys.Intersect(OfTheCode.Keys).ShouldBeEmpty();
    }

    [Fact]
    public async Task Settings_are_written_after_all_else_by_a_deployment_of_their_own()
    {
        // References to the vault that fail once are not tried again.
        template.OfType("Microsoft.Web/sites/config").ShouldBeEmpty();
        template.Main["outputs"]!["appSettings"]!["value"]!.GetValue<string>().ShouldBe("[reference('app').outputs.settings.value]");

        var built = await Tool.BicepAsync("build", Tool.Infra("settings.bicep"), "--stdout");
        built.Error.Trim().ShouldBeEmpty();
        var configured = JsonNode.Parse(built.Out)!["resources"]!.AsArray().ShouldHaveSingleItem()!;
        configured["type"]!.GetValue<string>().ShouldBe("Microsoft.Web/sites/config");
        configured["properties"]!.GetValue<string>().ShouldBe("[parameters('settings')]");
    }

    [Fact]
    public void The_host_gets_its_own_settings_and_no_others() => OfThePlatform.Keys.ShouldBe(OfTheHost, ignoreOrder: true);

    [Theory]
    [InlineData("Access__OperatorKey", "operator-key")]
    [InlineData("Seal__Certificate", "seal")]
    [InlineData("Protection__Certificate", "protection")]
    [InlineData("Protection__FormerCertificate", "protection-former")]
    public void Secrets_are_references_to_the_vault(string setting, string secret)
    {
        OfTheCode[setting].ShouldContain("@Microsoft.KeyVault(SecretUri=");
        OfTheCode[setting].ShouldContain($"{{0}}{secret})");
    }

    [Fact]
    public void The_host_s_storage_and_Durable_s_are_reached_by_the_app_s_identity()
    {
        OfThePlatform["AzureWebJobsStorage__credential"].ShouldBe("'managedidentity'");
        OfThePlatform["AzureWebJobsStorage__clientId"].ShouldBe("parameters('identityClientId')");
        OfThePlatform["AZURE_CLIENT_ID"].ShouldBe("parameters('identityClientId')");
    }

    [Fact]
    public void The_host_believes_its_front_end_and_a_host_on_one_machine_nobody()
    {
        var example = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.example.json")))!["Values"]!;

        OfThePlatform["ASPNETCORE_FORWARDEDHEADERS_ENABLED"].ShouldBe("'true'");
        example["ASPNETCORE_FORWARDEDHEADERS_ENABLED"]!.GetValue<string>().ShouldBe("false");
    }

    [Fact]
    public void Host_json_finds_what_it_needs()
    {
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json")))!;
        var durable = host["extensions"]!["durableTask"]!;

        // Routes without a prefix take the root page, which the host would otherwise answer itself.
        host["extensions"]!["http"]!["routePrefix"]!.GetValue<string>().ShouldBeEmpty();
        OfThePlatform["AzureWebJobsDisableHomepage"].ShouldBe("'true'");

        // Durable keeps its hub in the storage of AzureWebJobsStorage, unless host.json names another connection.
        durable["storageProvider"]!["type"]!.GetValue<string>().ShouldBe("azureStorage");
        durable["storageProvider"]!["connectionName"].ShouldBeNull();
        // A name with a percent sign would be a setting, which nothing sets.
        durable["hubName"]!.GetValue<string>().ShouldMatch("^[A-Za-z][A-Za-z0-9]{2,44}$");
    }
}
