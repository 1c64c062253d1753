using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Import;

/// <summary>The column <c>modalite</c>: the letter of the format, or the word that the field uses.</summary>
public static class ModalityNames
{
    private static readonly Dictionary<string, Modality> Names = new(
        Of(Modality.Centre, "p c presentiel presence enpresentiel enpresence centre encentre salle ensalle surplace site")
            .Concat(Of(
                Modality.Distance,
                "d distanciel distance endistanciel adistance foad visio visioconference classevirtuelle elearning enligne"))
            .Concat(Of(
                Modality.Company,
                "e entreprise enentreprise stage enstage stageenentreprise stageentreprise pae pfmp periodeenentreprise afest")));

    /// <summary>Reads a letter or a word, without case, accents, spaces or punctuation; nothing is P.</summary>
    public static bool TryParse(string text, out Modality modality)
    {
        var name = ImportColumns.Normalise(text);
        modality = Modality.Centre;
        return text.Length == 0 || Names.TryGetValue(name, out modality);
    }

    private static IEnumerable<KeyValuePair<string, Modality>> Of(Modality modality, string names) =>
        names.Split(' ').Select(name => KeyValuePair.Create(name, modality));
}
