using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Web.Platform;
using Emargement.Web.Sessions.Hand;

namespace Emargement.Functions.Pages.Sessions.Hand;

/// <summary>Says in words what people changed of a Session's planning; the name of each who did is read once.</summary>
public sealed class ShowActs(AccountsTable accounts, TrainersTable trainers)
{
    public async Task<IReadOnlyList<ActModel>> RunAsync(
        OrganisationId organisation, IReadOnlyList<SessionEdit> edits, SiteZone zone, Texts texts, CancellationToken cancellation)
    {
        var names = new Dictionary<string, string>();
        var acts = new List<ActModel>();
        foreach (var act in edits.GroupBy(e => (e.At, e.By)))
        {
            var changes = new List<ChangeModel>();
            foreach (var edit in act)
            {
                changes.Add(new ChangeModel(edit.Field, await ShownAsync(edit.Field, edit.From), await ShownAsync(edit.Field, edit.To)));
            }

            acts.Add(new ActModel(act.Key.At, await NameAsync(act.Key.By), changes, act.First().Reason));
        }

        return acts;

        async Task<string?> ShownAsync(EditedField field, string? value) => value is null ? null : field switch
        {
            EditedField.Start or EditedField.End when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var at) =>
                $"{texts.Day(zone.DateAt(at))} {texts.Hour(at, zone)}",
            EditedField.Trainer => await NameAsync("trainer:" + value),
            EditedField.Modality => texts[$"hand.modality.{value}"],
            EditedField.State => texts[$"session.state.{value}"],
            _ => value,
        };

        async Task<string> NameAsync(string by)
        {
            if (!names.TryGetValue(by, out var name))
            {
                names[by] = name = await FindAsync(organisation, by, cancellation) ?? by[(by.IndexOf(':', StringComparison.Ordinal) + 1)..];
            }

            return name;
        }
    }

    private async Task<string?> FindAsync(OrganisationId organisation, string by, CancellationToken cancellation)
    {
        if (!AccountId.TryParse(by, out var account))
        {
            return null;
        }

        return account.Kind == AccountKind.Trainer
            ? SessionViews.NameOf((await trainers.FindAsync(organisation, account.Person, cancellation))?.Value)
            : await accounts.FindAsync(organisation, account, cancellation) is { } found
                ? $"{found.Value.FirstName} {found.Value.LastName}"
                : null;
    }
}
