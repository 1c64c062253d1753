namespace Emargement.Functions.Sealing.Pdf;

/// <summary>The two weights of the sheet's typeface and their names in the pages' resources.</summary>
internal sealed record SheetFonts(PdfFont Regular, PdfFont Bold)
{
    public const string RegularName = "F1";
    public const string BoldName = "F2";
}
