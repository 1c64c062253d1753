using System.Text.RegularExpressions;
using Emargement.Tests.House;

namespace Emargement.Tests.Web.Forms;

/// <summary>A form without a method sends what is typed into it by GET before its script has come: a password into an address.</summary>
public sealed partial class FormsTests
{
    [Fact]
    public void Every_form_says_how_it_is_sent()
    {
        var pages = Path.Combine(Repository.Root, "functions", "Emargement.Web");
        var forms = Directory.EnumerateFiles(pages, "*.razor", SearchOption.AllDirectories)
            .Where(f => !f.Contains("node_modules", StringComparison.Ordinal))
            .SelectMany(f => Form().Matches(File.ReadAllText(f)).Select(m => (File: Path.GetFileName(f), Tag: m.Value)))
            .ToList();

        forms.Count.ShouldBeGreaterThan(20);
        forms.Where(f => !Method().IsMatch(f.Tag)).ShouldBeEmpty("say method=post, get for what may stand in an address, or dialog");
        forms.Where(f => f.Tag.Contains("method=\"get\"", StringComparison.Ordinal)).Select(f => f.File).Distinct()
            .ShouldBe([
                    "ChooseOrganisationPage.razor", "JournalPage.razor", "MonthPage.razor", "NewPlacementPage.razor",
                    "NewSessionPage.razor", "PeoplePage.razor", "TodayPage.razor", "VerifyPage.razor",
                ], ignoreOrder: true);
    }

    [GeneratedRegex("""<form\b(?:[^>"]|"[^"]*")*>""")]
    private static partial Regex Form();

    [GeneratedRegex("""\smethod="(?:post|get|dialog)"(?:\s|>)""")]
    private static partial Regex Method();
}
