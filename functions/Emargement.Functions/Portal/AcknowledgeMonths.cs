using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Region;

namespace Emargement.Functions.Portal;

/// <summary>A month that a form names: of whom, and which version was read.</summary>
public sealed record MonthChoice(string Nda, OrganisationId Organisation, int Version)
{
    /// <returns>Null when the text is none.</returns>
    public static MonthChoice? Of(string text) =>
        text.Split('|') is [var nda, var name, var version] && OrganisationId.TryParse(name, out var organisation)
        && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new MonthChoice(nda, organisation, number)
            : null;

    public override string ToString() => $"{Nda}|{Organisation}|{Version}";
}

/// <param name="Done">Whose month the Région has now.</param>
/// <param name="Refused">How many had moved meanwhile.</param>
public sealed record AcknowledgedMonths(IReadOnlyList<OrganisationId> Done, int Refused);

/// <summary>Acknowledges several organisations' months, each by itself: one that has moved meanwhile stops no other.</summary>
public sealed class AcknowledgeMonths(AnswerMonth answer)
{
    private const int Together = 4;

    public async Task<AcknowledgedMonths> RunAsync(
        RegionRoute route, IEnumerable<MonthChoice> choices, Caller caller, CancellationToken cancellation)
    {
        var done = new List<Result<PortalMonth>>();
        foreach (var some in choices.Distinct().Take(ListPortalMonth.PageSize).Chunk(Together))
        {
            done.AddRange(await Task.WhenAll(some.Select(choice => answer.AcknowledgeAsync(
                new PortalPlace(route.Region, route.Month, choice.Nda, choice.Organisation.Value),
                new AcknowledgementBody(choice.Version),
                caller,
                cancellation))));
        }

        return new AcknowledgedMonths([.. done.Where(d => d.IsOk).Select(d => d.Value!.Organisation)], done.Count(d => !d.IsOk));
    }
}
