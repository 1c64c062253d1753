namespace Emargement.Web.Platform;

/// <summary>What a browser may do with a page.</summary>
public static class PagePolicy
{
    /// <summary>Scripts and styles come from us alone, and none is inline: a name that holds markup can do nothing even if it were written unescaped.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}
