namespace Emargement.Web.Platform;

/// <summary>A form that was sent without its page's script and refused: it is shown again with what was typed.</summary>
/// <param name="Form">Id of the form.</param>
/// <param name="Why">The sentence that says what to do.</param>
/// <param name="Typed">What was typed, by the names of the fields.</param>
public sealed record ReturnedForm(string Form, string Why, IReadOnlyDictionary<string, string> Typed);

/// <summary>What a form shows of its return; nothing when it did not come back.</summary>
public static class ReturnedForms
{
    /// <summary>Why this form came back.</summary>
    public static string? Why(this ReturnedForm? returned, string form) => returned?.Form == form ? returned.Why : null;

    /// <summary>What was typed into a field of this form.</summary>
    public static string? Typed(this ReturnedForm? returned, string form, string field) =>
        returned?.Form == form ? returned.Typed.GetValueOrDefault(field) : null;
}
