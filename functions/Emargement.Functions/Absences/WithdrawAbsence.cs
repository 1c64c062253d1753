using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Absences;

/// <summary>Takes back an absence that nobody has decided.</summary>
public sealed class WithdrawAbsence(AbsencesTable absences, MonthMarksTable marks, TimeProvider time)
{
    /// <returns>It withdrawn, also when it was; or <c>absence-not-found</c>, <c>absence-decided</c>.</returns>
    public async Task<Result<Absence>> RunAsync(Route<AbsenceId> route, Caller caller, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await absences.FindAsync(route.Organisation, route.Id, cancellation);
            if (read is null || !AbsenceStaff.MaySee(caller, read.Value))
            {
                return Refusal.NotFound("absence-not-found");
            }

            var withdrawn = AbsenceRules.Withdraw(read.Value, time.GetUtcNow());
            if (!withdrawn.IsOk || await absences.TryReplaceAsync(route.Organisation, read, withdrawn.Value, cancellation))
            {
                foreach (var month in read.Value.Span.Months)
                {
                    await marks.MarkAsync(route.Organisation, month, cancellation);
                }

                return withdrawn;
            }
        }
    }
}
