using System.Text;
using CsCheck;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sheets;
using Emargement.Functions.Sealing.Fonts;
using Emargement.Functions.Sealing.Pdf;
using Emargement.Functions.Sheets;
using Emargement.Tests.Planning;
using Emargement.Tests.Sealing;

namespace Emargement.Tests.Sheets;

/// <summary>Names in other scripts than the European ones: drawn as their readers write them, or said in numbers, never as boxes.</summary>
public sealed class ScriptTests
{
    private const string Turning = "\u200E\u200F\u061C\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    [Theory]
    [InlineData("محمد الأمين بن علي", "Arabic")]
    [InlineData("فاطمة الزهراء", "Arabic with a final form of its own")]
    [InlineData("پوریا گنجی", "Persian letters")]
    [InlineData("גיא כהן־לוי", "Hebrew")]
    [InlineData("გიორგი ბერიძე", "Georgian")]
    [InlineData("Հայկ Պետրոսյան", "Armenian")]
    [InlineData("प्रिया शर्मा", "Devanagari")]
    [InlineData("李小龙 陳淑惠", "Chinese, simplified and traditional")]
    [InlineData("BENALI محمد Mohamed", "a Latin name beside")]
    public void A_name_is_drawn_in_its_script_and_found_again_when_it_is_searched(string name, string because)
    {
        var content = SheetContents.With(1);
        var signature = new SheetSignature(SheetContents.At(9, 0, 0), "Jeton", null, name);
        var text = TextOf(SheetPdf.Write(content with
        {
            Lines = [new(name, SheetPresence.Present, 0, 0, null, signature)],
            Trainer = new(name, signature, null),
        }));

        foreach (var word in name.Normalize().Split(' '))
        {
            text.ShouldContain(word, Case.Sensitive, because);
        }

        text.ShouldNotContain("U+");
    }

    [Fact]
    public void Nothing_that_is_drawn_is_the_missing_glyph()
    {
        static Gen<string> Between(int first, int last) =>
            Gen.Int[first, last].Array[0, 20].Select(codes => string.Concat(codes.Select(code => (char)code)));

        Gen.OneOf(Gen.String, Between(0x0370, 0x11FF), Between(0x2000, 0xFFFF)).Sample(
            text =>
            {
                var drawn = DrawnText.Drawable(text, FontFile.Bold);
                return TextShaper.Runs(drawn, FontFile.Bold).SelectMany(run => run.Glyphs).All(glyph => glyph.Number != 0);
            },
            iter: 3000);
    }

    [Fact]
    public void What_can_be_drawn_stays_as_it_is() =>
        Gen.String.Sample(
            text =>
            {
                var once = DrawnText.Drawable(text, FontFile.Regular);
                return DrawnText.Drawable(once, FontFile.Regular) == once;
            },
            iter: 3000);

    [Fact]
    public void Arabic_letters_join_from_right_to_left()
    {
        var glyphs = Glyphs("محمد");

        string.Concat(glyphs.Select(glyph => glyph.Text)).ShouldBe("دمحم");
        glyphs[1].Number.ShouldNotBe(glyphs[3].Number, "a letter in the middle and one at the start are the same letter, drawn apart");
        glyphs.ShouldAllBe(glyph => glyph.Number != Glyphs(glyph.Text)[0].Number, "none stands alone");
    }

    [Theory]
    [InlineData("שלום", "םולש", "Hebrew reads from the right")]
    [InlineData("A שלום B", "A םולש B", "the line itself does not")]
    [InlineData("משה 12 כהן", "ןהכ 12 השמ", "digits keep their order")]
    [InlineData("משה כהן – 12/11/2026", "ןהכ השמ – 12/11/2026", "a date after a name stays where it is")]
    [InlineData("משה – כהן", "השמ – ןהכ", "two names with a dash between are two")]
    [InlineData("« משה »", "« השמ »", "quotes are the sheet's own")]
    public void Words_from_right_to_left_stand_in_a_line_from_left_to_right(string text, string seen, string because) =>
        string.Concat(Glyphs(text).Select(glyph => glyph.Text)).ShouldBe(seen, because);

    [Fact]
    public void Devanagari_letters_change_places_and_melt()
    {
        ScriptFonts.Of('क')!.TryGlyph('क', out var consonant).ShouldBeTrue();

        Glyphs("कि")[1].Number.ShouldBe(consonant, "the vowel sign i stands before its consonant");
        Glyphs("क्ष").Count.ShouldBe(1, "three characters, one sign");
    }

    [Fact]
    public void A_mark_stands_over_its_letter_and_takes_no_place()
    {
        var bare = TextShaper.Runs("גא", FontFile.Regular).Sum(run => run.Width);

        TextShaper.Runs("גִּא", FontFile.Regular).Sum(run => run.Width).ShouldBe(bare, 0.01);
    }

    [Fact]
    public void What_turns_a_line_or_hides_in_it_is_nowhere_in_a_sheet()
    {
        var name = $"DUPONT{Turning} Anne\u200B\uFEFF\u2028\u0085";
        var content = SheetContents.With(1);
        var pdf = SheetPdf.Write(content with
        {
            Training = content.Training with { Title = name },
            Organisation = content.Organisation with { Name = name },
            Lines = [new(name, SheetPresence.AbsentJustified, 0, 0, name, null)],
            Trainer = new(name, null, null),
        });

        var text = TextOf(pdf) + Encoding.UTF8.GetString(pdf);
        text.ShouldContain("DUPONT Anne");
        // The packet's own mark is the one that its format asks for.
        text = text.Replace("begin=\"\uFEFF\"", "", StringComparison.Ordinal);
        text.IndexOfAny([.. Turning, '\u200B', '\uFEFF', '\u2028', '\u0085']).ShouldBe(-1);
        using var folder = new Folder();
        Tool.Run("pdfinfo", folder.Write("sheet.pdf", pdf)).Text.ShouldContain("DUPONT Anne");
    }

    [Fact]
    public async Task A_name_that_no_typeface_has_is_warned_of_at_import()
    {
        var report = await new ImportDriver().RunAsync(
        [
            ImportDriver.Text("actions.csv", "action_ref;intitule;date_debut;date_fin", "A1;Accueil;01/01/2026;31/12/2026"),
            ImportDriver.Text("formateurs.csv", "formateur_ref;nom;prenom", "F1;สมชาย;Somchai"),
            ImportDriver.Text(
                "stagiaires.csv",
                "stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree",
                "S1;ใจดี;Jaidee;A1;G1;REGION;01/01/2026",
                "S2;محمد;Али;A1;G1;REGION;01/01/2026"),
        ]);

        report.Value!.Lines.Where(line => line.Code == "name-not-drawable").Select(line => (line.Ref, line.Line, line.Severity))
            .ShouldBe([("F1", 2, ImportSeverity.Warning), ("S1", 2, ImportSeverity.Warning)], ignoreOrder: true);
    }

    [Fact]
    public void The_same_names_give_the_same_bytes() =>
        SheetPdf.Write(Everywhere()).ShouldBe(SheetPdf.Write(Everywhere()));

    [Fact]
    public void A_sheet_of_every_script_is_a_sound_file()
    {
        using var folder = new Folder();
        var (code, report, _) = Tool.Run("qpdf", "--check", folder.Write("sheet.pdf", SheetPdf.Write(Everywhere())));

        code.ShouldBe(0, report);
    }

    private static SheetContent Everywhere()
    {
        string[] names =
        [
            "محمد الأمين", "גִּיא כהן", "გიორგი ბერიძე", "Հայկ Պետրոսյան", "प्रिया शर्मा", "李小龙", "สมชาย ใจดี", "NGUYỄN Thị Hòa",
        ];
        var at = SheetContents.At(9, 0, 0);
        return SheetContents.With(0) with
        {
            Lines =
            [
                .. names.Select(name => new SheetLine(name, SheetPresence.Present, 5, 0, name, new(at, "Jeton", null, name))),
            ],
            Trainer = new(names[0], new(SheetContents.At(12, 0, 0), null, null, names[0]), null),
        };
    }

    private static List<DrawnGlyph> Glyphs(string text) => [.. TextShaper.Runs(text, FontFile.Regular).SelectMany(run => run.Glyphs)];

    private static string TextOf(byte[] pdf)
    {
        using var folder = new Folder();
        return Tool.Run("pdftotext", "-layout", folder.Write("sheet.pdf", pdf), "-").Text;
    }
}
