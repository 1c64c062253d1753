using System.Globalization;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Signing;

/// <summary>Tries at one learner's codes, kept in the row of the token so that one write takes the code and counts the try: the learner's
/// own while signed in, and apart from them those that come from each network under the learner's name.</summary>
public sealed class TokenTries
{
    /// <summary>The path of the learner who is signed in.</summary>
    public const string Own = "own";

    /// <summary>Networks from which one learner's codes are tried at once; more than that guess together.</summary>
    public const int MostNetworks = 8;

    private readonly IReadOnlyDictionary<string, Tries> _paths;

    private TokenTries(IReadOnlyDictionary<string, Tries> paths) => _paths = paths;

    public static TokenTries None { get; } = new(new Dictionary<string, Tries>());

    /// <summary>Reads what <see cref="Text"/> gave; nothing when there was none.</summary>
    public static TokenTries Parse(string? text) => string.IsNullOrEmpty(text) ? None : new(text
        .Split(';')
        .Select(path => path.Split(' '))
        .ToDictionary(
            part => part[0],
            part => new Tries(
                int.Parse(part[1], CultureInfo.InvariantCulture),
                new DateTimeOffset(long.Parse(part[3], CultureInfo.InvariantCulture), TimeSpan.Zero),
                part[2] == "right")));

    /// <summary>The form in which they are stored; empty for none.</summary>
    public string Text => string.Join(';', _paths.Select(p => string.Create(
        CultureInfo.InvariantCulture, $"{p.Key} {p.Value.Told} {(p.Value.WasRight ? "right" : "wrong")} {p.Value.LastAt.UtcTicks}")));

    public Tries Of(string path) => _paths.GetValueOrDefault(path, Tries.None);

    /// <summary>Until when nothing is told on a path; null when the next try may be judged.</summary>
    public DateTimeOffset? LockedUntil(string path, DateTimeOffset now)
    {
        if (_paths.TryGetValue(path, out var known) || path == Own)
        {
            return known.LockedUntil(now);
        }

        var others = _paths.Where(p => p.Key != Own && now < p.Value.ForgottenAt).Select(p => p.Value.ForgottenAt).ToList();
        return others.Count < MostNetworks ? null : others.Min();
    }

    /// <summary>What is known once one more outcome is told on a path.</summary>
    public TokenTries Next(string path, bool right, DateTimeOffset now) =>
        new(new Dictionary<string, Tries>(_paths.Where(p => now < p.Value.ForgottenAt)) { [path] = Of(path).Next(right, now) });
}
