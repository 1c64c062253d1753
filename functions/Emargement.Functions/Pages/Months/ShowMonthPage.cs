using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Functions.Months;
using Emargement.Functions.Months.Records;
using Emargement.Web.Months;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Pages.Months;

/// <summary>Makes what the page of a month shows.</summary>
public sealed class ShowMonthPage(ShowMonth show, MonthsTable months, TimeProvider time)
{
    private static readonly string[] Sorts = ["completeness", "training", "unjustified", "anomalies"];

    public async Task<Result<MonthModel>> RunAsync(
        Organisation organisation, YearMonth month, IQueryCollection query, Texts texts, CancellationToken cancellation)
    {
        var shown = await show.RunAsync(organisation, month, cancellation);
        if (!shown.IsOk)
        {
            return shown.Refusal;
        }

        var sort = query["sort"].FirstOrDefault();
        var model = new MonthModel
        {
            Organisation = organisation.Id,
            Month = month,
            IsLast = month.CompareTo(Current(organisation)) >= 0,
            State = shown.Value.State,
            ComputedAt = shown.Value.ComputedAt,
            Stale = shown.Value.Stale,
            Started = query.ContainsKey("started"),
            Total = shown.Value.Total,
            Versions = [.. shown.Value.Versions.Select(v => Version(v, texts))],
            Happened = [.. shown.Value.Facts.Select(f => Happened(f, texts))],
            Sort = sort is not null && Sorts.Contains(sort) ? sort : Sorts[0],
            OnlyBlocking = query["blocking"] == "true",
            OnlyFunded = query["funded"] == "true",
            Asked = query.ContainsKey("asked"),
            Amendments = shown.Value.Facts.Any(f => f.Event == MonthEvent.AmendmentProposed)
                ? [.. (await months.AmendmentsAsync(organisation.Id, month, cancellation)).Reverse().Select(AmendmentOf)]
                : [],
        };
        return model with { Groups = Sorted(model, shown.Value.Groups) };
    }

    /// <summary>The organisation's month of now.</summary>
    public YearMonth Current(Organisation organisation) => YearMonth.Of(organisation.Zone.DateAt(time.GetUtcNow()));

    private static IReadOnlyList<GroupRowModel> Sorted(MonthModel model, IReadOnlyList<GroupListed> groups)
    {
        var shown = groups
            .Where(g => !model.OnlyBlocking || g.ToAccept + g.Blocking > 0)
            .Where(g => !model.OnlyFunded || g.FundedLearners > 0);
        var sorted = model.Sort switch
        {
            "unjustified" => shown.OrderByDescending(g => g.Figures.Unjustified),
            "anomalies" => shown.OrderByDescending(g => g.ToAccept + g.Blocking),
            "training" => shown.OrderBy(TitleOf, StringComparer.OrdinalIgnoreCase),
            _ => shown.OrderBy(g => g.Completeness ?? 101),
        };
        return
        [
            .. sorted.ThenBy(TitleOf, StringComparer.OrdinalIgnoreCase)
                .ThenBy(g => g.Group, StringComparer.Ordinal)
                .Select(g => new GroupRowModel(
                    $"{model.Address}/groups/{new GroupKey(g.Training, g.Group).Path}",
                    TitleOf(g),
                    g.Group,
                    new MonthCounts(
                        g.Sessions, g.Figures, g.Funded, g.Learners, g.FundedLearners, g.ToAccept, g.Blocking, g.Mode))),
        ];
    }

    private static AmendmentRowModel AmendmentOf(Amendment asked) =>
        new(asked.Number, asked.State, asked.Items.Count, asked.At, asked.Reason, asked.Answer, asked.Version);

    private static string TitleOf(GroupListed group) => group.Title ?? group.Training.Value;

    private static VersionModel Version(MonthVersion version, Texts texts) => new(
        version.Version,
        version.State,
        By(version.By, texts),
        version.At,
        version.ManifestSha256,
        [.. version.Files.Select(f => new LinkModel(f.Address, f.Name))]);

    private static HappenedModel Happened(MonthFact fact, Texts texts)
    {
        var word = fact.Code == Takeover.Code ? "month.event.takeover" : $"month.event.{fact.Event.ToString().ToLowerInvariant()}";
        var text = texts[word, ("by", By(fact.By, texts)), ("count", fact.Count ?? 0), ("version", fact.Version ?? 0)];
        return new HappenedModel(fact.At, text, fact.Reason);
    }

    /// <summary>Who did it, in words.</summary>
    internal static string By(string by, Texts texts) => by switch
    {
        "system" => texts["month.by.system"],
        "operator" => texts["month.by.operator"],
        _ => by[(by.IndexOf(':', StringComparison.Ordinal) + 1)..],
    };
}
