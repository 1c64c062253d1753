using System.Text.RegularExpressions;
using Cronos;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Emargement.LocalHost.Timers;

/// <summary>
/// An NCRONTAB expression of six fields, seconds first, or five; <c>%Name%</c> stands for a setting. In UTC, as in Azure.
/// </summary>
internal sealed partial class TimerSchedule
{
    private readonly CronExpression _cron;

    private TimerSchedule(CronExpression cron) => _cron = cron;

    /// <exception cref="InvalidOperationException">Not an NCRONTAB expression, or a setting it names is missing.</exception>
    public static TimerSchedule Parse(TimerTriggerAttribute trigger, IConfiguration configuration)
    {
        var text = Setting().Replace(
            trigger.Schedule,
            m => configuration[m.Groups[1].Value] ?? throw new InvalidOperationException(
                $"Timer schedule {trigger.Schedule}: the setting is missing."));
        var format = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard;
        return CronExpression.TryParse(text, format, out var cron)
            ? new TimerSchedule(cron)
            : throw new InvalidOperationException($"Timer schedule '{text}' is not an NCRONTAB expression.");
    }

    /// <summary>The next occurrence after that instant.</summary>
    public DateTimeOffset After(DateTimeOffset instant) => _cron.GetNextOccurrence(instant, TimeZoneInfo.Utc) ?? DateTimeOffset.MaxValue;

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}
