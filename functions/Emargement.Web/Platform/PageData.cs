using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Emargement.Web.Platform;

/// <summary>
/// What a page tells its script, as a JSON block: the language and the page's own data. The sentences are an asset: browsers keep them.
/// </summary>
internal static class PageData
{
    // The default encoder writes <, > and & as escapes, so that no value can end the block.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static MarkupString Markup(Texts texts, object? data) =>
        new(JsonSerializer.Serialize(new { language = texts.Tag, data }, Options));
}
