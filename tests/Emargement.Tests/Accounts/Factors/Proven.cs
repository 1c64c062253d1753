using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Platform.Codes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Emargement.Tests.Accounts.Factors;

/// <summary>What most tests of managers begin with: a sign-in whose second step is behind it.</summary>
internal static class Proven
{
    /// <summary>Makes whole what was begun with one factor, as if the second had been given.</summary>
    public static async Task ByTwoFactorsAsync(IServiceProvider services, string organisation, string account)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (org, id) = (OrganisationId.ParseHolder(organisation), AccountOf(account));
        var table = services.GetRequiredService<DevicesTable>();
        foreach (var begun in await table.ListAsync(org, id, cancellation))
        {
            if (begun.Use == DeviceUse.OneFactor)
            {
                var stored = (await table.FindAsync(org, id, begun.Id, cancellation)).ShouldNotBeNull();
                var whole = begun with { Use = DeviceUse.Browser, ExpiresAt = begun.CreatedAt + SignInTimes.Sitting };
                (await table.TryReplaceAsync(org, id, stored, whole, cancellation)).ShouldBeTrue();
            }
        }
    }

    /// <summary>Sets the second step up on the page that asks for it, and goes on.</summary>
    public static async Task OnPageAsync(IPage page, DateTimeOffset now)
    {
        var secret = (await page.Locator("#secret").TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal);
        await page.Locator("#code").FillAsync(TimeCodes.CodeAt(TimeCodes.Read(secret), TimeCodes.ClockStep(now)));
        await page.Locator("#enrol [type=submit]").ClickAsync();
        await page.Locator("#kept").ClickAsync();
    }

    private static AccountId AccountOf(string key) => AccountId.TryParseKey(key, out var id) ? id : throw new FormatException(key);
}
