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

/// <param name="Refused">Those that had moved meanwhile.</param>
public sealed record AcknowledgedMonths(int Done, int Refused);

/// <summary>Acknowledges several organisations' months, each by itself: one that has moved meanwhile stops no other.</summary>
public sealed class AcknowledgeMonths(AnswerMonth answer)
{
    private const int Together = 4;

    public async Task<AcknowledgedMonths> RunAsync(
        RegionRoute route, IEnumerable<MonthChoice> choices, Caller caller, CancellationToken cancellation)
    {
        var done = new List<bool>();
        foreach (var some in choices.Distinct().Take(ListPortalMonth.PageSize).Chunk(Together))
        {
            done.AddRange(await Task.WhenAll(some.Select(async choice => (await answer.AcknowledgeAsync(
                new PortalPlace(route.Region, route.Month, choice.Nda, choice.Organisation.Value),
                new AcknowledgementBody(choice.Version),
                caller,
                cancellation)).IsOk)));
        }

        return new AcknowledgedMonths(done.Count(d => d), done.Count(d => !d));
    }
}
