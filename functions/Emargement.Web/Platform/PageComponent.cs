using Microsoft.AspNetCore.Components;

namespace Emargement.Web.Platform;

/// <summary>A part of a page: it speaks the language of the page that it is in.</summary>
public abstract class PartComponent : ComponentBase
{
    [CascadingParameter]
    public required PageFrame Frame { get; set; }

    protected Texts Texts => Frame.Texts;
}

/// <summary>A whole page: it shows one model and asks for nothing else.</summary>
public abstract class PageComponent<TModel> : ComponentBase
    where TModel : class
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required TModel Model { get; set; }

    protected Texts Texts => Frame.Texts;
}
