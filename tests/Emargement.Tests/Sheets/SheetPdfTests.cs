using System.Diagnostics;
using CsCheck;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sheets;
using Emargement.Functions.Sealing.Fonts;
using Emargement.Functions.Sealing.Pdf;
using Emargement.Functions.Sheets;
using Emargement.Tests.Sealing;

namespace Emargement.Tests.Sheets;

public sealed class SheetPdfTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(30, 2)]
    [InlineData(46, 3)]
    public void A_sheet_is_a_sound_file_whose_every_page_says_its_place(int learners, int pages)
    {
        using var folder = new Folder();
        var file = folder.Write("sheet.pdf", SheetPdf.Write(SheetContents.With(learners)));

        var (code, report, _) = Tool.Run("qpdf", "--check", file);
        code.ShouldBe(0, report);
        var text = Tool.Run("pdftotext", "-layout", file, "-").Text;
        for (var page = 1; page <= pages; page++)
        {
            text.ShouldContain($"page {page}/{pages}");
        }
    }

    [Fact]
    public void It_says_all_that_the_courts_look_for()
    {
        var text = TextOf(SheetContents.With(12) with
        {
            Corrections = [new(SheetContents.At(17, 4, 0), "MARTIN Paule", "ČERNÝ Jiří", "absence justifiée.", "certificat médical reçu.")],
        });

        string[] expected =
        [
            "GRETA-CFA du Lauragais", "76310000131", "19310000100017", "Titre professionnel Agent de maintenance des bâtiments",
            "R76-2026-0417", "BDC-88213", "AMB-2",
            "Électricité : habilitation BS", "Castelnaudary, Atelier 3", "en centre", "CAZENAVE Hélène", "Lundi 23 novembre 2026, matin",
            "de 9 h 00 à 12 h 30, 3 h 30 prévues",
            "LEFÈBVRE Zoë", "Retard de 17 min", "Absence justifiée : arrêt de travail", "Absence non justifiée",
            "Retard de 12 min, départ 30 min avant la fin", "QR code", "9 h 01 min 07 s",
            "« ΠΑΠΑΔΟΠΟΥΛΟΣ Ελένη »", "Effectif compté par le formateur : 11", "le 23/11/2026 à 12 h 31", "17 h 04, par MARTIN Paule",
            "certificat médical reçu.", "7K4M-Q2TX-9RWB",
            "Scellée par Sceau de GRETA-CFA du Lauragais", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "version 1",
            "Europe/Paris",
        ];
        foreach (var words in expected)
        {
            text.ShouldContain(words);
        }
    }

    [Fact]
    public void A_later_version_names_the_one_before_and_a_development_seal_says_what_it_is()
    {
        var text = TextOf(SheetContents.With(2, version: 3, development: true));

        text.ShouldContain("version 3, remplace la version 2");
        text.ShouldContain(new string('a', 64));
        text.ShouldContain("Sceau de développement");
        TextOf(SheetContents.With(2)).ShouldNotContain("développement");
    }

    [Fact]
    public void A_trainer_who_did_not_sign_and_a_room_that_nobody_counted_are_said()
    {
        var text = TextOf(SheetContents.With(2) with { HeadCount = null, Trainer = new("CAZENAVE Hélène", null, null) });

        text.ShouldContain("N'a pas signé.");
        text.ShouldContain("L'effectif n'a pas été compté");
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes() =>
        SheetPdf.Write(SheetContents.With(30)).ShouldBe(SheetPdf.Write(SheetContents.With(30)));

    [Fact]
    public void Its_code_opens_the_verification_page()
    {
        using var folder = new Folder();
        var file = folder.Write("sheet.pdf", SheetPdf.Write(SheetContents.With(3)));
        Tool.Run("pdftoppm", "-r", "110", "-png", "-singlefile", file, Path.Combine(folder.Path, "page")).Code.ShouldBe(0);

        Tool.Run("zbarimg", "-q", "--raw", Path.Combine(folder.Path, "page.png")).Text.Trim()
            .ShouldBe("https://emargement.example/v/7K4MQ2TX9RWB");
    }

    [Fact]
    public void It_has_a_title_and_is_in_french()
    {
        using var folder = new Folder();
        var file = folder.Write("sheet.pdf", SheetPdf.Write(SheetContents.With(1)));

        Tool.Run("pdfinfo", file).Text.ShouldContain(
            "Feuille d'émargement – Titre professionnel Agent de maintenance des bâtiments – lundi 23 novembre 2026, matin");
        Tool.Run("pdfinfo", "-meta", file).Text.ShouldContain("fr-FR");
    }

    [Fact]
    public void Thirty_lines_take_less_than_a_tenth_of_a_second()
    {
        var content = SheetContents.With(30);
        var best = Enumerable.Range(0, 15).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            SheetPdf.Write(content);
            return watch.Elapsed;
        });

        best.ShouldBeLessThan(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void A_very_long_name_or_reason_is_printed_whole()
    {
        var name = string.Concat(Enumerable.Repeat("Abracadabrantesque", 20));
        var reason = string.Join(' ', Enumerable.Range(1, 80).Select(i => $"motif{i}"));
        var text = TextOf(SheetContents.With(0) with { Lines = [new(name, SheetPresence.AbsentJustified, 0, 0, reason, null)] });

        text.Count(letter => letter == 'q').ShouldBeGreaterThanOrEqualTo(20);
        text.ShouldContain("motif80");
    }

    [Fact]
    public void No_name_and_no_drawing_makes_it_fail() =>
        Gen.Select(Gen.String, Gen.String[Gen.Char["MmLlHhVvCcSsQqTtAaZz0123456789.,-+e "], 0, 80]).Sample(
            (name, path) => SheetPdf.Write(SheetContents.With(0) with
            {
                Lines = [new(name, SheetPresence.Present, 0, 0, name, new(SheetContents.At(9, 0, 0), name, path, null))],
                Organisation = new(name, name, name),
            }).Length.ShouldBeGreaterThan(1000),
            iter: 300);

    [Theory]
    [InlineData("Zoe\u0308", "Zoë", "marks that follow their letter are composed")]
    [InlineData("Ștefan", "Ștefan", "Romanian comma")]
    [InlineData("A\u202FB", "A B", "a narrow space is a space")]
    [InlineData("A\tB", "A B", "so is a tab")]
    [InlineData("ﬁn", "fin", "a ligature may be taken apart")]
    [InlineData("李小龙", "李小龙", "another script has its typeface")]
    [InlineData("ﷲ", "الله", "a presentation form is taken apart")]
    [InlineData("สม A", "[U+0E2A U+0E21] A", "what no typeface has is said by its numbers, never a box, and not dropped")]
    [InlineData("A\u202Eلا\u2069\u200F\u061C", "Aلا", "nothing turns what stands around it")]
    [InlineData("A\u200B\u2060\uFEFF\u00AD\u034F\u3164\uFE0FB", "AB", "nothing is there without being seen")]
    [InlineData("A\u0007\u0085\u2028\r\nB", "A     B", "a control is a space")]
    [InlineData("A\uFFFEB", "A[U+FFFD]B", "what is no character is said to be none")]
    [InlineData("😀", "[U+1F600]", "nor are the characters of two halves")]
    public void A_letter_that_the_typeface_lacks_is_replaced(string text, string printed, string because)
    {
        var drawable = new PdfFont(new PdfObjects(), FontFile.Regular).Drawable(text);

        drawable.Replace('\u00A0', ' ').Replace("ﬁ", "fi", StringComparison.Ordinal).ShouldBe(printed, because);
    }

    [Fact]
    public void Half_a_character_is_said_to_be_none() => DrawnText.Drawable("A\uD800B", FontFile.Regular).ShouldBe("A[U+FFFD]B");

    [Fact]
    public void A_long_typed_signature_is_whole_and_a_long_name_that_has_no_room_is_marked_as_cut()
    {
        var name = string.Join(' ', Enumerable.Range(1, 30).Select(i => $"Prénom{i}"));
        var signature = new SheetSignature(SheetContents.At(9, 0, 0), "Jeton", null, name);
        var text = TextOf(SheetContents.With(0) with
        {
            Lines = [new("LEFÈBVRE Zoë", SheetPresence.Present, 0, 0, null, signature)],
            Trainer = new(name, signature, null),
        });

        text.ShouldContain("Prénom30 »", Case.Sensitive, "the row grows with it");
        text.ShouldContain("…", Case.Sensitive, "the trainer's box does not");
    }

    private static string TextOf(SheetContent content)
    {
        using var folder = new Folder();
        return Tool.Run("pdftotext", "-layout", folder.Write("sheet.pdf", SheetPdf.Write(content)), "-").Text;
    }
}
