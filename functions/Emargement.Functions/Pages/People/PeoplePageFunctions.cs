using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Signing.Tokens;
using Emargement.Web.People;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.People;

/// <summary>The list of people, and what is done for a whole group at once.</summary>
public sealed class PeoplePageFunctions(
    OrganisationSettings organisations, ShowPeople show, SendActivations send, PrintCards print, PublicAddress address)
{
    private const string GroupsRoute = "o/{org}/people/groups";

    /// <summary>Everybody, or who is found by the start of a word.</summary>
    [Function("ShowPeoplePage")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Read)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/people")] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<PeoplePage, PeopleModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => show.RunAsync(
                organisation,
                request.Query["q"].ToString().Trim(),
                request.Query["filter"],
                request.Query["continuation"],
                request.Texts().Refusal(Refusal.BadInput("query-too-short")),
                cancellation));

    /// <summary>The groups, to give everybody in one a way in.</summary>
    [Function("ShowGroupAccessPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Groups(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = GroupsRoute)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<GroupAccessPage, GroupAccessModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => show.GroupsAsync(organisation, null, null, cancellation));

    /// <summary>Sends links to those of a group who never had one, or prints a card for each.</summary>
    [Function("GiveGroupAccessByForm")]
    [Access(Callers.Manager, PerMinute = 30)]
    [Page]
    public Task<IResult> Give(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = GroupsRoute)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => GiveAsync(request, client, organisation, form, cancellation),
            cancellation);

    private async Task<IResult> GiveAsync(
        HttpRequest request, DurableTaskClient client, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var parts = form.Text("group")?.Split('/') ?? [];
        if (parts.Length != 2
            || !Reference.TryParseKey(parts[0], out var training)
            || !Reference.TryParseKey(parts[1], out var group))
        {
            return await AgainAsync(request, organisation, form, Refusal.NotFound("group-unknown"), cancellation);
        }

        if (form.Text("act") == PeopleActs.Card)
        {
            var cards = await print.RunAsync(organisation.Id, training, group.Value, cancellation);
            return cards.IsOk
                ? TokenFunctions.ToFile(cards.Value)
                : await AgainAsync(request, organisation, form, cards.Refusal, cancellation);
        }

        var sent = await client.SendAsync(
            send.RunAsync(organisation, new SendActivationsBody(training, group.Value), address.Of(request), cancellation),
            s => s.Batch,
            cancellation);
        if (!sent.IsOk)
        {
            return await AgainAsync(request, organisation, form, sent.Refusal, cancellation);
        }

        var (queued, already, without) = sent.Value.Done;
        var words = request.Texts()["people.sent", ("queued", queued), ("already", already), ("without", without)];
        var model = await show.GroupsAsync(organisation, words, null, cancellation);
        return await request.PageAsync<GroupAccessPage, GroupAccessModel>(organisation, model.Value!);
    }

    private Task<IResult> AgainAsync(
        HttpRequest request, Organisation organisation, FormFields form, Refusal refusal, CancellationToken cancellation) =>
        request.ReturnAsync<GroupAccessPage, GroupAccessModel>(
            organisation,
            refusal,
            show.GroupsAsync(organisation, null, null, cancellation),
            shown => shown with { Returned = request.Returned("group", form, refusal, organisation) });
}
