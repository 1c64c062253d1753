using System.Security.Cryptography;
using System.Text;
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
/// nothing throws. Ten thousand of each sort in every run; <c>./bench --stress 1000</c> tries ten million.
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
            var http = new DefaultHttpContext();
            http.Request.Headers.Authorization = "Bearer " + new string([.. text.Where(c => !char.IsControl(c))]);
            return (await keys.FindAsync(http, Cancellation))?.IsKnown != true;
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
        var (seed, tries) = (Random.Shared.Next(), LongRun.Times(each));
        var failed = new System.Collections.Concurrent.ConcurrentQueue<string>();
        Parallel.For(0, Environment.ProcessorCount, part =>
        {
            var random = new Random(seed + part);
            for (var i = part; i < tries && failed.IsEmpty; i += Environment.ProcessorCount)
            {
                var text = Changed(random, good);
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
        output.WriteLine($"{tries} {what}, seed {seed}");
        failed.ShouldBeEmpty($"seed {seed}");
    }

    private async Task FuzzAsync(string what, string[] good, int each, Func<string, Task<bool>> isRefusedAsync)
    {
        var (seed, tries) = (Random.Shared.Next(), LongRun.Times(each));
        var random = new Random(seed);
        for (var done = 0; done < tries; done += 16)
        {
            string[] some = [.. Enumerable.Range(0, 16).Select(_ => Changed(random, good))];
            var refused = await Task.WhenAll(some.Select(isRefusedAsync));
            refused.Zip(some).Where(r => !r.First).Select(r => r.Second).ShouldBeEmpty($"{what}, seed {seed}");
        }

        output.WriteLine($"{tries} {what}, seed {seed}");
    }

    /// <summary>A text that is none of the good ones.</summary>
    private static string Changed(Random random, string[] good)
    {
        while (true)
        {
            var text = new StringBuilder(good[random.Next(good.Length)]);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                Change(random, text, good);
            }

            var changed = text.ToString();
            if (!good.Contains(changed))
            {
                return changed;
            }
        }
    }

    private static void Change(Random random, StringBuilder text, string[] good)
    {
        var at = random.Next(text.Length + 1);
        switch (random.Next(8))
        {
            case 0 when at < text.Length:
                text[at] = (char)(text[at] ^ (1 << random.Next(7)));
                break;
            case 1 when at < text.Length:
                text[at] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[random.Next(64)];
                break;
            case 2 when at < text.Length:
                text.Remove(at, random.Next(1, text.Length - at + 1));
                break;
            case 3:
                var other = good[random.Next(good.Length)];
                var from = random.Next(other.Length);
                text.Insert(at, other[from..random.Next(from, other.Length)]);
                break;
            case 4:
                text.Insert(at, (char)random.Next(1, 0xD800));
                break;
            case 5:
                text.Append('=', random.Next(1, 3));
                break;
            case 6:
                text.Insert(at, new string((char)random.Next(32, 127), random.Next(1, 3000)));
                break;
            default:
                text.Clear().Append(Convert.ToBase64String(RandomNumberGenerator.GetBytes(random.Next(0, 200))));
                break;
        }
    }
}
