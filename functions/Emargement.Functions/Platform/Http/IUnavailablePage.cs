using Emargement.Domain.Platform;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Http;

/// <summary>What people see in place of a page while there is nothing to make it of.</summary>
public interface IUnavailablePage
{
    Task<IResult> OfAsync(HttpRequest request, Refusal refusal);
}
