using System.Text.RegularExpressions;

namespace Emargement.Domain.Planning.Import.Rows;

/// <summary>What spreadsheets write in place of a value: nothing that anybody meant.</summary>
public static partial class SpreadsheetText
{
    /// <summary>Whether a formula gave no value: <c>#N/A</c>, <c>#REF!</c>, in French or English.</summary>
    public static bool IsBrokenFormula(string text) => text.StartsWith('#') && Error().IsMatch(text);

    /// <summary>Whether a long number was shortened, <c>1,23457E+11</c>: other numbers may be written alike.</summary>
    public static bool IsAbbreviated(string text) => text.Length > 4 && Exponent().IsMatch(text);

    [GeneratedRegex(@"\A#(?:N/[AD]|REF!|NAME\?|NOM\?|VALUE!|VALEUR!|DIV/0!|NULL!|NUL!|NUM!|NOMBRE!|ERROR!|SPILL!|EPARS!|CALC!)\z")]
    private static partial Regex Error();

    [GeneratedRegex(@"\A[0-9][.,][0-9]+E\+[0-9]{2,3}\z")]
    private static partial Regex Exponent();
}
