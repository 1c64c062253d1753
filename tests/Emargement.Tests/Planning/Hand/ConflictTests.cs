using Emargement.Domain.Planning;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Sessions;
using Emargement.Functions.Sessions.Hand;
using Emargement.Tests.Signing;
using static Emargement.Tests.Planning.SmallPlanning;

namespace Emargement.Tests.Planning.Hand;

/// <summary>The file and the hand do not say the same: both versions are shown, and a person decides once.</summary>
public sealed class ConflictTests
{
    private const string Morning = "20261203-1-U1";

    private static readonly string Other = Row("U2", "04/12/2026");

    private readonly ImportDriver _driver = new();
    private readonly HandDesk _desk;

    public ConflictTests() => _desk = new HandDesk(_driver);

    [Fact]
    public async Task The_report_has_both_versions_and_a_decision_to_keep_is_asked_once_for_each_version_of_the_file()
    {
        await StartAsync();
        string[] longer = [Row("U1", "03/12/2026", "09:00", "17:00"), Other];

        var conflict = (await ImportAsync(longer, refused: true)).Conflicts.ShouldHaveSingleItem();
        (conflict.Session.ToString(), conflict.Kept.Room, conflict.Line).ShouldBe((Morning, "Salle 9", 2));
        conflict.Asked.Select(a => (a.Room, _driver.Organisation.Zone.ToLocal(a.End).Hour)).ShouldBe([("Salle 1", 12), ("Salle 1", 17)]);
        (await _desk.KeepAsync(Morning, conflict.Version)).ShouldBeOk();
        (await _desk.KeepAsync(Morning, conflict.Version)).ShouldBeOk();

        var decided = await ImportAsync(longer, refused: false);
        decided.Conflicts.ShouldBeEmpty();
        decided.Lines.ShouldContain(l => l.Code == ImportCode.HandKept && l.Severity == ImportSeverity.Warning);
        (decided.Planning.Rejected, decided.Planning.Unchanged).ShouldBe((0, 3), "kept counts as unchanged");
        (await _desk.StoredAsync(Morning)).Value.Room.ShouldBe("Salle 9");

        var other = await ImportAsync([Row("U1", "03/12/2026", "10:00"), Other], refused: true);
        other.Conflicts.ShouldHaveSingleItem().Version.ShouldNotBe(conflict.Version, "the file says something else now");
    }

    [Fact]
    public async Task Following_the_file_lets_the_next_import_write_it()
    {
        await StartAsync();
        string[] later = [Row("U1", "03/12/2026", "10:00"), Other];
        var conflict = (await ImportAsync(later, refused: true)).Conflicts.ShouldHaveSingleItem();
        (await _desk.KeepAsync(Morning, conflict.Version)).ShouldBeOk();

        (await _desk.FollowAsync(Morning)).ShouldBeOk();

        (await ImportAsync(later, refused: false)).Planning.Updated.ShouldBe(1);
        var now = (await _desk.StoredAsync(Morning)).Value;
        (now.Room, now.EditedByHand, now.KeptOver).ShouldBe(("Salle 1", false, null));
    }

    [Fact]
    public async Task What_the_file_no_longer_has_is_a_conflict_too()
    {
        await StartAsync();

        var gone = (await ImportAsync([Other, Row("U3", "02/12/2026")], refused: true)).Conflicts.ShouldHaveSingleItem();

        gone.Asked.ShouldBeEmpty();
        (gone.Line, gone.Kept.Room).ShouldBe((0, "Salle 9"));
        (await _desk.KeepAsync(Morning, new string('x', 300))).ShouldBeRefused("body-invalid");
    }

    [Fact]
    public async Task What_a_file_says_against_a_person_waits_in_the_row_until_somebody_decides_or_the_file_says_it_no_more()
    {
        await StartAsync();
        string[] longer = [Row("U1", "03/12/2026", "09:00", "17:00"), Other];
        var asked = (await ImportAsync(longer, refused: true)).Conflicts.ShouldHaveSingleItem();
        var waiting = await _desk.StoredAsync(Morning);
        waiting.Value.Asked!.Version.ShouldBe(asked.Version);
        waiting.Value.Asked.Sides.ShouldBe(asked.Asked);
        await ImportAsync(longer, refused: true);
        (await _desk.StoredAsync(Morning)).ETag.ShouldBe(waiting.ETag, "said again, it writes nothing");

        (await _desk.KeepAsync(Morning, asked.Version)).ShouldBeOk().Session.Id.ToString().ShouldBe(Morning);
        (await _desk.StoredAsync(Morning)).Value.Asked.ShouldBeNull();
        await ImportAsync(longer, refused: false);
        (await _desk.StoredAsync(Morning)).Value.Asked.ShouldBeNull("it was decided");

        await ImportAsync([Row("U1", "03/12/2026", "10:00"), Other], refused: true);
        (await _desk.StoredAsync(Morning)).Value.Asked.ShouldNotBeNull("it says something else");
        await ImportAsync([Row("U1", "03/12/2026", room: "Salle 9"), Other], refused: false);
        var agreed = (await _desk.StoredAsync(Morning)).Value;
        (agreed.Asked, agreed.EditedByHand).ShouldBe((null, false));

        (await _desk.CancelAsync(Morning)).ShouldBeOk();
        await ImportAsync([Row("U1", "03/12/2026"), Other], refused: true);
        (await _desk.StoredAsync(Morning)).Value.Asked.ShouldNotBeNull("it is cancelled here and takes place there");
        await ImportAsync([Other, Row("U3", "02/12/2026")], refused: false);
        (await _desk.StoredAsync(Morning)).Value.Asked.ShouldBeNull("the file no longer has it either");
    }

    private async Task StartAsync()
    {
        await _desk.StartAsync(Row("U1", "03/12/2026"), Other);
        (await _desk.EditAsync(Morning, new SessionPatch(Room: "Salle 9", Reason: "Panne"))).ShouldBeOk();
    }

    private async Task<ImportReport> ImportAsync(string[] rows, bool refused)
    {
        var report = await _desk.ImportAsync(rows);
        report.Lines.Any(l => l.Code == ImportCode.EditedByHand).ShouldBe(refused, string.Join('\n', report.Lines.Select(l => l.Text)));
        return report;
    }
}
