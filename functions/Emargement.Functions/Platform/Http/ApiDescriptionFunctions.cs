using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Platform.Http;

/// <summary>The description of this API, made from its functions (docs/api/openapi.json).</summary>
public sealed class ApiDescriptionFunctions
{
    private readonly byte[] _document = Read();

    /// <summary>Describes this API (OpenAPI 3.1).</summary>
    [Function("ApiDescription")]
    [Public("The description of the API holds nothing private.")]
    public IResult Show([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/openapi.json")] HttpRequest request) =>
        Results.Bytes(_document, "application/json");

    private static byte[] Read()
    {
        using var resource = typeof(ApiDescriptionFunctions).Assembly.GetManifestResourceStream("openapi.json")
            ?? throw new InvalidOperationException("docs/api/openapi.json is not in this build.");
        using var memory = new MemoryStream();
        resource.CopyTo(memory);
        return memory.ToArray();
    }
}
