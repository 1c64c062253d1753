using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Outgoing;

namespace Emargement.Functions.Planning.Sources;

/// <summary>How YPAREO is read, and what it does not say.</summary>
/// <param name="Secret">The token, or the account's password; never given back.</param>
/// <param name="Funder">Who pays for the enrolments.</param>
/// <param name="Login">An account of the newer form, <c>POST /authenticate</c>; null for a token.</param>
/// <param name="Training">Reference of a training that there is; null for one each school year.</param>
/// <param name="Groups">Codes of groups, with commas between; null for all.</param>
public sealed record YpareoAccess(string Secret, string Funder, string? Login = null, string? Training = null, string? Groups = null)
{
    private const int MaxText = 500;

    /// <summary>As typed, without spaces around; null when a part is missing or no reference.</summary>
    public static YpareoAccess? Of(YpareoAccess? typed)
    {
        var (secret, funder) = (typed?.Secret.Trim() ?? "", PlainText.Within(typed?.Funder, Reference.MaxLength));
        var training = Filled(typed?.Training);
        return secret.Length is 0 or > 4000 || funder is null || (training is not null && !Reference.TryParse(training, out _))
            || typed!.Groups?.Length > MaxText
            ? null
            : new YpareoAccess(secret, funder, Filled(typed.Login), training, Filled(typed.Groups));
    }

    private static string? Filled(string? text) => PlainText.Within(text, MaxText);
}

/// <summary>What a source reads.</summary>
/// <param name="Ypareo">For YPAREO alone.</param>
public sealed record SourceTarget(SourceKind Kind, Uri Address, YpareoAccess? Ypareo = null)
{
    /// <param name="kind"><c>sheet</c>, <c>calendar</c>, <c>file</c> or <c>ypareo</c>.</param>
    /// <param name="address">As it stands in the browser.</param>
    /// <returns>What is to be read, or what is wrong with how it is named.</returns>
    public static Result<SourceTarget> Of(string? kind, string? address, YpareoAccess? ypareo) => kind switch
    {
        "sheet" => Of(SourceKind.Sheet, address, null),
        "calendar" => Of(SourceKind.Calendar, address, null),
        "file" => Of(SourceKind.File, address, null),
        "ypareo" => Of(SourceKind.Ypareo, address, ypareo),
        _ => SourceRefusals.KindInvalid,
    };

    public static Result<SourceTarget> Of(SourceKind kind, string? address, YpareoAccess? ypareo)
    {
        if (kind == SourceKind.Push)
        {
            return SourceRefusals.NotFetched;
        }

        if (SourceAddress.Download(kind, address) is not { } download)
        {
            return kind == SourceKind.Sheet ? SourceRefusals.NotASheet : OutgoingRefusals.Invalid;
        }

        var access = YpareoAccess.Of(ypareo);
        return kind == SourceKind.Ypareo && access is null ? SourceRefusals.YpareoSettings
            : new SourceTarget(kind, download, kind == SourceKind.Ypareo ? access : null);
    }

    /// <summary>What a source reads, or why it reads nothing.</summary>
    public static Result<SourceTarget> Of(PlanningSource source) =>
        source.Kind == SourceKind.Push ? SourceRefusals.NotFetched
        : source.Address is null || (source.Kind == SourceKind.Ypareo && source.Ypareo is null) ? SourceRefusals.AddressLost
        : new SourceTarget(source.Kind, source.Address, source.Ypareo);
}
