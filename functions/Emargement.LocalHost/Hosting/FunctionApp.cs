using Emargement.Functions.Platform;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.LocalHost.Hosting;

/// <summary>A function app to run: where its functions are, the services they need, and its worker middlewares in their order.</summary>
/// <param name="Types">Classes that hold functions; others are ignored.</param>
/// <param name="AddServices">Registers the app's services.</param>
/// <param name="Middlewares">Types of <c>IFunctionsWorkerMiddleware</c>, outermost first.</param>
public sealed record FunctionApp(
    IReadOnlyList<Type> Types,
    Action<IServiceCollection, IConfiguration> AddServices,
    IReadOnlyList<Type> Middlewares)
{
    /// <summary>The product.</summary>
    public static FunctionApp Emargement { get; } = new(
        typeof(EmargementApp).Assembly.GetExportedTypes(),
        (services, configuration) => services.AddEmargement(configuration),
        EmargementApp.Middlewares);

    /// <summary>An app made of these classes alone.</summary>
    public static FunctionApp Of(params Type[] types) => new(types, (_, _) => { }, []);
}
