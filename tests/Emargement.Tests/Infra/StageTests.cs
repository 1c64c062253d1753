using System.Text.Json.Nodes;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Tests.Infra;

/// <summary>What each stage asks Azure for, and that Azure takes it.</summary>
public sealed class StageTests
{
    /// <summary>
    /// Of <c>siteConfig</c>, what a Flex Consumption site takes and this one needs. Others are refused by name (error 51021), such as
    /// <c>ftpsState</c>, <c>alwaysOn</c>, <c>linuxFxVersion</c>, <c>netFrameworkVersion</c> and <c>use32BitWorkerProcess</c>:
    /// learn.microsoft.com/azure/azure-functions/functions-app-settings, "Flex Consumption plan deprecations".
    /// </summary>
    private static readonly string[] TakenByFlex = ["minTlsVersion", "scmMinTlsVersion", "http20Enabled"];

    private static readonly string[] RefusedSettings =
    [
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME_VERSION", "WEBSITE_RUN_FROM_PACKAGE",
        "WEBSITE_CONTENTSHARE", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "WEBSITE_TIME_ZONE", "SCM_DO_BUILD_DURING_DEPLOYMENT",
        "ENABLE_ORYX_BUILD",
    ];

    [Theory]
    [InlineData("dev")]
    [InlineData("test")]
    [InlineData("prod")]
    public async Task The_site_asks_for_nothing_that_Flex_Consumption_refuses(string name)
    {
        var stage = await Stage.OfAsync(name);

        stage.PropertiesOf("Microsoft.Web/sites")["siteConfig"]!.AsObject().Select(s => s.Key).ShouldBe(TakenByFlex, ignoreOrder: true);
        Settings(stage).Select(s => s.Key).Intersect(RefusedSettings).ShouldBeEmpty();
        // There is no FTP to forbid; publishing is by the other.
        stage.OfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies").ShouldHaveSingleItem()
            ["name"]!.GetValue<string>().ShouldEndWith("/scm");
    }

    [Theory]
    [InlineData("dev", 0, 0)]
    [InlineData("test", 1, 0)]
    [InlineData("prod", 1, 1)]
    public async Task Instances_are_ready_for_calls_and_in_production_for_orchestrations(string name, int http, int durable)
    {
        var scale = (await Stage.OfAsync(name)).PropertiesOf("Microsoft.Web/sites")["functionAppConfig"]!["scaleAndConcurrency"]!;
        var groups = scale["alwaysReady"]!.AsArray();

        // A group of 0 is no group. The service knows these names: "durable" is all orchestrations, entities and activities.
        groups.ToDictionary(g => g!["name"]!.GetValue<string>(), g => g!["instanceCount"]!.GetValue<int>())
            .ShouldBe(new Dictionary<string, int> { ["http"] = http, ["durable"] = durable }.Where(g => g.Value > 0), ignoreOrder: true);
    }

    [Theory]
    [InlineData("", "DoNotReply@11111111.azurecomm.net", 5, 10)]
    [InlineData("emargement.example", "emargement@emargement.example", 30, 100)]
    public async Task Mails_keep_to_the_limits_of_the_domain_that_they_come_from(string domain, string sender, int perMinute, int perHour)
    {
        var stage = await Stage.OfAsync("prod", ("EMARGEMENT_MAIL_DOMAIN", domain), ("EMARGEMENT_MAIL_DOMAIN_IS_VERIFIED", "true"));

        var settings = Settings(stage);
        settings["Mail__PerMinute"]!.GetValue<string>().ShouldBe($"{perMinute}");
        settings["Mail__PerHour"]!.GetValue<string>().ShouldBe($"{perHour}");
        // The app thinks the same when nobody tells it.
        new MailOptions { Sender = sender }.Limits.ShouldBe((perMinute, perHour));
    }

    [Fact]
    public async Task Mails_come_from_the_domain_that_readers_see()
    {
        var sender = Settings(await Stage.OfAsync("prod"))["Mail__Sender"]!.GetValue<string>();
        var module = JsonNode.Parse((await Tool.BicepAsync("build", Tool.Infra("modules/mail.bicep"), "--stdout")).Out)!;
        var output = module["outputs"]!["sender"]!["value"]!.GetValue<string>();

        sender.ShouldContain(".outputs.sender");
        output.ShouldContain(".fromSenderDomain");
        output.ShouldNotContain("mailFromSenderDomain", Case.Sensitive, "that is the envelope's");
    }

    [Theory]
    [InlineData("dev", null, 7)]
    [InlineData("test", null, 7)]
    [InlineData("prod", true, 90)]
    public async Task Only_production_s_vault_keeps_its_name_whatever_is_deleted(string name, bool? purgeProtection, int days)
    {
        var vault = (await Stage.OfAsync(name)).PropertiesOf("Microsoft.KeyVault/vaults");

        // The service refuses false.
        var kept = vault["enablePurgeProtection"]?.GetValue<bool>();
        kept.ShouldBe(purgeProtection);
        vault["enableSoftDelete"]!.GetValue<bool>().ShouldBeTrue();
        vault["softDeleteRetentionInDays"]!.GetValue<int>().ShouldBe(days);
    }

    [Fact]
    public async Task A_deployment_never_takes_away_the_rule_that_cuts_addresses()
    {
        const string rule = "dcr-log-emargement-prod";

        (await RulesAsync()).ShouldBe([null, rule], "before the first there is none");
        (await RulesAsync(("EMARGEMENT_EXISTING_RULE_ID", $"/subscriptions/s/{rule}"))).ShouldBe([rule, rule]);

        // In the order in which they are written: the second waits for the rule.
        static async Task<IEnumerable<string?>> RulesAsync(params (string Name, string Value)[] environment) =>
            (await Stage.OfAsync("prod", environment)).OfType("Microsoft.OperationalInsights/workspaces")
                .Select(w => w["properties"]!["defaultDataCollectionRuleResourceId"]?.GetValue<string>().Split('/')[^1]);
    }

    private static JsonObject Settings(Stage stage) =>
        stage.OfType("Microsoft.Web/sites/config").Single(
            c => c["name"]!.GetValue<string>().EndsWith("/appsettings", StringComparison.Ordinal))
            ["properties"]!.AsObject();
}
