using System.Globalization;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Push;

/// <summary>Why what a system pushes is not taken.</summary>
public static class PushRefusals
{
    /// <summary>Things of one batch at most.</summary>
    public const int MaxItems = 500;

    public const string OlderCode = "revision-older";

    public const string UnknownCode = "push-unknown";

    public static Refusal TooMany { get; } =
        Refusal.BadInput("push-too-many", ("limit", MaxItems.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Letters, digits and hyphens name a source.</summary>
    public static Refusal SourceInvalid { get; } = Refusal.BadInput("push-source-invalid");

    /// <summary>A manager paused the source: the sender tries again when it goes on.</summary>
    public static Refusal Paused { get; } = Refusal.Conflict("source-paused");

    /// <summary>What If-Match names is not what was pushed last.</summary>
    public static Refusal Changed { get; } = Refusal.Of("push-changed", RefusalKind.PreconditionFailed);

    public static Refusal PeriodTooLong { get; } = Refusal.BadInput("period-too-long");

    /// <summary>What refuses one thing, as a row of a file is refused.</summary>
    public static Refusal Of(PushRemark remark) => Refusal.Of(
        remark.Code,
        remark.Code switch
        {
            ImportCode.SessionSigned or ImportCode.MonthLocked or ImportCode.EditedByHand or OlderCode => RefusalKind.Conflict,
            UnknownCode => RefusalKind.NotFound,
            _ => RefusalKind.BadInput,
        },
        ("sentence", remark.Text));
}
