using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;
using Emargement.Tests.Sealing;

namespace Emargement.Tests.Sheets;

public sealed class EvidenceTests
{
    private const string Closing = "\"key\":\"4-closed\"," + Written;
    private const string Written = "\"at\":\"2026-11-23T11:30:00.0000000Z\",\"by\":\"manager:M1\"}";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    public void Anyone_can_follow_the_steps_it_gives(int learners)
    {
        var evidence = Make(learners);
        using var document = JsonDocument.Parse(evidence.Write());
        var root = document.RootElement.GetProperty("root").GetString();

        document.RootElement.GetProperty("schema").GetString().ShouldBe("emargement-evidence/1");
        var facts = document.RootElement.GetProperty("facts").EnumerateArray().ToList();
        facts.Count.ShouldBe(learners + 1);
        foreach (var fact in facts)
        {
            var json = fact.GetProperty("json").GetString()!;
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(json));
            Convert.ToHexStringLower(hash).ShouldBe(fact.GetProperty("sha256").GetString());
            if (fact.TryGetProperty("drawing", out var drawing))
            {
                json.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(drawing.GetString()!))));
            }

            var value = SHA256.HashData([0, .. hash]);
            foreach (var step in fact.GetProperty("path").EnumerateArray())
            {
                var neighbour = Convert.FromHexString(step.GetProperty("hash").GetString()!);
                value = step.GetProperty("side").GetString() == "left"
                    ? SHA256.HashData([1, .. neighbour, .. value])
                    : SHA256.HashData([1, .. value, .. neighbour]);
            }

            Convert.ToHexStringLower(value).ShouldBe(root);
        }
    }

    [Theory]
    [InlineData(
        """{"kind":"closed","headCount":2,"expected":3,"signedCount":2,"drawingSha256":"aa",""" + Closing,
        "closed before sheets could be on paper")]
    [InlineData(
        """{"kind":"closed","headCount":2,"expected":3,"signedCount":2,"paper":"5c","trainerSigned":false,"reason":"Panne",""" + Closing,
        "read from a scan in an electronic month")]
    [InlineData(
        """{"kind":"on-paper","learner":"L1","mark":"late","minutes":20,"scan":"5c","key":"2-presence|L1","about":"L1",""" + Written,
        "what a person read of a learner")]
    public void A_fact_is_written_as_it_was_read(string json, string because) =>
        Encoding.UTF8.GetString(FactJson.Write(FactJson.Read(json))).ShouldBe(json, because);

    [Fact]
    public void Sha256sum_gives_the_hash_of_a_fact()
    {
        using var document = JsonDocument.Parse(Make(3).Write());
        var fact = document.RootElement.GetProperty("facts")[1];
        using var folder = new Folder();
        var file = folder.Write("fact.json", Encoding.UTF8.GetBytes(fact.GetProperty("json").GetString()!));

        Tool.Run("sha256sum", file).Text.ShouldStartWith(fact.GetProperty("sha256").GetString()!);
    }

    [Fact]
    public void The_same_facts_give_the_same_bytes_and_one_more_gives_another_root()
    {
        Make(5).Write().ShouldBe(Make(5).Write());
        Evidence.TreeOf(Make(5).Facts).Root.ShouldNotBe(Evidence.TreeOf(Make(6).Facts).Root);
    }

    private static Evidence Make(int learners)
    {
        var drawing = SheetContents.Scribble;
        var facts = Enumerable.Range(1, learners)
            .Select(i => (Fact)new Signed
            {
                At = SheetContents.At(9, 0, i),
                By = $"learner:L{i}",
                Learner = Reference.Parse($"L{i} é"),
                Method = SigningMethod.Token,
                LateMinutes = 0,
                DrawingSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(drawing))),
            })
            .Prepend(new Opened { At = SheetContents.At(8, 50, 0), By = "trainer:T1" });
        return new Evidence
        {
            Organisation = "GRETA-CFA du Lauragais",
            Nda = "76310000131",
            Siret = "19310000100017",
            Session = "20261123-1-AMB2-0047",
            Version = 1,
            Supersedes = null,
            People = new Dictionary<string, string> { ["learner:L2"] = "RUIZ Inès", ["learner:L1"] = "LEFÈBVRE Zoë" },
            Facts = [.. facts.Select(fact => new EvidenceFact(fact.Key, FactJson.Write(fact), fact is Signed ? drawing : null))],
        };
    }
}
