using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Emargement.Web.Platform;

/// <summary>
/// What a page tells its script, as a JSON block: the language, the sentences under <c>script.</c>, and the page's own data.
/// </summary>
internal static class PageData
{
    // The default encoder writes <, > and & as escapes, so that no value can end the block.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static MarkupString Markup(Texts texts, object? data) =>
        new(JsonSerializer.Serialize(new { language = texts.Tag, texts = texts.Under("script."), data }, Options));
}
