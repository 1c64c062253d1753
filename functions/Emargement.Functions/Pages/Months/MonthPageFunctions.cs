using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months;
using Emargement.Functions.Months.Amendments;
using Emargement.Functions.Months.Corrections;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Months.Runs;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Sessions.Marks;
using Emargement.Web.Months;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Months;

/// <summary>The pages of months and of their groups, and their forms, which need no script.</summary>
public sealed class MonthPageFunctions(
    OrganisationSettings organisations,
    ShowMonthPage showMonth,
    ShowMonthCharts showCharts,
    ShowGroupPage showGroup,
    CorrectMany correct,
    ProposeAmendment propose,
    MonthRuns runs)
{
    private const string One = "o/{org}/months/{month}";
    private const string OfGroup = One + "/groups/{training}/{group}";

    /// <summary>The month of now.</summary>
    [Function("ShowMonthsPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Now(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/months")] HttpRequest request, CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        return organisation.IsOk
            ? Results.Redirect($"/o/{organisation.Value.Id}/months/{showMonth.Current(organisation.Value)}")
            : await request.RefusalPageAsync(null, organisation.Refusal);
    }

    /// <summary>Where a month stands, by group.</summary>
    [Function("ShowMonthPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Month(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<MonthPage, MonthModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => MonthRoute.Of(request).ThenAsync(
                month => showMonth.RunAsync(organisation, month, request.Query, request.Texts(), cancellation)));

    /// <summary>A month in pictures: completeness, absences, methods.</summary>
    [Function("ShowMonthChartsPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Charts(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One + "/charts")] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<ChartsPage, ChartsModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => MonthRoute.Of(request).ThenAsync<ChartsModel>(async month => new ChartsModel(
                $"/o/{organisation.Id}/months/{month}", month, await showCharts.RunAsync(organisation.Id, month, cancellation))));

    /// <summary>Calculates a month again.</summary>
    [Function("RefreshMonthByForm")]
    [Access(Callers.Manager, PerMinute = 10)]
    [Page(Of = One)]
    public async Task<IResult> Refresh(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One + "/refresh")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        var started = await organisation.ThenAsync(found => MonthRoute.Of(request).ThenAsync(
            month => runs.StartAsync(client, MonthRun.Of(found.Id, month), cancellation)));
        return started.IsOk
            ? Results.Redirect($"/o/{organisation.Value!.Id}/months/{started.Value.Month}?started")
            : await request.RefusalPageAsync(organisation.Value, started.Refusal);
    }

    /// <summary>The matrix of a group's month.</summary>
    [Function("ShowGroupMonthPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Group(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = OfGroup)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<GroupPage, GroupModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => ShownAsync(request, organisation, request.Query["from"], cancellation));

    /// <summary>Shows what corrections would change, makes them, or asks the Région for them where the month is closed.</summary>
    [Function("CorrectGroupByForm")]
    [Access(Callers.Manager)]
    [OwnFacts]
    [Page]
    public Task<IResult> Correct(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = OfGroup)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => form.Text("act") switch
            {
                "save" => SaveAsync(request, client, organisation, form, cancellation),
                "ask" => AskAsync(request, organisation, form, cancellation),
                _ => LookAsync(request, organisation, form, cancellation),
            },
            cancellation);

    private Task<Result<GroupModel>> ShownAsync(
        HttpRequest request, Organisation organisation, string? from, CancellationToken cancellation) =>
        MonthRoute.Of(request).ThenAsync(month => MonthRoute.GroupOf(request).ThenAsync(async key =>
            (await showGroup.RunAsync(organisation, month, key, from, request.Query.ContainsKey("whole"), cancellation)).Then(shown =>
                int.TryParse(request.Query["saved"], out var saved) && saved is >= 0 and <= CorrectMany.Most
                    ? shown with { Saved = saved, Refused = int.TryParse(request.Query["refused"], out var refused) ? refused : 0 }
                    : shown)));

    private async Task<IResult> SaveAsync(
        HttpRequest request, DurableTaskClient client, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var asked = RequestOf(form);
        var made = await asked.ThenAsync(r => correct.RunAsync(organisation.Id, r, request.Caller(), cancellation))
            .ThenAsync(m => CorrectionRuns.StartAsync(client, organisation.Id, m, cancellation));
        if (made is { IsOk: true, Value: { Accepted: 0, Refused: [var first, ..] } })
        {
            made = first.Why!;
        }

        return made.IsOk
            ? Results.Redirect(
                $"{request.Path}?from={Uri.EscapeDataString(form.Text("from") ?? "")}&saved={made.Value.Accepted}"
                    + $"&refused={made.Value.Refused.Count}")
            : await ReturnedAsync(request, organisation, form, made.Refusal, cancellation);
    }

    private async Task<IResult> AskAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var asked = await MonthRoute.Of(request).ThenAsync(month => RequestOf(form).ThenAsync(
            body => propose.RunAsync(organisation, month, AskedOf(body), request.Caller(), cancellation)));
        return asked.IsOk
            ? Results.Redirect($"/o/{organisation.Id}/months/{asked.Value.Month}?asked")
            : await ReturnedAsync(request, organisation, form, asked.Refusal, cancellation);
    }

    // The Région reads words: a reason of the list says nothing to it.
    private static AmendmentRequest AskedOf(CorrectionsRequest body) =>
        new(body.Reason, [.. body.Items.Select(i => new AmendedItem(i.Session, i.Learner, i.Mark, i.Minutes))]);

    private Task<IResult> ReturnedAsync(
        HttpRequest request, Organisation organisation, FormFields form, Refusal refusal, CancellationToken cancellation) =>
        request.ReturnAsync<GroupPage, GroupModel>(
            organisation,
            refusal,
            ShownAsync(request, organisation, form.Text("from"), cancellation),
            shown => Selected(shown, form) with { Returned = request.Returned(GroupModel.Form, form, refusal, organisation) });

    private async Task<IResult> LookAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation) =>
        await request.ShowAsync<GroupPage, GroupModel>(
            organisation,
            async found => (await ShownAsync(request, found, form.Text("from"), cancellation)).Then(shown => Selected(shown, form)));

    private static GroupModel Selected(GroupModel shown, FormFields form) => shown with
    {
        Selected = form.All("cell").ToHashSet(StringComparer.Ordinal),
        Effect = ShowGroupPage.EffectOf(shown, form),
        Returned = new(GroupModel.Form, "", form.Typed),
    };

    private static Result<CorrectionsRequest> RequestOf(FormFields form)
    {
        if (ShowGroupPage.MarkOf(form) is not { } mark)
        {
            return Refusal.BadInput("form-invalid");
        }

        var minutes = mark is AttendanceMark.Late or AttendanceMark.LeftEarly ? ShowGroupPage.MinutesOf(form) : null;
        var items = new List<CorrectionItem>();
        foreach (var cell in form.All("cell"))
        {
            var parts = cell.Split('|', 2);
            if (parts.Length != 2 || !SessionId.TryParse(parts[0], out var session)
                || !Reference.TryParseKey(parts[1], out var learner))
            {
                return Refusal.BadInput("form-invalid");
            }

            items.Add(new CorrectionItem(
                session, learner, mark, minutes, Code: form.Text("code"), DocumentSeen: form.Text("seen") is not null));
        }

        return new CorrectionsRequest(form.Text("reason") ?? "", items);
    }
}
