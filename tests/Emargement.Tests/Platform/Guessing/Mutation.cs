using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Emargement.Tests.Platform.Guessing;

/// <summary>What opens something, changed by chance: a bit, a character, a part of another, all of it.</summary>
internal static class Mutation
{
    /// <summary>Says how many inputs were tried, and how many a second.</summary>
    public static void Report(ITestOutputHelper output, string what, int tries, int seed, Stopwatch took) =>
        output.WriteLine($"{tries} {what}, {tries / took.Elapsed.TotalSeconds:F0} a second, seed {seed}");

    /// <summary>A text that is none of the good ones.</summary>
    public static string Of(Random random, string[] good)
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
