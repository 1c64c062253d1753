using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Import.Rows;

/// <summary>The column <c>modalite</c>: the letter of the format, or words that the field uses.</summary>
public static class ModalityNames
{
    private static readonly (Modality Modality, string[] Letters, string[] Stems)[] Names =
    [
        (Modality.Centre, ["p", "c"], ["presen", "centre", "salle", "surplace", "sursite"]),
        (Modality.Distance, ["d"], ["distan", "foad", "visio", "virtuel", "elearning", "enligne"]),
        (Modality.Company, ["e"], ["entreprise", "stage", "pfmp", "afest"]),
    ];

    /// <summary>Reads a letter or words, without case, accents, spaces or punctuation; nothing is P. Words of two modalities are
    /// none.</summary>
    public static bool TryParse(string text, out Modality modality)
    {
        var name = ImportColumns.Normalise(text);
        var meant = Names.Where(
            n => n.Letters.Contains(name) || n.Stems.Any(stem => name.Contains(stem, StringComparison.Ordinal))).ToList();
        modality = meant.Count == 1 ? meant[0].Modality : Modality.Centre;
        return text.Length == 0 || meant.Count == 1;
    }
}
