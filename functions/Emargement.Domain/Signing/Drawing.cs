using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Signing;

/// <summary>A drawn signature: SVG path data (SVG 1.1 section 8.3) of absolute moves, lines and curves only, so that it can be shown and
/// printed without ever being run. No time, speed or pressure of the strokes is in it.</summary>
public sealed record Drawing
{
    /// <summary>Bytes at most.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Canvas units at most, either way: no screen is larger.</summary>
    private const double MaxCoordinate = 20_000;

    /// <summary>A drawing smaller than this in both directions is a dot or a slip, not a signature.</summary>
    private const double MinExtent = 8;

    /// <summary>Points at least.</summary>
    private const int MinPoints = 4;

    private Drawing(string path, string sha256) => (Path, Sha256) = (path, sha256);

    public string Path { get; }

    /// <summary>SHA-256 of the path, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>
    /// Reads path data: M, L, Q, C and Z with decimal numbers apart from each other by spaces or commas, starting with M.
    /// </summary>
    public static Result<Drawing> Parse(string path)
    {
        if (path.Length > MaxLength)
        {
            return Refusal.Of("drawing-too-large", RefusalKind.TooLarge);
        }

        return IsSignature(path)
            ? new Drawing(path, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path))))
            : Refusal.BadInput("drawing-invalid");
    }

    private static bool IsSignature(ReadOnlySpan<char> path)
    {
        double minX = double.MaxValue, maxX = double.MinValue, minY = double.MaxValue, maxY = double.MinValue;
        int points = 0, at = 0;
        var first = true;
        while (SkipSpace(path, ref at))
        {
            var command = path[at++];
            var pairs = command switch { 'M' or 'L' => 1, 'Q' => 2, 'C' => 3, 'Z' when !first => 0, _ => -1 };
            if (pairs < 0 || (first && command != 'M'))
            {
                return false;
            }

            first = false;

            // A command letter may be followed by several sets of its numbers, as SVG allows.
            for (var sets = 0; pairs > 0 && (sets == 0 || NextIsNumber(path, at)); sets++)
            {
                for (var pair = 0; pair < pairs; pair++)
                {
                    if (!TryNumber(path, ref at, out var x) || !TryNumber(path, ref at, out var y))
                    {
                        return false;
                    }

                    (minX, maxX) = (Math.Min(minX, x), Math.Max(maxX, x));
                    (minY, maxY) = (Math.Min(minY, y), Math.Max(maxY, y));
                    points++;
                }
            }
        }

        return points >= MinPoints && Math.Max(maxX - minX, maxY - minY) >= MinExtent;
    }

    private static bool NextIsNumber(ReadOnlySpan<char> path, int at) =>
        SkipSpace(path, ref at) && (char.IsAsciiDigit(path[at]) || path[at] is '-' or '.');

    /// <summary>Moves to the next character that is neither space nor comma; false at the end.</summary>
    private static bool SkipSpace(ReadOnlySpan<char> path, ref int at)
    {
        while (at < path.Length && path[at] is ' ' or ',' or '\n')
        {
            at++;
        }

        return at < path.Length;
    }

    private static bool TryNumber(ReadOnlySpan<char> path, ref int at, out double number)
    {
        number = 0;
        if (!SkipSpace(path, ref at))
        {
            return false;
        }

        var start = at;
        at += path[at] == '-' ? 1 : 0;
        while (at < path.Length && (char.IsAsciiDigit(path[at]) || path[at] == '.'))
        {
            at++;
        }

        return double.TryParse(
            path[start..at], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
            && Math.Abs(number) <= MaxCoordinate;
    }
}
