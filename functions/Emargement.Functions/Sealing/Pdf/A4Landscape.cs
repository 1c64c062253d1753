namespace Emargement.Functions.Sealing.Pdf;

/// <summary>The page of sealed documents, in points.</summary>
internal static class A4Landscape
{
    public const double Width = 842;
    public const double Height = 595;
}
