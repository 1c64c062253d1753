using System.Diagnostics;
using Azure.Core.Pipeline;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Tests.Platform;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Signing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts;

/// <summary>
/// Two hundred tries for somebody who is known and two hundred for nobody: the same storage calls, each time, and the same
/// time. <c>./bench --stress 5 SameForEverybodyTests</c> measures a thousand of each, and prints the medians.
/// </summary>
[Trait(LongRun.Trait, "yes")]
public sealed class SameForEverybodyTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Org = "greta";

    private static readonly OrganisationId Organisation = OrganisationId.Parse(Org);

    private static readonly int Pairs = LongRun.Times(200);

    private readonly StorageCalls _calls = new();
    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync(services =>
        {
            services.AddSingleton<HttpPipelinePolicy>(_calls);
            services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 5_000);
        });
        await _host.CreateOrganisationAsync(Org);
        var id = new AccountId(AccountKind.Learner, Reference.Parse("L1"));
        var holder = new AccountHolder(id, "Diallo", "Awa", EmailAddress.Parse("awa@exemple.test"));
        await _host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(Organisation, [holder], Cancellation);
        await _host.SetPasswordAsync(Org, id.Key, AccessHost.Password);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public Task A_wrong_password_tells_of_nobody() => CompareAsync(
        (login, network) => Logins.TryAsync(Organisation, login, "Trois chevaux verts", network, Cancellation));

    [Fact]
    public Task A_wrong_code_tells_of_nobody() => CompareAsync(
        (login, network) => Logins.TryCodeAsync(Organisation, login, "2345 6789 ABCD", network, Cancellation));

    [Fact]
    public Task A_wish_for_a_link_tells_of_nobody() => CompareAsync(
        (login, _) => new AskingForm(_host.Services).AskAsync(Org, login, new StartsNothing(), Cancellation));

    private LoginCheck Logins => _host.Services.GetRequiredService<LoginCheck>();

    private async Task CompareAsync(Func<string, string, Task> tryAsync)
    {
        var slower = 0;
        var seen = new HashSet<string>();
        List<double> ofKnown = [], ofNobody = [];
        for (var pair = -5; pair < Pairs; pair++)
        {
            // Each from a network of its own, whose first wrong try is made before, and where nothing is locked; who comes first changes,
            // so that whatever else this machine does falls on both.
            var network = $"10.{(pair + 5) / 256}.{(pair + 5) % 256}.0/24";
            await tryAsync($"w{pair + 5:D3}@exemple.test", network);
            var (known, nobody) = pair % 2 == 0
                ? (await TimeAsync("awa@exemple.test"), await TimeAsync($"n{pair + 5:D3}@exemple.test"))
                : Swapped(await TimeAsync($"n{pair + 5:D3}@exemple.test"), await TimeAsync("awa@exemple.test"));
            if (pair < 0)
            {
                // The first ones fill memories.
                seen.Clear();
                continue;
            }

            slower += known > nobody ? 1 : 0;
            ofKnown.Add(known);
            ofNobody.Add(nobody);

            async Task<double> TimeAsync(string login)
            {
                _calls.Reset();
                var from = Stopwatch.GetTimestamp();
                await tryAsync(login, network);
                var taken = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
                seen.Add(string.Join(", ", _calls.Made.Select(c => c.Split('(')[0])));
                return taken;
            }
        }

        output.WriteLine($"known {Median(ofKnown):0.00} ms, nobody {Median(ofNobody):0.00} ms; slower for the known {slower} of {Pairs}");
        output.WriteLine(string.Join('\n', seen));
        seen.ShouldHaveSingleItem();

        // The storage itself takes a little more for a row than for none. A hash left out would be about half of a try, as would a call; a
        // busy machine makes all of it longer alike.
        var (known50, nobody50) = (Median(ofKnown), Median(ofNobody));
        Math.Abs(known50 - nobody50).ShouldBeLessThan(0.25 * Math.Max(known50, nobody50));
    }

    private static (double Known, double Nobody) Swapped(double nobody, double known) => (known, nobody);

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
