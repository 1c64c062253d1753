using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Signing.AccessCodes;

/// <summary>Codes on paper for the learners of a Session, who forgot their passwords and cannot be written to.</summary>
public sealed class SessionCodeFunctions(PrintSessionCodes print, PublicAddress address)
{
    /// <summary>Codes on paper with which learners choose a new password, for one or for all of a half-day.</summary>
    [Function("PrintSessionCodes")]
    [Access(Callers.Trainer | Callers.Manager, PerMinute = 20)]
    [Audit(AuditKind.Password)]
    public Task<IResult> Print(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/recovery-codes")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            SessionRoute.Of(request),
            (Route<SessionId> session, PrintSessionCodesBody body) => print.RunAsync(session, body, request.Caller(), cancellation),
            codes =>
            {
                request.HttpContext.NoteEverybody(codes.Organisation.Id, [.. codes.Codes.Select(c => c.Account)]);
                return RecoveryCodeFunctions.ToFile(codes, address.Of(request));
            },
            cancellation);
}
