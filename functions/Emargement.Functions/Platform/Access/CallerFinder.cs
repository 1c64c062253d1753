using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Access;

/// <summary>
/// Finds out who calls: asks each source, in the order of their registration. Whoever shows a key is judged by that key alone.
/// </summary>
internal sealed class CallerFinder(IEnumerable<ICallerSource> sources)
{
    private readonly IReadOnlyList<ICallerSource> _sources = [.. sources];

    public async Task<Caller> FindAsync(HttpContext http, CancellationToken cancellation)
    {
        foreach (var source in _sources)
        {
            if (await source.FindAsync(http, cancellation) is { } caller)
            {
                return caller;
            }
        }

        return Caller.Nobody;
    }
}
