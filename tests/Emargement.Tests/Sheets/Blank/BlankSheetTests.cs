using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets.Blank;
using Emargement.Tests.Sealing;
using Emargement.Tests.Sessions;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Sheets.Blank;

public sealed class BlankSheetTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_week_is_printed_with_everybody_every_half_day_and_where_it_is_entered()
    {
        await using var world = await HalfDayWorld.StartAsync(learners: 17);
        var afternoon = Example.Morning with
        {
            Id = SessionId.Parse("20261124-2-S2"),
            Start = Example.Morning.Start.AddHours(29),
            End = Example.Morning.End.AddHours(29),
        };
        await world.Get<SessionsTable>().TryInsertAsync(afternoon, Cancellation);

        var pdf = (await PrintAsync(world, Monday, Monday.AddDays(6))).ShouldBeOk();

        using var folder = new Folder();
        var file = folder.Write("blank.pdf", pdf);
        var (code, report, _) = Tool.Run("qpdf", "--check", file);
        code.ShouldBe(0, report);
        var text = Tool.Run("pdftotext", "-layout", file, "-").Text;
        foreach (var expected in (string[])
                 [
                     "Feuille à signer à la main. Sans valeur une fois recopiée.", "Nom000", "Nom016", "Soudure", "lun. 23/11 matin",
                     "mar. 24/11", "page 2/2", "Présents : ____",
                 ])
        {
            text.ShouldContain(expected);
        }

        (await PrintAsync(world, Monday, Monday.AddDays(6))).ShouldBeOk().ShouldBe(pdf, "the same moment gives the same bytes");
        (await PrintAsync(world, Monday.AddDays(7), Monday.AddDays(13))).ShouldBeRefused("group-unknown");
        (await PrintAsync(world, Monday, Monday, "F2")).ShouldBeRefused("group-unknown");
    }

    private static Task<Result<byte[]>> PrintAsync(HalfDayWorld world, DateOnly first, DateOnly last, string? trainer = null) =>
        world.Get<PrintBlankSheet>().RunAsync(
            world.Organisation,
            new BlankAsked(Example.Morning.TrainingRef, Example.Morning.Group, first, last, "https://emargement.example"),
            trainer is null ? world.Manager() : world.Trainer(trainer),
            Cancellation);
}
