using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Placements.Documents;

/// <summary>The period whose document an address names, and under which name that is saved.</summary>
internal static class DocumentRoute
{
    public static string Period(HttpRequest request) => request.RouteText("period");

    public static string FileName(HttpRequest request) => $"heures-{Period(request)}.pdf";

    public static string DraftName(HttpRequest request) => $"heures-{Period(request)}-projet.pdf";
}
