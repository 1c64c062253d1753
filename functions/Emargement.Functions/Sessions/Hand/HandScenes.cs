using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions.Hand;

/// <summary>A Session as stored now, with who changes its planning and why.</summary>
/// <param name="Today">The organisation's local day.</param>
public sealed record HandScene(Organisation Organisation, Stored<Session> Stored, EditAct Act, DateOnly Today)
{
    public Session Session => Stored.Value;

    /// <summary>Null when nobody changed the row since the caller read it, and the software that owns the planning meets no edit of a
    /// person's; else <c>changed-meanwhile</c> or <c>edited-by-hand</c>.</summary>
    public Refusal? CheckVersion(ETag read) => Stored.ETag == read ? CheckOwner(Session) : HandScenes.ChangedMeanwhile;

    /// <summary>Null when whoever acts may change the planning of a Session: a person's edit stands above a machine's.</summary>
    public Refusal? CheckOwner(Session session) =>
        Act.ByPerson || !session.EditedByHand ? null : Refusal.Conflict("edited-by-hand");
}

/// <summary>Reads what an act of a person on a planning begins with: two calls when the settings are not in memory, else one.</summary>
public sealed class HandScenes(OrganisationSettings organisations, SessionsTable sessions, TimeProvider time)
{
    public static Refusal ChangedMeanwhile { get; } = Refusal.Of("changed-meanwhile", RefusalKind.PreconditionFailed);

    /// <returns>The scene, or <c>reason-missing</c>, <c>reason-invalid</c>, <c>organisation-unknown</c>, <c>session-not-found</c> or
    /// <c>not-your-session</c>.</returns>
    public async Task<Result<HandScene>> ReadAsync(
        OrganisationId organisation, SessionId id, string? reason, Caller caller, CancellationToken cancellation)
    {
        var act = ActOf(reason, caller);
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!act.IsOk || !settings.IsOk)
        {
            return act.IsOk ? settings.Refusal! : act.Refusal;
        }

        if (await sessions.FindAsync(organisation, id, cancellation) is not { } stored)
        {
            return Refusal.NotFound("session-not-found");
        }

        return SessionStaff.Check(caller, stored.Value) is { } notYours
            ? notYours
            : new HandScene(settings.Value, stored, act.Value, settings.Value.Zone.DateAt(act.Value.At));
    }

    /// <summary>Who acts now, and why; a machine need not say.</summary>
    public Result<EditAct> ActOf(string? reason, Caller caller)
    {
        var byPerson = caller.Kind != Callers.Machine;
        var text = Statement.Tidy(reason);
        return text is null && byPerson ? Refusal.BadInput("reason-missing")
            : text is not null && PlainText.Within(text, Statement.MaxReason) is null ? Refusal.BadInput("reason-invalid")
            : new EditAct(time.GetUtcNow(), caller.Id, text, byPerson);
    }
}
