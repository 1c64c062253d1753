using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Region;

/// <summary>
/// Signatures made in series: inspectors reject them. Three people cannot read a page, draw and hand over one device within ten seconds.
/// </summary>
internal static class SignatureSeries
{
    public const int Count = 3;

    public static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    /// <summary>The learners whose signature in this session is part of a series.</summary>
    public static HashSet<Reference> In(IEnumerable<Signed> signatures)
    {
        var learners = new HashSet<Reference>();
        foreach (var device in signatures.Where(s => s.Device is not null).GroupBy(s => s.Device, StringComparer.Ordinal))
        {
            var ordered = device.OrderBy(s => s.At).ToList();
            for (var i = 0; i + Count <= ordered.Count; i++)
            {
                if (ordered[i + Count - 1].At - ordered[i].At <= Within)
                {
                    learners.UnionWith(ordered.Skip(i).Take(Count).Select(s => s.Learner));
                }
            }
        }

        return learners;
    }
}
