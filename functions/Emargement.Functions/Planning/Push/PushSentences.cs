using System.Globalization;

namespace Emargement.Functions.Planning.Push;

/// <summary>What is said of a thing before its row is read: in French, as a report is.</summary>
internal static class PushSentences
{
    public const string Twice = "le même envoi le contient déjà : une seule fois suffit.";

    public const string Unknown = "cette source n'a jamais envoyé cette séance : rien n'est à annuler.";

    public static string Older(long revision) => string.Create(
        CultureInfo.InvariantCulture, $"la révision {revision} est déjà connue et plus récente : celle-ci n'est pas prise.");
}
