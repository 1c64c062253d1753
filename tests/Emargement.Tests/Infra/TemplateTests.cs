using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Emargement.Tests.House;

namespace Emargement.Tests.Infra;

/// <summary>The promises of <c>infra/main.bicep</c>, read in what Azure would receive.</summary>
public sealed partial class TemplateTests(Template template) : IClassFixture<Template>
{
    private static readonly string[] Sealed = ["sheets", "evidence", "papers", "exports"];

    private IEnumerable<Resource> Accounts => template.OfType("Microsoft.Storage/storageAccounts");

    [Fact]
    public void The_linter_has_nothing_to_say() => template.Remarks.ShouldBeEmpty();

    [Theory]
    [InlineData("dev")]
    [InlineData("test")]
    [InlineData("prod")]
    [InlineData("azd")]
    public async Task Every_stage_s_parameters_fit_the_template(string stage)
    {
        var (values, remarks) = await StageParameters.OfAsync(stage);

        remarks.ShouldBeEmpty();
        values["stage"]!["value"]!.GetValue<string>().ShouldBe(stage == "azd" ? "dev" : stage);
        (values["rehearsalDaySeconds"] is null).ShouldBe(
            stage is "prod" or "azd", "the journeys travel a placement where none is real, and only there");
        // Locking is for ever: nobody gets it without asking.
        (values["lockImmutability"]?["value"]?.GetValue<bool>() ?? false).ShouldBeFalse();
    }

    [Fact]
    public void No_account_takes_keys_or_shows_blobs_or_speaks_old_TLS()
    {
        Accounts.Count().ShouldBe(2);
        foreach (var account in Accounts)
        {
            account.Properties["allowSharedKeyAccess"]!.GetValue<bool>().ShouldBeFalse();
            account.Properties["allowBlobPublicAccess"]!.GetValue<bool>().ShouldBeFalse();
            account.Properties["supportsHttpsTrafficOnly"]!.GetValue<bool>().ShouldBeTrue();
            account.Properties["minimumTlsVersion"]!.GetValue<string>().ShouldBe("TLS1_2");
        }

        template.OfType("Microsoft.Storage/storageAccounts/blobServices/containers").ShouldAllBe(
            c => c.Properties["publicAccess"]!.GetValue<string>() == "None");
    }

    [Fact]
    public void Nothing_asks_Azure_for_a_key_or_holds_one()
    {
        template.Text.ShouldNotContain("listKeys", Case.Insensitive);
        template.Text.ShouldNotContain("AccountKey", Case.Insensitive);
        template.Text.ShouldNotContain("listSecrets", Case.Insensitive);
        template.Text.ShouldNotContain("securestring", Case.Insensitive);
        template.OfType("Microsoft.KeyVault/vaults/secrets").ShouldBeEmpty();
    }

    [Fact]
    public void Sealed_documents_and_exports_are_immutable_and_nothing_else_is()
    {
        var policy = template.OfType("Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies").Single();

        Names(template.Given("record", "immutableContainers")).ShouldBe(Sealed, ignoreOrder: true);
        policy.Json["copy"]!["count"]!.GetValue<string>().ShouldBe("[length(parameters('immutableContainers'))]");
        policy.Json["condition"]!.GetValue<string>().ShouldBe(
            "[not(contains(parameters('lockedContainers'), parameters('immutableContainers')[copyIndex()]))]");
        policy.Properties["immutabilityPeriodSinceCreationInDays"]!.GetValue<string>().ShouldBe("[parameters('immutabilityDays')]");
        policy.Properties["allowProtectedAppendWrites"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public void Every_container_that_the_code_opens_is_made_by_the_template()
    {
        // The mailbox is where mails stay when nobody delivers them; Azure has somebody.
        var opened = Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "functions", "Emargement.Functions"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .Where(source => source.Contains("ContainerAsync(", StringComparison.Ordinal))
            .SelectMany(source => OpenedContainer().Matches(source).Select(m => m.Groups["name"].Value)
                .Concat(
                    source.Contains("ContainerAsync(", StringComparison.Ordinal)
                        ? ConstantContainer().Matches(source).Select(m => m.Groups["name"].Value)
                        : []))
            .Distinct()
            .Where(name => name != "mailbox");

        var made = Names(template.Given("record", "immutableContainers")).Concat(Names(template.Given("record", "workContainers")));

        opened.ShouldBe(made, ignoreOrder: true);
    }

    [Fact]
    public void Sealed_documents_go_by_the_app_alone_and_exports_only_after_their_retention()
    {
        var rules = template.OfType("Microsoft.Storage/storageAccounts/managementPolicies").Single().Properties["policy"]!["rules"]!
            .AsArray();
        var module = template.Main["resources"]!["record"]!["properties"]!["template"]!;

        module["variables"]!["deleteAfterDays"]!.GetValue<string>().ShouldBe("[add(parameters('immutabilityDays'), 30)]");
        // No rule of the storage looks whether a legal hold keeps a sheet: the app does.
        rules.Single(r => r!["name"]!.GetValue<string>() == "sealed-documents")!["definition"]!["actions"]!["baseBlob"]!.GetValue<string>()
            .ShouldNotContain("delete");
        var exports = rules.Single(r => r!["name"]!.GetValue<string>() == "exports-over")!["definition"]!;
        exports["filters"]!["prefixMatch"]!.ToJsonString().ShouldBe("""["exports/"]""");
        exports["actions"]!["baseBlob"]!["delete"]!["daysAfterCreationGreaterThan"]!.GetValue<string>()
            .ShouldBe("[variables('deleteAfterDays')]");
        // Keys, and whatever else is in "platform", are never deleted by age.
        rules.Where(r => r!["definition"]!["actions"]!["baseBlob"] is not null).Select(r => r!["definition"]!["filters"]!.ToJsonString())
            .ShouldNotContain(filter => filter.Contains("platform", StringComparison.Ordinal));
    }

    [Fact]
    public void The_record_can_be_brought_back()
    {
        var blobs = template.OfType("Microsoft.Storage/storageAccounts/blobServices").Single(b => b.Module == "record").Properties;

        blobs["isVersioningEnabled"]!.GetValue<bool>().ShouldBeTrue();
        blobs["changeFeed"]!["enabled"]!.GetValue<bool>().ShouldBeTrue();
        blobs["deleteRetentionPolicy"]!["enabled"]!.GetValue<bool>().ShouldBeTrue();
        blobs["containerDeleteRetentionPolicy"]!["enabled"]!.GetValue<bool>().ShouldBeTrue();
        blobs["restorePolicy"]!["days"]!.GetValue<string>().ShouldBe("[sub(parameters('recoveryDays'), 1)]");
    }

    [Fact]
    public void The_app_is_Flex_Consumption_on_dotnet_10_isolated_with_an_identity_and_without_passwords()
    {
        var app = template.OfType("Microsoft.Web/sites").Single();
        var configuration = app.Properties["functionAppConfig"]!;

        template.OfType("Microsoft.Web/serverfarms").Single().Json["sku"]!["name"]!.GetValue<string>().ShouldBe("FC1");
        configuration["runtime"]!.ToJsonString().ShouldBe("""{"name":"dotnet-isolated","version":"10.0"}""");
        configuration["deployment"]!["storage"]!["authentication"]!["type"]!.GetValue<string>().ShouldBe("UserAssignedIdentity");
        app.Json["identity"]!["type"]!.GetValue<string>().ShouldBe("UserAssigned");
        app.Properties["httpsOnly"]!.GetValue<bool>().ShouldBeTrue();
        app.Properties["siteConfig"]!["minTlsVersion"]!.GetValue<string>().ShouldBe("1.2");
        template.OfType(
            "Microsoft.Web/sites/basicPublishingCredentialsPolicies").ShouldAllBe(p => !p.Properties["allow"]!.GetValue<bool>());
    }

    [Fact]
    public void The_vault_and_the_telemetry_take_identities_only()
    {
        var vault = template.OfType("Microsoft.KeyVault/vaults").Single().Properties;

        vault["enableRbacAuthorization"]!.GetValue<bool>().ShouldBeTrue();
        template.OfType("Microsoft.Insights/components").Single().Properties["DisableLocalAuth"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Rights_are_given_in_one_module_each_on_one_resource()
    {
        var rights = template.OfType("Microsoft.Authorization/roleAssignments").ToList();
        var roles = template.Main["resources"]!["rbac"]!["properties"]!["template"]!["variables"]!["roles"]!.AsObject();

        rights.ShouldAllBe(r => r.Module == "rbac" && r.Json["scope"] != null);
        roles.Select(r => r.Key).ShouldNotContain(role => role == "Owner" || role == "Contributor" || role == "User Access Administrator");
        // The record: rows and blobs, never their retention.
        rights.Where(r => r.Json["scope"]!.GetValue<string>().Contains("recordName", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .Json["copy"]!["count"]!.GetValue<string>()
                .ShouldBe("[length(createArray('Storage Blob Data Contributor', 'Storage Table Data Contributor'))]");
    }

    private static IEnumerable<string> Names(JsonNode array) => array.AsArray().Select(n => n!.GetValue<string>());

    [GeneratedRegex("""ContainerAsync\("(?<name>[a-z]+)"\)""")]
    private static partial Regex OpenedContainer();

    [GeneratedRegex("""const string (?:\w*Container|Name) = "(?<name>[a-z]+)";""")]
    private static partial Regex ConstantContainer();
}
