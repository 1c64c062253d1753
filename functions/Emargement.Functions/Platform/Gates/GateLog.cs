using Emargement.Domain.Platform;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Platform.Gates;

/// <summary>What is noted of guesses: an alert counts the locks.</summary>
internal static partial class GateLog
{
    /// <param name="way">What was guessed, and how; never whose.</param>
    public static void Locked(ILogger logger, OrganisationId organisation, string way) => LogLocked(logger, organisation.Value, way);

    /// <param name="way">What was guessed, and how; never from where.</param>
    public static void Closed(ILogger logger, OrganisationId organisation, string way) => LogClosed(logger, organisation.Value, way);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A network guesses too much at {Organisation} and is told no more: {Way}")]
    private static partial void LogClosed(ILogger logger, string organisation, string way);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Five failed proofs lock a path of {Organisation}: {Way}")]
    private static partial void LogLocked(ILogger logger, string organisation, string way);
}
