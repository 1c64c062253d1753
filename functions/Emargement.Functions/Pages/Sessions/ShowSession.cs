using System.Buffers.Text;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Functions.Pages.Sessions.Hand;
using Emargement.Functions.Pages.Sessions.Paper;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Modes;
using Emargement.Functions.Sheets.Records;
using Emargement.Web.Platform;
using Emargement.Web.Sessions;

namespace Emargement.Functions.Pages.Sessions;

/// <summary>Makes what the trainer's page of one Session shows, from opening to the sealed sheet.</summary>
public sealed class ShowSession(
    WatchSession watch, FindElsewhere find, SessionScenes scenes, TrainersTable trainers, SheetsTable sheets, ShowActs acts,
    GroupModesTable modes, TimeProvider time)
{
    /// <param name="publicAddress">Scheme and host without a final slash, for the QR code.</param>
    public async Task<Result<SessionModel>> RunAsync(
        Route<SessionId> session, Caller caller, string publicAddress, Texts texts, CancellationToken cancellation)
    {
        var live = await watch.RunAsync(session.Organisation, session.Id, caller, cancellation);
        if (!live.IsOk)
        {
            return live.Refusal;
        }

        var zone = SiteZone.Parse(live.Value.Session.Zone);
        var known = SessionViews.Of(session.Organisation, live.Value, time.GetUtcNow());
        return known with
        {
            Closing = known.Closing is { } closing ? await WithSheetAsync(closing, session, cancellation) : null,
            Trainer = await TrainerAsync(session, live.Value, cancellation),
            TrainerAccount = caller.Kind == Callers.Manager && live.Value.Session.Trainer is { } trainer
                ? AccountPage(session.Organisation, AccountKind.Trainer, trainer)
                : null,
            People = WithAccounts(await WithOthersAsync(known, cancellation), session.Organisation, caller),
            Acts = await acts.RunAsync(session.Organisation, live.Value.Edits, zone, texts, cancellation),
            MayEdit = caller.Kind == Callers.Manager,
            MayCountersign = live.Value.CountersignatureWanted && live.Value.Session.Trainer == caller.Person,
            Paper = known.State is SessionState.Planned or SessionState.Open ? await PaperAsync(session, caller, cancellation) : null,
            Projection = known.State == SessionState.Open ? await ProjectionAsync(session, publicAddress, cancellation) : null,
        };
    }

    private async Task<IReadOnlyList<PersonModel>> WithOthersAsync(SessionModel session, CancellationToken cancellation)
    {
        var elsewhere = await find.RunAsync(session.Organisation, session.Id, cancellation);
        var people = new List<PersonModel>(session.People.Count);
        foreach (var person in session.People)
        {
            var other = Reference.TryParse(person.Learner, out var learner) ? elsewhere.GetValueOrDefault(learner) : null;
            people.Add(other is null ? person : person with { Elsewhere = await NameAsync(other, cancellation) });
        }

        return people;
    }

    // Managers look after people's access.
    private static IReadOnlyList<PersonModel> WithAccounts(IReadOnlyList<PersonModel> people, OrganisationId organisation, Caller caller) =>
        caller.Kind != Callers.Manager
            ? people
            : [.. people.Select(p => p with { Account = AccountPage(organisation, AccountKind.Learner, Reference.Parse(p.Learner)) })];

    private static string AccountPage(OrganisationId organisation, AccountKind kind, Reference person) =>
        $"/o/{organisation}/accounts/{new AccountId(kind, person).Key}";

    private async Task<OtherSessionModel> NameAsync(Session other, CancellationToken cancellation) => new(
        (await scenes.TrainingAsync(other.Organisation, other.TrainingRef, cancellation))?.Title ?? other.TrainingRef.Value,
        other.Group,
        other.Start,
        other.End);

    private async Task<PaperLinksModel?> PaperAsync(Route<SessionId> route, Caller caller, CancellationToken cancellation)
    {
        var scene = await scenes.LatelyAsync(route.Organisation, route.Id, cancellation);
        if (!scene.IsOk || scene.Value.Session.Modality == Modality.Company)
        {
            return null;
        }

        var session = scene.Value.Session;
        var week = PaperWeek.Of(session.TrainingRef, session.Groups[0], session.Id.Date);
        return new PaperLinksModel(
            $"/api/organisations/{route.Organisation}/groups/{session.TrainingRef.Key}/{Reference.Parse(session.Groups[0]).Key}/blank.pdf"
            + $"?date={session.Id.Date:yyyy-MM-dd}",
            caller.Kind == Callers.Manager ? week.Address(route.Organisation) : null,
            await modes.IsOnPaperAsync(session, cancellation));
    }

    private async Task<ProjectionModel?> ProjectionAsync(
        Route<SessionId> route, string publicAddress, CancellationToken cancellation)
    {
        var scene = await scenes.NowAsync(route.Organisation, route.Id, cancellation);
        return scene is { IsOk: true, Value.Session: { Key.Length: > 0 } session }
            ? new ProjectionModel(
                Base64Url.EncodeToString(session.Key.Span),
                SessionRoute.QrPrefix(publicAddress, route.Organisation, route.Id),
                time.GetUtcNow())
            : null;
    }

    private async Task<ClosingModel> WithSheetAsync(ClosingModel closing, Route<SessionId> session, CancellationToken cancellation)
    {
        var versions = await sheets.OfSessionAsync(session.Organisation, session.Id, cancellation);
        return versions.Count == 0
            ? closing
            : closing with
            {
                SheetUrl = $"{SessionRoute.Url(session)}/sheet",
                VerifyUrl = $"/v/{versions[^1].Value.Code}",
                Versions = [.. versions.Reverse().Select(v => v.Value).Select(v => new SheetVersionModel(
                    v.Version, v.SealedAt, v.Signed, v.Expected, SessionRoute.Url(session), $"/v/{v.Code}"))],
            };
    }

    private async Task<string?> TrainerAsync(Route<SessionId> session, SessionLive live, CancellationToken cancellation) =>
        live.Session.Trainer is { } reference
            ? SessionViews.NameOf((await trainers.FindAsync(session.Organisation, reference, cancellation))?.Value)
            : null;
}
