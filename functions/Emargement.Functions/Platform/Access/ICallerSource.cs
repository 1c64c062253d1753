using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Access;

/// <summary>Recognises callers by one sort of credentials: a key, a cookie.</summary>
public interface ICallerSource
{
    /// <returns>
    /// The caller; <see cref="Caller.Nobody"/> when the request shows these credentials and they open nothing; null when it shows none
    /// of this sort.
    /// </returns>
    Task<Caller?> FindAsync(HttpContext http, CancellationToken cancellation);
}
