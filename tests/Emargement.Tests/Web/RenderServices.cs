using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Web;

/// <summary>The little that pages need to render: they inject nothing.</summary>
internal static class RenderServices
{
    public static IServiceProvider Instance { get; } = new ServiceCollection().AddLogging().BuildServiceProvider();
}
