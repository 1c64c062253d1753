using Emargement.Domain.Platform;

namespace Emargement.Functions.Platform.Http;

/// <summary>The sentences that a person reads when something is refused.</summary>
public interface IRefusalTexts
{
    /// <returns>A short title, and a sentence that says what to do.</returns>
    (string Title, string Detail) Of(Refusal refusal, string language);
}
