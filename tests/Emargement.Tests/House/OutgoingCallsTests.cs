using System.Reflection;
using Emargement.Domain.Platform;
using Emargement.Functions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Emargement.Tests.House;

/// <summary>The app calls other people's servers by GuardedHttp, and by nothing else.</summary>
public sealed class OutgoingCallsTests
{
    private static readonly string[] WaysOut =
    [
        "System.Net.Http.HttpClient", "System.Net.Http.HttpMessageInvoker", "System.Net.Http.HttpClientHandler",
        "System.Net.Http.SocketsHttpHandler", "System.Net.Http.IHttpClientFactory", "System.Net.WebRequest", "System.Net.HttpWebRequest",
        "System.Net.WebClient", "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient", "System.Net.Sockets.UdpClient",
        "System.Net.WebSockets.ClientWebSocket", "System.Net.Mail.SmtpClient", "System.Net.FtpWebRequest",
    ];

    /// <summary>Those who may, and why.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["GuardedHttp"] = "it is the guarded client",
        ["GuardedConnections"] = "it opens that client's connections",
        ["TimestampClient"] = "its address is a setting of the operator; many authorities speak http alone or stand in the operator's own "
            + "network, and their answer is signed over our hash and nonce, bounded in bytes and time",
        ["SealingServices"] = "it makes TimestampClient",
    };

    [Fact]
    public void Nothing_else_opens_a_connection()
    {
        var found = Users().ToHashSet();

        found.Except(Allowed.Keys).ShouldBeEmpty("Call by GuardedHttp, or say here why not.");
        Allowed.Keys.Except(found).ShouldBeEmpty("These need no exception any more.");
    }

    private static IEnumerable<string> Users()
    {
        Assembly[] product = [typeof(EmargementApp).Assembly, typeof(Reference).Assembly, Assembly.Load("Emargement.Web")];
        foreach (var assembly in product)
        {
            using var read = AssemblyDefinition.ReadAssembly(assembly.Location);
            foreach (var type in read.MainModule.GetTypes().Where(t => Mentions(t).Any(WaysOut.Contains)))
            {
                var outermost = type;
                while (outermost.DeclaringType is { } outer)
                {
                    outermost = outer;
                }

                yield return outermost.Name;
            }
        }
    }

    private static IEnumerable<string> Mentions(TypeDefinition type) =>
    [
        .. type.Fields.Select(f => f.FieldType.FullName),
        .. type.Methods.SelectMany(m => m.Parameters).Select(p => p.ParameterType.FullName),
        .. type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).SelectMany(Mentions),
    ];

    private static IEnumerable<string> Mentions(Instruction instruction) => instruction.Operand switch
    {
        MethodReference method =>
        [
            method.DeclaringType.FullName,
            method.ReturnType.FullName,
            .. method is GenericInstanceMethod generic ? generic.GenericArguments.Select(a => a.FullName) : [],
        ],
        TypeReference mentioned => [mentioned.FullName],
        _ => [],
    };
}
