using Emargement.Domain.Platform;
using Emargement.Web.Platform;

namespace Emargement.Functions.Platform.Http;

/// <summary>The sentences of the pages' texts: <c>refusal.{code}</c>, under a title for each sort of refusal.</summary>
internal sealed class RefusalSentences : IRefusalTexts
{
    public (string Title, string Detail) Of(Refusal refusal, string language)
    {
        var texts = Texts.For(language);
        return (texts[$"refused.{(int)Problem.StatusOf(refusal.Kind)}"], texts.Refusal(refusal.Code, refusal.Args));
    }
}
