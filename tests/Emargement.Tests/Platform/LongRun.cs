using System.Globalization;

namespace Emargement.Tests.Platform;

/// <summary>How long attacks go on: as short as each run of the tests bears, or so many times that, which <c>./bench --stress</c>
/// says.</summary>
internal static class LongRun
{
    /// <summary>The trait of tests that go on for longer when asked to.</summary>
    public const string Trait = "Stress";

    private static readonly int Factor =
        int.TryParse(Environment.GetEnvironmentVariable("EMARGEMENT_STRESS"), CultureInfo.InvariantCulture, out var times) ? times : 1;

    /// <summary>Whether somebody asked for longer than each run of the tests bears.</summary>
    public static bool IsAsked => Factor > 1;

    public static int Times(int usual) => usual * Factor;
}
