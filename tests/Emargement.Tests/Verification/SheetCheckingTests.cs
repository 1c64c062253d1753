using System.Text;
using Emargement.Domain.Verification;
using Emargement.Functions.Sheets;
using Emargement.Tests.Sealing;
using Emargement.Tests.Sheets;

namespace Emargement.Tests.Verification;

public sealed class SheetCheckingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_stored_sheet_is_intact_by_its_file_and_by_its_code()
    {
        await using var scene = await SheetScene.StartAsync();
        await scene.CloseAsync();
        var sheet = await scene.SealAsync();

        var byFile = await CheckAsync(scene, await scene.PdfAsync(1));
        byFile.Verdict.ShouldBe(SheetVerdict.Intact);
        byFile.Sha256.ShouldBe(sheet.Sha256);
        var found = byFile.Sheet.ShouldNotBeNull();
        (found.Organisation, found.Training, found.Version, found.Level, found.Signed, found.Expected, found.Superseded)
            .ShouldBe(("Garonne Formation", "Maintenance des bâtiments", 1, "B-B", 2, 3, false));
        var seal = byFile.Seals.ShouldHaveSingleItem();
        (seal.Valid, seal.Ours, seal.Signer).ShouldBe((true, true, "Sceau de GRETA du Lauragais"));

        var byCode = (await scene.Checking.CodeAsync(sheet.Code.ToString().ToLowerInvariant(), Cancellation)).Value!;
        byCode.Verdict.ShouldBe(SheetVerdict.Intact);
        byCode.Sheet.ShouldBe(found);
    }

    [Fact]
    public async Task A_corrected_sheet_says_that_it_was_superseded_and_by_which()
    {
        await using var scene = await SheetScene.StartAsync();
        await scene.CloseAsync();
        await scene.SealAsync();
        await scene.CorrectAsync();
        var second = await scene.SealAsync();

        var old = await CheckAsync(scene, await scene.PdfAsync(1));
        old.Verdict.ShouldBe(SheetVerdict.Intact);
        (old.Sheet!.Superseded, old.Sheet.LatestVersion, old.Sheet.LatestCode).ShouldBe((true, 2, second.Code.ToString()));
        (await CheckAsync(scene, await scene.PdfAsync(2))).Sheet!.Superseded.ShouldBeFalse();
    }

    [Fact]
    public async Task Every_way_of_tampering_has_its_verdict()
    {
        await using var scene = await SheetScene.StartAsync();
        await scene.CloseAsync();
        await scene.SealAsync();
        var pdf = await scene.PdfAsync(1);
        using var another = SealCertificates.Elliptic();

        (await CheckAsync(scene, Flipped(pdf, 2000))).Verdict.ShouldBe(SheetVerdict.Changed);
        (await CheckAsync(scene, Flipped(pdf, Seals.Gap(pdf).After - 3))).Verdict.ShouldBe(
            SheetVerdict.Changed, "the padding of the signature");
        (await CheckAsync(scene, LowerCase(pdf))).Verdict.ShouldBe(
            SheetVerdict.Changed, "no meaning changes, but the file is not the stored one");
        (await CheckAsync(scene, [.. pdf, (byte)'\n'])).Verdict.ShouldBe(SheetVerdict.AddedTo);
        (await CheckAsync(scene, (await Seals.SealAsync(another, pdf, null, Cancellation)).Bytes)).Verdict.ShouldBe(SheetVerdict.AddedTo);
        var foreign = SheetPdf.Write(SheetContents.With(2));
        (await CheckAsync(scene, foreign)).Verdict.ShouldBe(SheetVerdict.Unsigned);
        (await CheckAsync(
            scene, (await Seals.SealAsync(another, foreign, null, Cancellation)).Bytes)).Verdict.ShouldBe(SheetVerdict.NotOurs);
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("7K4M-Q2TX", "too short")]
    [InlineData("7K4M-Q2TX-9RW0", "a character that no code has")]
    [InlineData("2222-2222-2222", "well formed, of no sheet")]
    public async Task A_code_of_no_sheet_is_refused(string code, string because)
    {
        await using var scene = await SheetScene.StartAsync();

        (await scene.Checking.CodeAsync(code, Cancellation)).Refusal!.Code.ShouldBe("sheet-unknown", because);
    }

    private static async Task<SheetVerification> CheckAsync(SheetScene scene, byte[] pdf) =>
        (await scene.Checking.FileAsync(pdf, Cancellation)).Value!;

    private static byte[] Flipped(byte[] pdf, int at)
    {
        var copy = (byte[])pdf.Clone();
        copy[at] ^= 1;
        return copy;
    }

    private static byte[] LowerCase(byte[] pdf)
    {
        var (from, after) = Seals.Gap(pdf);
        return [
            .. pdf[..from],
            .. Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(pdf, from, after - from).ToLowerInvariant()),
            .. pdf[after..],
        ];
    }
}
