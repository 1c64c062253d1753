using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Emargement.Functions.Platform.Telemetry;

/// <summary>
/// Takes from every log record, before it leaves, what may quote a person: the message of an exception, of
/// which types and place stay, and the values that a library puts into its sentences, which stay as
/// templates. The sentences of this system hold ids and codes only, and stay whole.
/// </summary>
internal sealed class LogCleaner : BaseProcessor<LogRecord>
{
    private const string Template = "{OriginalFormat}";

    public override void OnEnd(LogRecord data)
    {
        var attributes = data.Attributes ?? [];
        if (!IsOurs(data.CategoryName))
        {
            data.FormattedMessage = null;
            attributes = [.. attributes.Where(a => a.Key == Template)];
        }

        if (data.Exception is { } fault)
        {
            attributes = [.. attributes, new("exception.types", Faults.TypesOf(fault)), new("exception.place", fault.StackTrace)];
            data.Exception = null;
        }

        data.Attributes = attributes;
    }

    private static bool IsOurs(string? category) => category?.StartsWith($"{Instruments.Name}.", StringComparison.Ordinal) == true;
}
