using Emargement.Functions.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Planning.Endpoints;

public sealed class GetImportTemplatesFunction
{
    private readonly byte[] _archive = ImportTemplates.Zip();

    [Function("GetImportTemplates")]
    [Public("The templates hold no data of anybody, and are read before there is an account.")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/import-templates.zip")] HttpRequest request) =>
        Results.File(_archive, "application/zip", "modeles-import.zip");
}
