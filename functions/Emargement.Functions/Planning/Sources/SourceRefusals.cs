using System.Globalization;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Sources;

/// <summary>Why a source gives nothing; each sentence says what to click or to whom to turn.</summary>
public static class SourceRefusals
{
    public const int MaxSources = 20;

    public static Refusal KindInvalid { get; } = Refusal.BadInput("source-kind-invalid");

    public static Refusal NameInvalid { get; } = Refusal.BadInput("source-name-invalid");

    /// <summary>An address that is none of Google Sheets.</summary>
    public static Refusal NotASheet { get; } = Refusal.BadInput("source-not-a-sheet");

    /// <summary>A sheet that Google shows to some accounts only.</summary>
    public static Refusal NotShared { get; } = Refusal.BadInput("source-not-shared");

    /// <summary>Nothing is there any more.</summary>
    public static Refusal Moved { get; } = Refusal.BadInput("source-moved");

    /// <summary>A server that asks who calls, or answers by a page.</summary>
    public static Refusal Closed { get; } = Refusal.BadInput("source-closed");

    /// <summary>An address written with keys that are lost, as after moving to another storage.</summary>
    public static Refusal AddressLost { get; } = Refusal.Conflict("source-address-lost");

    /// <summary>A system that sends its changes by itself.</summary>
    public static Refusal NotFetched { get; } = Refusal.Conflict("source-not-fetched");

    /// <summary>A system that used to send its changes, and no longer does.</summary>
    public static Refusal Silent { get; } = Refusal.Conflict("source-silent");

    /// <summary>No token or no funder.</summary>
    public static Refusal YpareoSettings { get; } = Refusal.BadInput("ypareo-settings");

    /// <summary>A token that opens nothing: without the list of groups there is nothing to ask for.</summary>
    public static Refusal YpareoRefused { get; } = Refusal.BadInput("ypareo-refused");

    /// <param name="answered">The status of an answer that is none of YPAREO's.</param>
    public static Refusal YpareoUnreadable(string answered) => Refusal.BadInput("ypareo-unreadable", ("answered", answered));

    public static Refusal Exists { get; } = Refusal.Conflict("source-exists");

    public static Refusal TooMany { get; } =
        Refusal.Conflict("too-many-sources", ("limit", MaxSources.ToString(CultureInfo.InvariantCulture)));

    public static Refusal Changed { get; } = Refusal.Of("source-changed", RefusalKind.PreconditionFailed);
}
