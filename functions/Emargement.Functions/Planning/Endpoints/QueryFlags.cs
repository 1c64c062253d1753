using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Planning.Endpoints;

/// <summary>Yes or no in the query of an address.</summary>
internal static class QueryFlags
{
    /// <summary>Reads <c>?name</c>, <c>?name=true</c> or <c>?name=false</c>; absent is false, and anything else is no flag.</summary>
    public static bool TryFlag(this HttpRequest request, string name, out bool flag)
    {
        flag = false;
        if (!request.Query.TryGetValue(name, out var values))
        {
            return true;
        }

        var text = values.Count == 1 ? values[0] : null;
        flag = text is "" || string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        return flag || string.Equals(text, "false", StringComparison.OrdinalIgnoreCase);
    }
}
