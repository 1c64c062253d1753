using System.Collections.Concurrent;
using System.Reflection;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Platform.Access;

/// <summary>What a function declares about its callers.</summary>
/// <param name="Callers">Who is let in; null for anyone.</param>
/// <param name="Page">Set when a person sees the answer, so that a refusal leads to the sign-in page.</param>
internal sealed record AccessRule(string Function, Callers? Callers, string? Right, int PerMinute, PageAttribute? Page)
{
    /// <summary>What an officer must be at least.</summary>
    public OfficerRole Role { get; init; }

    private static readonly ConcurrentDictionary<string, AccessRule> Known = new();

    public bool IsPublic => Callers is null;

    public bool IsPage => Page is not null;

    /// <exception cref="InvalidOperationException">The function declares nothing: it is closed to everyone until it does.</exception>
    public static AccessRule Of(FunctionDefinition function) =>
        Known.GetOrAdd(function.EntryPoint, entry => Of(function.Name, MethodOf(entry)));

    public static AccessRule Of(string function, MethodInfo method)
    {
        var access = method.GetCustomAttribute<AccessAttribute>();
        var open = method.GetCustomAttribute<PublicAttribute>();
        var page = method.GetCustomAttribute<PageAttribute>();
        return (access, open) switch
        {
            ({ } a, null) when a.Callers != Access.Callers.None => new AccessRule(
                function, a.Callers, a.Right, a.PerMinute, page)
            { Role = a.Role },
            (null, { } p) => new AccessRule(function, null, null, p.PerMinute, page),
            _ => throw new InvalidOperationException(
                $"Function {function} must have either [Access] with callers or [Public] with its reason."),
        };
    }

    /// <summary>Whether the caller may pass, given the organisation and Région that the route names.</summary>
    /// <returns>Null to let in, else why not.</returns>
    public Refusal? Judge(Caller caller, string? organisation, string? region)
    {
        if (IsPublic)
        {
            return null;
        }

        if (!caller.IsKnown)
        {
            return Refusal.Of("not-signed-in", RefusalKind.NotSignedIn);
        }

        if (caller.Kind == Access.Callers.Operator)
        {
            return Allows(caller) ? null : Refusal.Forbidden("not-allowed");
        }

        // What is another's is answered as what there is not: nobody learns by asking who else is here.
        if (organisation is not null && caller.Organisation?.Value != organisation)
        {
            return Refusal.NotFound("organisation-unknown");
        }

        if (region is not null && caller.Region != region)
        {
            return Refusal.NotFound("region-unknown");
        }

        if (!Allows(caller))
        {
            return Refusal.Forbidden(caller.Kind == Access.Callers.OneFactor ? "second-step-missing" : "not-allowed");
        }

        if (caller.Kind == Access.Callers.Officer && caller.Role < Role)
        {
            return Refusal.Forbidden("role-missing");
        }

        var asksRight = caller.Kind is Access.Callers.Machine or Access.Callers.RegionKey;
        return asksRight && (Right is null || !caller.Rights.Contains(Right))
            ? Refusal.Forbidden("right-missing", ("right", Right ?? "-"))
            : null;
    }

    private bool Allows(Caller caller) => (Callers & caller.Kind) != Access.Callers.None;

    internal static MethodInfo MethodOf(string entryPoint)
    {
        var dot = entryPoint.LastIndexOf('.');
        var type = typeof(AccessRule).Assembly.GetType(entryPoint[..dot])
            ?? throw new InvalidOperationException($"{entryPoint} is not a function of this app.");
        return type.GetMethod(entryPoint[(dot + 1)..]) ?? throw new InvalidOperationException($"{entryPoint} is not a public method.");
    }
}
