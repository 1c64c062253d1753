using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Sessions.Listing;

/// <summary>Sessions of some days as an address asks for them.</summary>
internal static class SessionsQuery
{
    private const string Unclosed = "unclosed";

    /// <summary>Whether the address asks for days, or for what is left open, not for one day.</summary>
    public static bool IsAsked(HttpRequest request) => request.Query.ContainsKey("from") || request.Query["state"] == Unclosed;

    /// <returns>What is asked for, or <c>date-invalid</c> or <c>query-invalid</c>; without days, the last 31.</returns>
    public static Result<(OrganisationId Organisation, SessionsAsked Asked)> Of(HttpRequest request, DateOnly today)
    {
        var organisation = request.Organisation();
        if (!organisation.IsOk)
        {
            return organisation.Refusal;
        }

        var (from, to) = (today.AddDays(1 - ListSessionsBetween.MaxDays), today);
        if ((request.Query.TryGetValue("from", out var first) && !CalendarDay.TryParse(first, out from))
            || (request.Query.TryGetValue("to", out var last) && !CalendarDay.TryParse(last, out to)))
        {
            return Refusal.BadInput("date-invalid");
        }

        var state = request.Query["state"].FirstOrDefault();
        SessionState? wanted = Enum.TryParse<SessionState>(state, ignoreCase: true, out var parsed) ? parsed : null;
        if (state is not null && state != Unclosed && wanted is null)
        {
            return Refusal.BadInput("query-invalid", ("names", "state"));
        }

        var asked = new SessionsAsked(
            from, to, Reference(request, "training"), request.Query["group"].FirstOrDefault(), Reference(request, "trainer"), wanted,
            state == Unclosed,
            SessionId.TryParse(request.Query["continuation"].FirstOrDefault(), out var after) ? after : null);
        return (organisation.Value, asked);
    }

    private static Reference? Reference(HttpRequest request, string name) =>
        Domain.Platform.Reference.TryParse(request.Query[name].FirstOrDefault(), out var reference) ? reference : null;
}
