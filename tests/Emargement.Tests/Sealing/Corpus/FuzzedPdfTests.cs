using System.Diagnostics;
using System.Text;
using Emargement.Functions.Sealing.Seal;
using Emargement.Tests.Platform;

namespace Emargement.Tests.Sealing.Corpus;

/// <summary>
/// Files of the corpus, changed by chance: none is ever called intact, none tires who reads it, none is more than refused. 4,000 in every
/// run; <c>./bench --stress 250 FuzzedPdfTests</c> tries a million.
/// </summary>
[Trait(LongRun.Trait, "yes")]
public sealed class FuzzedPdfTests(ITestOutputHelper output)
{
    private static readonly string[] Words =
    [
        "/ByteRange [0 9 9 9]", "/Contents <00>", "endobj", "stream\n", "endstream", "startxref\n9\n%%EOF\n", "1 0 obj", "<<", ">>", "[",
        "(", "/Prev 9", "/Length 5 0 R", "/XRefStm 9", "/Kids [3 0 R]", "/Encrypt 5 0 R", "2147483647", "-1", "0", "\0", "%", "/Type#20",
        "null",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_sealed_file_that_was_changed_is_intact()
    {
        using var seal = SealCertificates.Elliptic();
        var sealedOnes = new List<byte[]>();
        foreach (var file in Bases())
        {
            sealedOnes.Add((await Seals.SealAsync(seal, file, null, Cancellation)).Bytes);
        }

        sealedOnes.ShouldAllBe(pdf => Seals.IsIntact(seal, pdf));
        Fuzz("sealed", sealedOnes, LongRun.Times(3_500), pdf => !Seals.IsIntact(seal, pdf));
    }

    [Fact]
    public void A_file_that_was_changed_is_refused_or_sealed_and_nothing_else()
    {
        using var seal = SealCertificates.Elliptic();
        Fuzz("unsealed", [.. Bases()], LongRun.Times(500), pdf =>
        {
            try
            {
                Seals.SealAsync(seal, pdf, null, Cancellation).GetAwaiter().GetResult();
            }
            catch (InvalidDataException)
            {
                // Refused, as it should be.
            }

            return !Seals.IsIntact(seal, pdf);
        });
    }

    private static IEnumerable<byte[]> Bases() => Enum.GetValues<References>()
        .Select(references => new CorpusFile(references, Stands.WithItsArrayOnItsOwn, Stands.OnItsOwn, "(Nom)").Write());

    private void Fuzz(string what, List<byte[]> bases, int times, Func<byte[], bool> holds)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var longest = TimeSpan.Zero;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < times; i++)
        {
            var good = bases[random.Next(bases.Count)];
            var changed = Changed(good, random);
            var begun = watch.Elapsed;
            if (!changed.AsSpan().SequenceEqual(good))
            {
                holds(changed).ShouldBeTrue($"{what}, seed {seed}, number {i}: {Convert.ToBase64String(changed)}");
            }

            longest = watch.Elapsed - begun > longest ? watch.Elapsed - begun : longest;
        }

        output.WriteLine($"{what}: {times} in {watch.Elapsed.TotalSeconds:F1} s, the longest {longest.TotalMilliseconds:F0} ms");
        longest.ShouldBeLessThan(TimeSpan.FromSeconds(10), $"{what}, seed {seed}");
    }

    private static byte[] Changed(byte[] good, Random random)
    {
        var pdf = new List<byte>(good);
        for (var changes = 1 + random.Next(3); changes > 0 && pdf.Count > 1; changes--)
        {
            var at = random.Next(pdf.Count);
            var length = Math.Min(random.Next(1, 60), pdf.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    pdf[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    pdf[at] = (byte)random.Next(256);
                    break;
                case 2:
                    pdf.RemoveRange(at, length);
                    break;
                case 3:
                    pdf.InsertRange(at, pdf.GetRange(random.Next(pdf.Count - length + 1), length));
                    break;
                case 4:
                    pdf.InsertRange(at, Encoding.Latin1.GetBytes(Words[random.Next(Words.Length)]));
                    break;
                default:
                    var word = Encoding.Latin1.GetBytes(Words[random.Next(Words.Length)]);
                    for (var i = 0; i < word.Length && at + i < pdf.Count; i++)
                    {
                        pdf[at + i] = word[i];
                    }

                    break;
            }
        }

        return [.. pdf];
    }
}
