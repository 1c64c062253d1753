using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Privacy.Holds;
using Emargement.Web.Privacy;

namespace Emargement.Functions.Pages.Privacy;

/// <param name="Done">As <see cref="HoldActs.Known"/> names it.</param>
public sealed record HoldChange(string Done, HoldId Hold);

/// <summary>Does what a form of the retention page asks for.</summary>
public sealed class ChangeHolds(PlaceHold place, LiftHold lift)
{
    /// <param name="form">Its fields by name; <c>act</c> is one of <see cref="HoldActs"/>.</param>
    /// <returns>What was done, or why not.</returns>
    public async Task<Result<HoldChange>> RunAsync(Organisation organisation, FormFields form, Caller by, CancellationToken cancellation)
    {
        if (form.Text("act") == HoldActs.Lift)
        {
            return HoldId.TryParse(form.Text("hold"), out var hold)
                ? (await lift.RunAsync(new Route<HoldId>(organisation.Id, hold), by, cancellation))
                    .Then(l => new HoldChange(l.Waiting is null ? "lifted" : "asked", hold))
                : Refusal.NotFound("hold-unknown");
        }

        var body = Body(form);
        return body.IsOk
            ? (await place.RunAsync(organisation, body.Value, by, cancellation)).Then(h => new HoldChange("placed", h.Id))
            : body.Refusal;
    }

    private static Result<PlaceHoldBody> Body(FormFields form)
    {
        if (!Enum.TryParse<HoldScope>(form.Text("scope"), ignoreCase: true, out var scope) || !Enum.IsDefined(scope))
        {
            return Refusal.BadInput("hold-target-unknown");
        }

        DateOnly? until = null;
        if (form.Text("until") is { } typed)
        {
            if (!DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return Refusal.BadInput("hold-until-past");
            }

            until = day;
        }

        // Whoever holds the whole organisation may have left a reference in the field.
        Reference? target = scope != HoldScope.Organisation && Reference.TryParse(form.Text("target"), out var given) ? given : null;
        return new PlaceHoldBody(scope, form.Text("reason") ?? string.Empty, target, until);
    }
}
