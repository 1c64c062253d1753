using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts.Factors;

/// <summary>What most tests of managers begin with: a sign-in whose second step is behind it.</summary>
internal static class Proven
{
    /// <summary>Makes whole what was begun with one factor, as if the second had been given.</summary>
    public static async Task ByTwoFactorsAsync(IServiceProvider services, string organisation, string account)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (org, id) = (OrganisationId.Parse(organisation), AccountOf(account));
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

    private static AccountId AccountOf(string key) => AccountId.TryParseKey(key, out var id) ? id : throw new FormatException(key);
}
