using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Statements;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Sessions;
using Emargement.Functions.Statements;
using Emargement.Functions.Statements.Bulk;

namespace Emargement.Tests.Platform;

/// <summary>What a run is called fits into the Durable extension's 256 characters, whatever the planning's references are.</summary>
public sealed class RunIdTests
{
    private static readonly OrganisationId Organisation = OrganisationId.Parse(new string('o', 32));
    private static readonly Reference Long = Reference.Parse(new string('é', Reference.MaxLength));

    [Fact]
    public void An_id_that_fits_stays_as_it_is()
    {
        RunId.Of("seal-garonne-20261123-1-S1").ShouldBe("seal-garonne-20261123-1-S1");
        RunId.Of(new string('a', RunId.MostCharacters)).Length.ShouldBe(RunId.MostCharacters);
    }

    [Fact]
    public void One_that_does_not_is_shortened_to_the_same_every_time_and_to_another_for_another()
    {
        var text = new string('a', 600);

        RunId.Of(text).Length.ShouldBeLessThanOrEqualTo(RunId.MostCharacters);
        RunId.Of(text).ShouldBe(RunId.Of(text));
        RunId.Of(text).ShouldNotBe(RunId.Of(text + "b"));
    }

    [Fact]
    public void The_longest_reference_has_a_run_of_its_own()
    {
        var session = new SessionId(new DateOnly(2026, 11, 23), HalfDay.Morning, Long);
        var statements = new TrainingStatements(
            Long, StatementKind.AttendanceStatement, StatementSpan.Of(new DateOnly(2026, 9, 1), new DateOnly(2027, 6, 30)).Value);

        SealRequested.Of(Organisation, session).Run.Length.ShouldBeLessThanOrEqualTo(RunId.MostCharacters);
        StatementsRun.Of(Organisation, statements, "manager:M1").Id.Length.ShouldBeLessThanOrEqualTo(RunId.MostCharacters);
    }
}
