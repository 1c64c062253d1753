using System.Text.Json;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sheets;
using Emargement.Functions.Accounts;
using Emargement.Tests.Sessions;

namespace Emargement.Tests.Sheets;

/// <summary>Whoever acts for another, or in another's place, is named on the sheet and in its evidence.</summary>
public sealed class WhoActedTests
{
    private static readonly Reference Learner = Reference.Parse("L1");

    private static readonly SheetProof Proof = new(
        1, null, "ABCD", new Uri("https://emargement.example/v/ABCD"), "00", "Garonne Formation", Example.At("12:00:00"), true);

    private static readonly Signed OnTheTablet = new()
    {
        At = Example.At("08:00:00"),
        By = "trainer:F1",
        Learner = Learner,
        Method = SigningMethod.Tablet,
        LateMinutes = 0,
    };

    [Fact]
    public void A_signature_on_a_device_handed_round_says_whose_it_was() =>
        Line(OnTheTablet).Signature.ShouldNotBeNull().Method.ShouldBe("Sur l'appareil de CAZENAVE Hélène");

    [Fact]
    public void What_a_manager_noted_in_the_trainer_s_place_says_so() =>
        Line(OnTheTablet, Mark("manager:M1")).Reason.ShouldBe("Bus (noté par ROCHE Inès)");

    [Fact]
    public void What_the_trainer_noted_needs_no_name() => Line(OnTheTablet, Mark("trainer:F1")).Reason.ShouldBe("Bus");

    [Fact]
    public async Task The_evidence_names_the_managers_who_acted()
    {
        await using var scene = await SheetScene.StartAsync();
        AccountHolder manager = new(new AccountId(AccountKind.Manager, Reference.Parse("M1")), "Roche", "Inès", null);
        await scene.Get<IAccountDirectory>().EnsureAsync(SheetScene.Organisation.Id, [manager], TestContext.Current.CancellationToken);
        await scene.CloseAsync();
        await scene.CorrectAsync();
        var sheet = await scene.SealAsync();

        var evidence = await scene.Blobs.ReadEvidenceAsync(SheetScene.Organisation.Id, sheet, TestContext.Current.CancellationToken);

        using var json = JsonDocument.Parse(evidence.ShouldNotBeNull());
        json.RootElement.GetProperty("people").GetProperty("manager:M1").GetString().ShouldBe("ROCHE Inès");
    }

    [Fact]
    public void A_trainer_who_replaced_another_is_printed_beside_the_planned_one_and_so_is_who_countersigned()
    {
        var closed = new Closed
        {
            At = Example.At("11:30:00"),
            By = "manager:M1",
            HeadCount = 1,
            Expected = 1,
            SignedCount = 1,
            TypedName = "Inès Roche",
        };
        var replaced = new Edited
        {
            At = Example.At("07:00:00"),
            By = "manager:M1",
            N = 1,
            Field = EditedField.Trainer,
            From = "F2",
            To = "F1",
            Reason = "Malade",
        };
        var countersigned = new Countersigned { At = Example.At("12:00:00"), By = "trainer:F1", TypedName = "Hélène Cazenave" };

        var trainer = Content(OnTheTablet, replaced, closed, countersigned).Trainer;

        trainer.Name.ShouldBe("Prévu : formateur F2, remplacé par CAZENAVE Hélène");
        trainer.SignedBy.ShouldBe("ROCHE Inès");
        trainer.Countersigned.ShouldNotBeNull().ShouldStartWith("Contresignée par CAZENAVE Hélène le ");
    }

    private static Marked Mark(string by) => new()
    {
        At = Example.At("08:20:00"),
        By = by,
        Learner = Learner,
        Mark = AttendanceMark.Late,
        Minutes = 20,
        Reason = "Bus",
    };

    private static SheetLine Line(params Fact[] facts) => Content(facts).Lines.ShouldHaveSingleItem();

    private static SheetContent Content(params Fact[] facts)
    {
        var people = new Dictionary<string, string> { ["trainer:F1"] = "CAZENAVE Hélène", ["manager:M1"] = "ROCHE Inès" };
        var source = new SheetSource(
            Example.Organisation, Example.Morning, null, people, facts, new Dictionary<string, string>());
        return SheetComposition.Of(source, Proof);
    }
}
