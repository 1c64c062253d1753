using System.Reflection;
using Emargement.Functions.Platform.Access;

namespace Emargement.Tests.Platform.Access;

/// <summary>What answers a form is read in another language, and come back to after signing in, by a GET: it must lead to a page.</summary>
public sealed class PageAddressesTests
{
    [Fact]
    public void Every_form_is_taken_at_the_address_of_a_page_or_says_whose_it_is()
    {
        var pages = HttpFunctions.All.Where(f => f.Method.IsDefined(typeof(PageAttribute))).ToList();
        var shown = pages.Where(f => f.Trigger.Methods!.Contains("get")).Select(f => f.Trigger.Route!).ToHashSet(StringComparer.Ordinal);
        var forms = pages.Where(f => f.Trigger.Methods!.Contains("post")).ToList();

        forms.Count.ShouldBeGreaterThan(10);
        forms.Where(f => !shown.Contains(f.Method.GetCustomAttribute<PageAttribute>()!.Of ?? f.Trigger.Route!))
            .Select(f => $"{f.Name} at {f.Trigger.Route}")
            .ShouldBeEmpty("say with [Page(Of = …)] on which page the form stands");
    }
}
