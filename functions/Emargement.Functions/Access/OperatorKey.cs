using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Access;

/// <summary>The key of whoever runs the service, compared in a time that does not depend on where it differs.</summary>
internal sealed class OperatorKey(IOptions<AccessOptions> options)
{
    public const string Header = "X-Operator-Key";

    private readonly byte[]? _hash = options.Value.OperatorKey is { Length: > 0 } key ? SHA256.HashData(Encoding.UTF8.GetBytes(key)) : null;

    public bool Is(string presented) =>
        _hash is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(presented)), _hash);
}
