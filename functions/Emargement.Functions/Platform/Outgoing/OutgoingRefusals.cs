using System.Globalization;
using System.Security.Authentication;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Platform.Outgoing;

/// <summary>Why a server was not called, or gave nothing to read. Names the server at most: the rest of an address may be a
/// secret.</summary>
public static class OutgoingRefusals
{
    /// <summary>No https, no name, a name and password, a port, or no address at all.</summary>
    public static Refusal Invalid { get; } = Refusal.BadInput("address-invalid");

    public static Refusal Slow { get; } = Refusal.BadInput("address-slow");

    public static Refusal Unreachable { get; } = Refusal.BadInput("address-unreachable");

    public static Refusal Certificate { get; } = Refusal.BadInput("address-certificate");

    public static Refusal Redirects { get; } = Refusal.BadInput("address-redirects");

    /// <summary>The name leads into a network that is not public, or back to this service.</summary>
    public static Refusal Private(string host) => Refusal.BadInput("address-private", ("host", host));

    public static Refusal UnknownHost(string host) => Refusal.BadInput("address-unknown-host", ("host", host));

    /// <param name="status">What the server answered, of HTTP.</param>
    public static Refusal Status(int status) =>
        Refusal.BadInput("address-status", ("answered", status.ToString(CultureInfo.InvariantCulture)));

    /// <param name="limit">Bytes.</param>
    public static Refusal TooLarge(long limit) => Refusal.BadInput(
        "address-too-large", ("limit", (limit >= 1024 * 1024 ? limit / 1024 / 1024 : 1).ToString(CultureInfo.InvariantCulture) + " Mo"));

    /// <summary>What a failed call means; null when it is a fault of ours.</summary>
    internal static Refusal? Of(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is OutgoingRefusedException refused)
            {
                return refused.Refusal;
            }

            if (cause is AuthenticationException)
            {
                return Certificate;
            }
        }

        return fault is HttpRequestException or IOException ? Unreachable : null;
    }
}

/// <summary>Carries a refusal out of a connection or a body that is being read.</summary>
internal sealed class OutgoingRefusedException(Refusal refusal) : IOException(refusal.Code)
{
    public Refusal Refusal { get; } = refusal;
}
