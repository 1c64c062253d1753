using System.Diagnostics;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Platform.Audit;

/// <summary>
/// The one place where acts are recorded: once an answer is known and before it leaves, one insert, of a row for each of those whom it is
/// about. An act whose row cannot be written is not answered as done. Acts of signing are facts, which say the same and are never changed:
/// they cost no call here.
/// </summary>
internal sealed partial class AuditMiddleware(AuditTable table, TimeProvider time, ILogger<AuditMiddleware> logger)
    : IFunctionsWorkerMiddleware
{
    // What an address names that opens something, or that stands in a column of its own.
    private static readonly HashSet<string> Unsaid = ["org", "region", "account", "learner", "trainer", "session", "secret", "code"];

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.HttpCall() is { } http)
        {
            var rule = AuditRule.Of(context.FunctionDefinition);
            if (rule.IsChange)
            {
                http.AskAfresh();
            }

            http.Response.OnStarting(() => RecordAsync(rule, http));
        }

        return next(context);
    }

    private async Task RecordAsync(AuditRule rule, HttpContext http)
    {
        var (caller, note) = (http.Request.Caller(), http.AuditNote());
        if (KindOf(rule, caller, note, http) is { } kind && ScopeOf(caller, note, http.Request) is { } scope)
        {
            var now = time.GetUtcNow();
            var noted = new AuditEvent(
                scope,
                now,
                kind,
                rule.Function,
                note?.By ?? caller.Id,
                note?.Person ?? PersonOf(rule, caller, http.Request),
                note?.Session ?? (SessionId.TryParse(Named(http.Request, "session"), out var session) ? session.ToString() : null),
                note?.About ?? AboutOf(http.Request),
                ClientNetwork.Of(http.Request),
                kind == AuditKind.Refused ? "refused" : AuditEvent.Done,
                Activity.Current?.TraceId.ToString())
            {
                Row = AuditTable.NewRow(now),
            };

            try
            {
                // Whoever has left meanwhile has acted all the same.
                await table.InsertAsync(OfEach(noted, note), CancellationToken.None);
            }
            catch (Exception e) when (OutOfReach.Is(e))
            {
                // What is not written is not answered as done, and lets nobody in.
                NotWritten(logger, rule.Function, Faults.TypesOf(e));
                http.Response.Headers.Remove("Set-Cookie");
                http.Response.Headers.RetryAfter = "5";
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
        }
    }

    private static IReadOnlyList<AuditEvent> OfEach(AuditEvent noted, AuditNote? note) =>
        note is { Everybody: { Count: > 0 } everybody }
            ? [.. everybody.Select(a => noted with { Person = a.Key, Row = AuditTable.NewRow(noted.At) })]
            : [noted];

    private static AuditKind? KindOf(AuditRule rule, Caller caller, AuditNote? note, HttpContext http)
    {
        // A page that is refused leads to the sign-in page: that is no success.
        if (http.Features.Get<RefusedCall>() is { Kind: var refused })
        {
            return caller.IsKnown && refused is RefusalKind.Forbidden or RefusalKind.NotFound ? AuditKind.Refused : null;
        }

        return http.Response.StatusCode switch
        {
            < 400 => note?.Kind ?? rule.Kind,
            StatusCodes.Status403Forbidden when caller.IsKnown => AuditKind.Refused,
            var status when IsWrongProof(rule.Kind, status, caller.IsKnown) && http.Features.Get<UnreadBody>() is null => AuditKind.Refused,
            _ => null,
        };
    }

    // Of who one is: a password, a code, a passkey, what a provider says. What is only written wrongly is none where nobody is known.
    private static bool IsWrongProof(AuditKind? kind, int status, bool isKnown) => (kind, status) switch
    {
        (AuditKind.SignIn, StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status409Conflict) => true,
        (AuditKind.Password, StatusCodes.Status401Unauthorized) => true,
        (AuditKind.SignIn or AuditKind.Factor or AuditKind.Password, StatusCodes.Status400BadRequest or StatusCodes.Status409Conflict) =>
            isKnown,
        _ => false,
    };

    // What somebody tries elsewhere stands in the journal of those who know them.
    private static string? ScopeOf(Caller caller, AuditNote? note, HttpRequest request) =>
        note?.Organisation.Value
        ?? caller.Organisation?.Value
        ?? (caller.Region is { } region ? $"region:{region}"
            : HolderOf(request) is { } holder ? holder.Value
            : caller.Kind == Callers.Operator ? "operator"
            : null);

    private static OrganisationId? HolderOf(HttpRequest request) =>
        OrganisationId.TryParseHolder(Named(request, "org"), out var holder) ? holder
        : RegionCode.TryParse(Named(request, "region"), out var region) ? OrganisationId.OfRegion(region)
        : null;

    private static string? PersonOf(AuditRule rule, Caller caller, HttpRequest request) =>
        Whom(request)?.Key ?? (rule.OfCaller || rule.Kind == AuditKind.SignOut ? caller.Account?.Key : null);

    // Only what names somebody: an address holds whatever a caller writes into it.
    private static AccountId? Whom(HttpRequest request) =>
        AccountId.TryParseKey(Named(request, "account"), out var account) ? account
        : Reference.TryParseKey(Named(request, "learner"), out var learner) ? new AccountId(AccountKind.Learner, learner)
        : Reference.TryParseKey(Named(request, "trainer"), out var trainer) ? new AccountId(AccountKind.Trainer, trainer)
        : null;

    private static string? AboutOf(HttpRequest request)
    {
        var named = request.RouteValues.Where(v => !Unsaid.Contains(v.Key)).Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal);
        return string.Join(' ', named) is { Length: > 0 } text ? text[..Math.Min(text.Length, 200)] : null;
    }

    private static string? Named(HttpRequest request, string name) => request.RouteText(name) is { Length: > 0 } text ? text : null;

    [LoggerMessage(1, LogLevel.Error, "The audit of {Function} could not be written: {ExceptionTypes}")]
    private static partial void NotWritten(ILogger logger, string function, string exceptionTypes);
}
