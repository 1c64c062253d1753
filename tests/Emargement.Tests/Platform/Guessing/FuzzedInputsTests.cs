using System.Diagnostics;
using System.Security.Cryptography;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Keys;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Signing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Emargement.Tests.Platform.Guessing;

/// <summary>
/// What opens something, changed by chance: a bit, a character, a part of another, all of it. Nothing that was changed opens anything, and
/// nothing throws. With the answers of providers 8,600 in every run; <c>./bench --stress 1170 FuzzedInputsTests FuzzedAnswersTests</c>
/// tries ten million.
/// </summary>
[Trait(LongRun.Trait, "yes")]
public sealed class FuzzedInputsTests(ITestOutputHelper output)
{
    private const int Each = 2_500;
    private const int ReadEach = 50;

    private static readonly OrganisationId Org = OrganisationId.Parse("garonne");
    private static readonly SessionId Session = SessionId.Parse("20261123-1-S1");
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly EphemeralDataProtectionProvider Ring = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void No_changed_ticket_is_read()
    {
        var tickets = new PresenceTickets(Ring);
        string[] good = [.. Enumerable.Range(1, 8).Select(i => tickets.Write(Ticket($"S{i}")))];
        good.ShouldAllBe(t => tickets.Read(t) != null);

        Fuzz("tickets", good, Each, text => tickets.Read(text) is null);
    }

    [Fact]
    public void No_changed_cookie_is_opened()
    {
        var seal = new SignInCookieSeal(Ring);
        string[] good =
        [
            .. Enumerable.Range(1, 8).Select(i => seal.Seal(new SignInCookieContent("garonne", $"learner:S{i}", $"d{i}", $"secret{i}"))),
        ];
        good.ShouldAllBe(c => seal.Open(c) != null);

        // Base64url may be written in more than one way: what opens then must say what was sealed, to the letter.
        var sealedOnes = good.Select(c => seal.Open(c)).ToHashSet();
        Fuzz("cookies", good, Each, text => seal.Open(text) is not { } opened || sealedOnes.Contains(opened));
    }

    [Fact]
    public void No_changed_code_of_a_scan_is_right()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var step = PresenceCode.QrStep(Start);
        var good = PresenceCode.Qr(key, Org, Session, step);

        Fuzz("scanned codes", [good], Each, text =>
        {
            _ = SessionId.TryParse(text, out _);
            _ = AccountId.TryParseKey(text, out _);
            _ = Reference.TryParseKey(text, out _);
            _ = LoginName.TryParse(text, out _);
            return PresenceCode.CheckQr(key, Org, Session, text, Start) != CodeCheck.Valid;
        });
    }

    [Fact]
    public async Task No_changed_secret_of_a_link_or_key_opens_anything()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Start);
        var storage = new AppStorage(Options.Create(
            new StorageOptions { ConnectionString = AzuriteFixture.ConnectionString, Prefix = AzuriteFixture.NewPrefix() }), []);
        var links = new LinksTable(storage, time);
        var keys = new ApiKeys(new ApiKeysTable(storage), time);
        var secrets = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var bound = new Dictionary<string, string> { ["learner"] = $"S{i}" };
            secrets.Add(await links.MintAsync(LinkPurpose.Sign, Org, bound, Start.AddDays(1), Cancellation));
        }

        var minted = (await keys.MintAsync(new KeyOwner(Org, null), "ERP", ["people"], Cancellation)).Value!.Key;

        // Each of these asks the storage, so that there are fewer.
        await FuzzAsync("links", [.. secrets], ReadEach, async text =>
            await links.ResolveAsync(text, LinkPurpose.Sign, Cancellation) is null);
        await FuzzAsync("keys", [minted], ReadEach, async text =>
        {
            // No header holds a control character, and spaces around a value are not of it: what differs by these alone is the key.
            var sent = new string([.. text.Where(c => !char.IsControl(c))]);
            var http = new DefaultHttpContext();
            http.Request.Headers.Authorization = "Bearer " + sent;
            return sent.Trim() == minted || (await keys.FindAsync(http, Cancellation))?.IsKnown != true;
        });
    }

    private static PresenceTicket Ticket(string learner) => new()
    {
        Organisation = Org,
        Session = Session,
        Learner = Reference.Parse(learner),
        Method = SigningMethod.Qr,
        By = $"learner:{learner}",
        SignedIn = true,
        IssuedAt = Start,
        PlannedStart = Start,
        WindowEnds = Start.AddHours(4),
        LateAfterMinutes = 10,
        DrawingWanted = true,
    };

    private void Fuzz(string what, string[] good, int each, Func<string, bool> isRefused)
    {
        var (seed, tries, took) = (Random.Shared.Next(), LongRun.Times(each), Stopwatch.StartNew());
        var failed = new System.Collections.Concurrent.ConcurrentQueue<string>();
        Parallel.For(0, Environment.ProcessorCount, part =>
        {
            var random = new Random(seed + part);
            for (var i = part; i < tries && failed.IsEmpty; i += Environment.ProcessorCount)
            {
                var text = Mutation.Of(random, good);
                try
                {
                    if (!isRefused(text))
                    {
                        failed.Enqueue($"taken: {text}");
                    }
                }
                catch (Exception fault) when (fault is not OutOfMemoryException)
                {
                    failed.Enqueue($"{fault.GetType().Name}: {text}");
                }
            }
        });
        Mutation.Report(output, what, tries, seed, took);
        failed.ShouldBeEmpty($"seed {seed}");
    }

    private async Task FuzzAsync(string what, string[] good, int each, Func<string, Task<bool>> isRefusedAsync)
    {
        var (seed, tries, took) = (Random.Shared.Next(), LongRun.Times(each), Stopwatch.StartNew());
        var random = new Random(seed);
        for (var done = 0; done < tries; done += 16)
        {
            string[] some = [.. Enumerable.Range(0, 16).Select(_ => Mutation.Of(random, good))];
            var refused = await Task.WhenAll(some.Select(isRefusedAsync));
            refused.Zip(some).Where(r => !r.First).Select(r => r.Second).ShouldBeEmpty($"{what}, seed {seed}");
        }

        Mutation.Report(output, what, tries, seed, took);
    }
}
