using System.Text.Json.Nodes;

namespace Emargement.Tests.Infra;

/// <summary>Rights: built-in roles are those that their numbers say, and what no built-in role fits is a role of two actions.</summary>
public sealed class RolesTests(Template template) : IClassFixture<Template>
{
    /// <summary>From Azure's list: learn.microsoft.com/azure/role-based-access-control/built-in-roles.</summary>
    private static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["a4417e6f-fecd-4de8-b567-7b0420556985"] = "Key Vault Certificates Officer",
        ["09976791-48a7-449e-bb21-39d1a415f350"] = "Communication and Email Service Owner",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    private JsonObject Roles => template.Main["resources"]!["rbac"]!["properties"]!["template"]!["variables"]!["roles"]!.AsObject();

    [Fact]
    public void Every_role_has_the_number_that_Azure_gives_it() =>
        Roles.ToDictionary(r => r.Value!.GetValue<string>(), r => r.Key).ShouldBe(BuiltIn, ignoreOrder: true);

    [Fact]
    public async Task Every_right_is_by_one_of_these_roles_or_by_that_of_the_peaks()
    {
        var stage = await Stage.OfAsync("prod", ("EMARGEMENT_OPERATOR_PRINCIPAL_ID", "11111111-2222-3333-4444-555555555555"));
        var own = stage.OfType("Microsoft.Authorization/roleDefinitions").Select(r => r["name"]!.GetValue<string>());

        stage.OfType("Microsoft.Authorization/roleAssignments")
            .Select(a => a["properties"]!["roleDefinitionId"]!.GetValue<string>().Split('/')[^1]).Distinct()
            .ShouldBe(BuiltIn.Keys.Concat(own), ignoreOrder: true);
    }

    [Fact]
    public async Task Peaks_read_and_write_the_site_and_publish_nothing()
    {
        var stage = await Stage.OfAsync("prod");
        var role = stage.OfType("Microsoft.Authorization/roleDefinitions").Single();
        var permission = role["properties"]!["permissions"]!.AsArray().ShouldHaveSingleItem()!;

        permission["actions"]!.AsArray().Select(a => a!.GetValue<string>())
            .ShouldBe(["Microsoft.Web/sites/read", "Microsoft.Web/sites/write"]);
        permission["dataActions"]!.AsArray().ShouldBeEmpty();
        role["properties"]!["assignableScopes"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>()
            .ShouldEndWith("/resourceGroups/emargement-prod");
        stage.OfType("Microsoft.Authorization/roleAssignments")
            .Where(a => a["properties"]!["roleDefinitionId"]!.GetValue<string>() == role["id"]!.GetValue<string>())
            .ShouldHaveSingleItem()["id"]!.GetValue<string>().ShouldContain("/providers/Microsoft.Web/sites/");
    }
}
