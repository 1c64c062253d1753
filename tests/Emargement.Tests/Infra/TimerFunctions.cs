using System.Reflection;
using Emargement.Functions.Platform;
using Emargement.LocalHost.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Emargement.Tests.Infra;

/// <param name="LongestPause">Between two of its turns.</param>
internal sealed record TimerFunction(string Name, TimeSpan LongestPause);

/// <summary>Every function of the app that a timer starts, whoever forgot to name it.</summary>
internal static class TimerFunctions
{
    // Any week: no schedule of this app depends on the day.
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<TimerFunction> All { get; } =
    [
        .. from type in typeof(EmargementApp).Assembly.GetTypes()
           from method in type.GetMethods()
           from parameter in method.GetParameters()
           let trigger = parameter.GetCustomAttribute<TimerTriggerAttribute>()
           where trigger is not null
           select new TimerFunction(method.GetCustomAttribute<FunctionAttribute>()!.Name, PauseOf(trigger)),
    ];

    private static TimeSpan PauseOf(TimerTriggerAttribute trigger)
    {
        var schedule = TimerSchedule.Parse(trigger, new ConfigurationBuilder().Build());
        var (longest, before) = (TimeSpan.Zero, schedule.After(Start));
        while (before < Start.AddDays(7))
        {
            var next = schedule.After(before);
            (longest, before) = (next - before > longest ? next - before : longest, next);
        }

        return longest;
    }
}
