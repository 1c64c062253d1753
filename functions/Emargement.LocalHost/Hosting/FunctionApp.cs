using Emargement.Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Emargement.LocalHost.Hosting;

/// <summary>
/// A function app to run: where its functions are, what its own Program builds, and its worker middlewares in their order.
/// </summary>
/// <param name="Types">Classes that hold functions; others are ignored.</param>
/// <param name="CreateBuilder">What Program builds, with settings over those of the environment.</param>
/// <param name="Middlewares">Types of <c>IFunctionsWorkerMiddleware</c>, outermost first.</param>
public sealed record FunctionApp(
    IReadOnlyList<Type> Types,
    Func<IReadOnlyDictionary<string, string?>, FunctionsApplicationBuilder> CreateBuilder,
    IReadOnlyList<Type> Middlewares)
{
    /// <summary>The product.</summary>
    public static FunctionApp Emargement { get; } = new(
        typeof(EmargementApp).Assembly.GetExportedTypes(),
        settings => EmargementApp.CreateBuilder([], settings),
        EmargementApp.Middlewares);

    /// <summary>An app made of these classes alone.</summary>
    public static FunctionApp Of(params Type[] types) => Of(types, (_, _) => { }, []);

    /// <summary>An app that is not the product, with services and middlewares of its own.</summary>
    public static FunctionApp Of(
        IReadOnlyList<Type> types,
        Action<IServiceCollection, IConfiguration> addServices,
        IReadOnlyList<Type> middlewares) => new(
        types,
        settings =>
        {
            var builder = FunctionsApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
            builder.ConfigureFunctionsWebApplication();
            builder.Configuration.AddInMemoryCollection(settings);
            foreach (var middleware in middlewares)
            {
                builder.Services.TryAddSingleton(middleware);
            }

            addServices(builder.Services, builder.Configuration);
            return builder;
        },
        middlewares);
}
