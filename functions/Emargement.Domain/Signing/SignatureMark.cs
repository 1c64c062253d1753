using Emargement.Domain.Platform;

namespace Emargement.Domain.Signing;

/// <summary>
/// What a person leaves as a signature: a drawing, or the name typed by someone who cannot draw, or nothing where none is wanted.
/// </summary>
public sealed record SignatureMark
{
    /// <summary>Characters of a typed name at most.</summary>
    public const int MaxName = 100;

    private SignatureMark(Drawing? drawing, string? typedName) => (Drawing, TypedName) = (drawing, typedName);

    /// <summary>Nothing: where nothing is wanted.</summary>
    public static SignatureMark None { get; } = new(null, null);

    public Drawing? Drawing { get; }

    public string? TypedName { get; }

    /// <param name="drawing">SVG path, or null.</param>
    /// <param name="typedName">A typed name, or null.</param>
    /// <param name="wanted">Whether one of the two is needed.</param>
    /// <returns>The mark, or <c>drawing-missing</c>, <c>drawing-too-large</c>, <c>drawing-invalid</c>, <c>typed-name-invalid</c>.</returns>
    public static Result<SignatureMark> Parse(string? drawing, string? typedName, bool wanted)
    {
        if (drawing is not null)
        {
            var parsed = Drawing.Parse(drawing);
            return parsed.IsOk ? new SignatureMark(parsed.Value, null) : parsed.Refusal;
        }

        if (typedName is null)
        {
            return wanted ? Refusal.BadInput("drawing-missing") : None;
        }

        return PlainText.Within(typedName, MaxName) is { Length: >= 2 } name && name.Any(char.IsLetter)
            ? new SignatureMark(null, name)
            : Refusal.BadInput("typed-name-invalid");
    }
}

/// <summary>Where a signature comes from, as the server sees it.</summary>
/// <param name="Network">Address cut to its network.</param>
/// <param name="Device">Random id of the browser.</param>
public sealed record SignatureOrigin(string Network, string? Device);
