using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Access;

/// <summary>
/// Recognises whoever runs the service by the key of its configuration, compared in a
/// time that does not depend on where it differs.
/// </summary>
internal sealed class OperatorKey(IOptions<AccessOptions> options) : ICallerSource
{
    public const string Header = "X-Operator-Key";

    private static readonly Caller Operator = new(Callers.Operator, null, null, "operator");

    private readonly byte[]? _hash = options.Value.OperatorKey is { Length: > 0 } key ? SHA256.HashData(Encoding.UTF8.GetBytes(key)) : null;

    public Task<Caller?> FindAsync(HttpContext http, CancellationToken cancellation) => Task.FromResult<Caller?>(
        !http.Request.Headers.TryGetValue(Header, out var presented) ? null : Is(presented.ToString()) ? Operator : Caller.Nobody);

    private bool Is(string presented) =>
        _hash is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(presented)), _hash);
}
