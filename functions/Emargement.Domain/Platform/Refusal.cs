namespace Emargement.Domain.Platform;

/// <summary>What sort of refusal it is; the HTTP side maps each to one status code.</summary>
public enum RefusalKind
{
    BadInput,
    NotSignedIn,
    Forbidden,
    NotFound,
    Conflict,
    Gone,
    PreconditionFailed,
    TooLarge,
    UnsupportedMediaType,
    TooMany,
    Unavailable,

    /// <summary>Not expected: something broke on our side.</summary>
    Fault,
}

/// <summary>
/// An expected "no". The sentence a person reads comes from the texts under
/// <c>refusal.{Code}</c>, so that every language says it.
/// </summary>
/// <param name="Code">Stable kebab-case code, the last part of the problem's <c>type</c>.</param>
/// <param name="Kind">Sort of refusal.</param>
/// <param name="Args">Named values that the sentence uses, already formatted without personal data.</param>
public sealed record Refusal(string Code, RefusalKind Kind, IReadOnlyDictionary<string, string>? Args = null)
{
    public static Refusal BadInput(string code, params (string Name, string Value)[] args) => Of(code, RefusalKind.BadInput, args);

    public static Refusal NotFound(string code, params (string Name, string Value)[] args) => Of(code, RefusalKind.NotFound, args);

    public static Refusal Forbidden(string code, params (string Name, string Value)[] args) => Of(code, RefusalKind.Forbidden, args);

    public static Refusal Conflict(string code, params (string Name, string Value)[] args) => Of(code, RefusalKind.Conflict, args);

    public static Refusal Of(string code, RefusalKind kind, params (string Name, string Value)[] args) =>
        new(code, kind, args.Length == 0 ? null : args.ToDictionary(a => a.Name, a => a.Value));
}
