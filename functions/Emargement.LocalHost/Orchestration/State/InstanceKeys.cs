using System.Globalization;
using System.Text;
using Emargement.LocalHost.Orchestration.Replay;

namespace Emargement.LocalHost.Orchestration.State;

/// <summary>
/// Keys of the one table of the engine. A partition an instance: <c>instance</c>, history <c>h|generation|episode|part</c>, messages
/// <c>m|ticks|sequence|process</c>, and <c>effects</c>, what its last episode still has to tell others. Two more partitions list instances by id:
/// <c>$all</c>, and <c>$open</c> for those that are not over.
/// </summary>
internal static class InstanceKeys
{
    public const string All = "$all";
    public const string Open = "$open";
    public const string Timers = "$timers";
    public const string Instance = "instance";
    public const string Effects = "effects";
    public const string HistoryPrefix = "h|";
    public const string MessagePrefix = "m|";

    public static string Partition(string instanceId) => "i|" + Escape(instanceId);

    public static string History(int generation, int episode, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{HistoryOf(generation)}{episode:D8}|{part:D3}");

    public static string HistoryOf(int generation) => string.Create(CultureInfo.InvariantCulture, $"{HistoryPrefix}{generation:D8}|");

    /// <summary>In order of time, then of sending by one process.</summary>
    public static string Message(DateTime at, long sequence, string process) =>
        string.Create(CultureInfo.InvariantCulture, $"{MessagePrefix}{at.Ticks:D19}|{sequence:D19}|{process}");

    /// <summary>Letters, digits and - _ . stay; anything else is written as $ and four hexadecimal digits, so that order and prefixes are kept within ids.</summary>
    public static string Escape(string id)
    {
        var escaped = new StringBuilder(id.Length);
        foreach (var character in id)
        {
            if (char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
            {
                escaped.Append(character);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"${(int)character:X4}");
            }
        }

        return escaped.ToString();
    }
}
