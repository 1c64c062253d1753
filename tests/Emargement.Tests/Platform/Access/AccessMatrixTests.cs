using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Tests.House;

namespace Emargement.Tests.Platform.Access;

/// <summary>Every function answers everybody as its rule declares, and as docs/access.md says.</summary>
public sealed class AccessMatrixTests(AccessMatrix matrix) : IClassFixture<AccessMatrix>
{
    private const string Rewrite = "EMARGEMENT_WRITE_ACCESS";

    private static readonly string Document = Path.Combine(Repository.Root, "docs", "access.md");

    // Nobody else may call: what a closed function answers them.
    private static readonly string[] Refused = ["401", "403", "404", AccessMatrix.SignIn];

    [Fact]
    public async Task V6_3_4_The_document_says_what_every_function_answers_to_everybody()
    {
        var made = AccessDocument.Write(matrix.Rows);
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            await File.WriteAllTextAsync(Document, made, TestContext.Current.CancellationToken);
        }

        var kept = await File.ReadAllTextAsync(Document, TestContext.Current.CancellationToken);
        kept.ShouldBe(
            made, $"docs/access.md is not what the functions answer. Run this test with {Rewrite}=1, and read what has changed.");
    }

    [Fact]
    public void Nobody_is_let_in_whom_the_rule_does_not_name() => Closed()
        .SelectMany(r => Kinds.Where(k => (r.Rule.Callers & k.Kind) == Callers.None && !Refused.Contains(r.Answers[k.Name]))
            .Select(k => $"{r.Function} lets in {k.Name}"))
        .ShouldBeEmpty();

    [Fact]
    public void A_closed_function_asks_nobody_known_to_sign_in() => Closed()
        .Where(r => r.Answers["nobody"] != (r.Rule.IsPage ? AccessMatrix.SignIn : "401"))
        .Select(r => r.Function)
        .ShouldBeEmpty();

    [Fact]
    public void V8_4_1_What_is_of_another_organisation_or_Region_is_not_there() => Closed()
        .Where(r => r.Elsewhere.Count > 0 && !r.Elsewhere.SequenceEqual([r.Rule.IsPage ? AccessMatrix.SignIn : "404"]))
        .Select(r => $"{r.Function}: {string.Join(", ", r.Elsewhere)}")
        .ShouldBeEmpty();

    [Fact]
    public void A_machine_needs_the_right_that_the_function_names() => Closed()
        .Where(r => (r.Rule.Callers & Callers.Machine) != Callers.None)
        .SelectMany(r => ApiRights.OfOrganisation.Where(right => (r.Answers[$"key:{right}"] == "403") == (right == r.Rule.Right))
            .Select(right => $"{r.Function} with {right}: {r.Answers[$"key:{right}"]}"))
        .ShouldBeEmpty();

    /// <summary>The rules that go beyond sorts of callers: a trainer's own sessions, their learners, a learner's own placement.</summary>
    [Theory]
    [InlineData("ShowSession", "other trainer")]
    [InlineData("OpenSession", "other trainer")]
    [InlineData("MarkLearner", "other trainer")]
    [InlineData("CloseSession", "other trainer")]
    [InlineData("CorrectAttendance", "other trainer")]
    [InlineData("SendLinks", "other trainer")]
    [InlineData("HandRoundTablet", "other trainer")]
    [InlineData("DownloadSheet", "other trainer")]
    [InlineData("DownloadEvidence", "other trainer")]
    [InlineData("GetPlacement", "other trainer")]
    [InlineData("GetPlacement", "other learner")]
    [InlineData("HandOverWeek", "other trainer")]
    [InlineData("DeclareWeek", "other learner")]
    [InlineData("DeclareWeek", "device")]
    [InlineData("MaintainDays", "other learner")]
    [InlineData("DownloadPlacementDraft", "other trainer")]
    [InlineData("DownloadPlacementDraft", "other learner")]
    [InlineData("SetPassword", "operator")]
    [InlineData("MintActivation", "operator")]
    [InlineData("SuspendAccount", "operator")]
    [InlineData("RestoreAccount", "operator")]
    public void V8_2_2_What_is_another_person_s_is_refused(string function, string caller) =>
        matrix.Rows.Single(r => r.Function == function).Answers[caller].ShouldBe("403");

    private static IEnumerable<(string Name, Callers Kind)> Kinds =>
    [
        ("learner", Callers.Learner), ("other learner", Callers.Learner), ("trainer", Callers.Trainer), ("other trainer", Callers.Trainer),
        ("manager", Callers.Manager), ("one factor", Callers.OneFactor), ("device", Callers.Tablet), ("officer", Callers.Officer),
        ("officer who reads", Callers.Officer), ("machine", Callers.Machine),
        ("Région", Callers.RegionKey), ("operator", Callers.Operator),
    ];

    private IEnumerable<MatrixRow> Closed() => matrix.Rows.Where(r => !r.Rule.IsPublic);
}
