using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Access;

/// <summary>
/// Whether this call is recognised by rows that are read for it, and not by what this process remembers for half a minute: what is done
/// by a sign-in or a key that has just been ended elsewhere would otherwise outlive it, as a key or an invitation does.
/// </summary>
public static class Afresh
{
    internal static void AskAfresh(this HttpContext http) => http.Features.Set(new Asked());

    public static bool IsAfresh(this HttpContext http) => http.Features.Get<Asked>() is not null;

    private sealed record Asked;
}
