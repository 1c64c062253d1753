using System.Globalization;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>
/// The path data of a drawn signature (SVG 1.1 section 8.3) as lines and cubic curves with absolute coordinates, y downwards. What cannot
/// be read ends the path there, as the specification asks: the strokes before it are kept. An elliptical arc, which no signature pad
/// writes, becomes a line.
/// </summary>
internal sealed class SvgPath
{
    private readonly string _data;
    private int _at;
    private double _x;
    private double _y;
    private (double X, double Y) _start;
    private (double X, double Y)? _lastControl;

    private SvgPath(string data) => _data = data;

    /// <param name="Kind">m, l or c.</param>
    /// <param name="Points">One point for m and l; two controls and the end for c.</param>
    public readonly record struct Segment(char Kind, (double X, double Y)[] Points);

    public static IReadOnlyList<Segment> Parse(string data)
    {
        var segments = new List<Segment>();
        new SvgPath(data).Read(segments);
        return segments;
    }

    private void Read(List<Segment> segments)
    {
        var command = '\0';
        while (SkipSpaces())
        {
            if (char.IsAsciiLetter(_data[_at]))
            {
                command = _data[_at++];
                if (command is 'z' or 'Z')
                {
                    Line(segments, _start.X, _start.Y);
                    continue;
                }
            }

            if (!Step(command, segments))
            {
                return;
            }

            // More coordinates after a move are lines (8.3.2).
            command = command switch { 'm' => 'l', 'M' => 'L', _ => command };
        }
    }

    private bool Step(char command, List<Segment> segments)
    {
        var kind = char.ToLowerInvariant(command);
        var count = kind switch { 'm' or 'l' or 't' => 2, 'h' or 'v' => 1, 's' or 'q' => 4, 'c' => 6, 'a' => 7, _ => 0 };
        if (count == 0 || (segments.Count == 0 && kind != 'm'))
        {
            return false;
        }

        var n = new double[count];
        for (var i = 0; i < count; i++)
        {
            if (!TryNumber(out n[i]))
            {
                return false;
            }
        }

        var (dx, dy) = char.IsAsciiLetterLower(command) ? (_x, _y) : (0.0, 0.0);
        (double X, double Y) Point(int index) => (n[index] + dx, n[index + 1] + dy);
        switch (kind)
        {
            case 'm':
                (_x, _y) = _start = Point(0);
                _lastControl = null;
                segments.Add(new Segment('m', [_start]));
                break;
            case 'l':
                Line(segments, n[0] + dx, n[1] + dy);
                break;
            case 'h':
                Line(segments, n[0] + dx, _y);
                break;
            case 'v':
                Line(segments, _x, n[0] + dy);
                break;
            case 'a':
                Line(segments, n[5] + dx, n[6] + dy);
                break;
            case 'c':
                Curve(segments, Point(0), Point(2), Point(4));
                break;
            case 's':
                Curve(segments, Reflected(), Point(0), Point(2));
                break;
            case 'q':
                Quadratic(segments, Point(0), Point(2));
                break;
            default:
                Quadratic(segments, Reflected(), Point(0));
                break;
        }

        return true;
    }

    private void Line(List<Segment> segments, double toX, double toY)
    {
        (_x, _y) = (toX, toY);
        _lastControl = null;
        segments.Add(new Segment('l', [(toX, toY)]));
    }

    private void Curve(List<Segment> segments, (double X, double Y) first, (double X, double Y) second, (double X, double Y) end)
    {
        segments.Add(new Segment('c', [first, second, end]));
        _lastControl = second;
        (_x, _y) = end;
    }

    private void Quadratic(List<Segment> segments, (double X, double Y) control, (double X, double Y) end)
    {
        static double Third(double from, double to) => from + (2.0 / 3.0 * (to - from));
        var first = (Third(_x, control.X), Third(_y, control.Y));
        Curve(segments, first, (Third(end.X, control.X), Third(end.Y, control.Y)), end);
        _lastControl = control;
    }

    private (double X, double Y) Reflected() => _lastControl is { } control ? ((2 * _x) - control.X, (2 * _y) - control.Y) : (_x, _y);

    private bool TryNumber(out double value)
    {
        value = 0;
        if (!SkipSpaces())
        {
            return false;
        }

        var from = _at;
        if (_data[_at] is '+' or '-')
        {
            _at++;
        }

        var point = false;
        while (_at < _data.Length && (char.IsAsciiDigit(_data[_at]) || (_data[_at] == '.' && !point) || Exponent(from)))
        {
            point |= _data[_at++] == '.';
        }

        return double.TryParse(_data.AsSpan(from, _at - from), NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && Math.Abs(value) < 1e6;
    }

    private bool Exponent(int from) =>
        _at > from && (_data[_at] is 'e' or 'E' || (_data[_at] is '+' or '-' && _data[_at - 1] is 'e' or 'E'));

    private bool SkipSpaces()
    {
        while (_at < _data.Length && (char.IsWhiteSpace(_data[_at]) || _data[_at] == ','))
        {
            _at++;
        }

        return _at < _data.Length;
    }
}
