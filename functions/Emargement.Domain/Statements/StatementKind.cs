using System.Diagnostics.CodeAnalysis;

namespace Emargement.Domain.Statements;

/// <summary>What is made of a learner's attendance in a training.</summary>
public enum StatementKind
{
    /// <summary>Certificat de réalisation, the ministry's model: minutes done, signed by whom the organisation names.</summary>
    CompletionCertificate,

    /// <summary>Attestation d'assiduité: planned, done and missed, between two days.</summary>
    AttendanceStatement,

    /// <summary>Feuille d'émargement individuelle: the same, and a row each half-day.</summary>
    IndividualSheet,
}

/// <summary>The kinds as addresses, keys and documents name them.</summary>
public static class StatementKinds
{
    private static readonly (StatementKind Kind, string Name, string Title)[] All =
    [
        (StatementKind.CompletionCertificate, "certificate", "Certificat de réalisation"),
        (StatementKind.AttendanceStatement, "attendance", "Attestation d'assiduité"),
        (StatementKind.IndividualSheet, "individual-sheet", "Feuille d'émargement individuelle"),
    ];

    /// <summary>In addresses, keys and file names.</summary>
    public static string NameOf(this StatementKind kind) => All[(int)kind].Name;

    /// <summary>In French, as printed.</summary>
    public static string TitleOf(this StatementKind kind) => All[(int)kind].Title;

    public static bool TryParse([NotNullWhen(true)] string? name, out StatementKind kind)
    {
        var found = Array.FindIndex(All, k => k.Name == name);
        kind = found < 0 ? default : All[found].Kind;
        return found >= 0;
    }
}
