using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Keys;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Accounts.Office;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Accounts.Office;

/// <summary>The page « Clés »: which other systems may call, for a manager. It needs no script.</summary>
public sealed class KeyPageFunctions(OrganisationSettings organisations, ApiKeys keys, TimeProvider time)
{
    private const string Route = "o/{org}/keys";

    /// <summary>The organisation's keys, their texts left out, and the form of a new one.</summary>
    [Function("ShowKeysPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<KeysPage, KeysModel>(
            await organisations.OfAsync(request, cancellation),
            async organisation => Result<KeysModel>.FromT(await ModelAsync(organisation, null, null, cancellation)));

    /// <summary>Makes a key, puts one in the place of another (<c>rotate</c>), or takes one back (<c>revoke</c>).</summary>
    [Function("SubmitKeysPage")]
    [Access(Callers.Manager, PerMinute = 30)]
    [Page]
    [Audit(AuditKind.Key)]
    public Task<IResult> Submit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => SubmitAsync(request, organisation, form, cancellation),
            cancellation);

    private async Task<IResult> SubmitAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var made = await ActAsync(new KeyOwner(organisation.Id, null), form, cancellation);
        var model = await ModelAsync(
            organisation, made.Value?.Key, made.IsOk ? null : request.Texts().Refusal(made.Refusal), cancellation);
        return await request.PageAsync<KeysPage, KeysModel>(
            organisation, model, made.IsOk ? StatusCodes.Status200OK : Problem.StatusOf(made.Refusal.Kind));
    }

    /// <returns>The key to show; null where one was taken back.</returns>
    private async Task<Result<MintedKey?>> ActAsync(KeyOwner owner, FormFields form, CancellationToken cancellation)
    {
        if (form.Text("revoke") is { } revoked)
        {
            var gone = await keys.RevokeAsync(owner, revoked, cancellation);
            return gone.IsOk ? Result<MintedKey?>.FromT(null) : gone.Refusal;
        }

        var made = form.Text("rotate") is { } rotated
            ? await keys.RotateAsync(owner, rotated, cancellation)
            : !int.TryParse(form.Text("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days)
                ? Refusal.BadInput("key-days-invalid", ("days", KeyTimes.MostDays.ToString(CultureInfo.InvariantCulture)))
            : await keys.MintAsync(owner, form.Text("name") ?? string.Empty, [.. form.All("rights")], cancellation, days);
        return made.IsOk ? Result<MintedKey?>.FromT(made.Value) : made.Refusal;
    }

    private async Task<KeysModel> ModelAsync(
        Organisation organisation, string? shown, string? refusal, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var all = await keys.ListAsync(new KeyOwner(organisation.Id, null), cancellation);
        return new KeysModel(
            [
                .. all.OrderBy(k => k.IsOver(now)).ThenByDescending(k => k.CreatedAt).Select(k =>
                    new KeyRow(k.Id, k.Name, k.Rights, k.CreatedAt, k.LastUsedOn, k.ExpiresAt, k.IsOver(now))),
            ],
            ApiRights.OfOrganisation,
            KeyTimes.UsualDays,
            KeyTimes.MostDays,
            shown,
            refusal);
    }
}
