using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;

namespace Emargement.Functions.Absences;

/// <summary>Adds a document to an undecided absence: a PDF that does nothing, or a picture.</summary>
public sealed class AttachDocument(AbsencesTable absences, Justifications documents, TimeProvider time)
{
    /// <summary>Bytes of a document at most.</summary>
    public const int MaxBytes = ScanType.MaxBytes;

    /// <returns>The absence with it; or <c>absence-not-found</c>, also for a learner whose it is not, <c>absence-decided</c>,
    /// <c>document-invalid</c>, <c>too-many-documents</c>.</returns>
    public async Task<Result<Absence>> RunAsync(
        Route<AbsenceId> route, ReadOnlyMemory<byte> document, Caller caller, CancellationToken cancellation)
    {
        var type = ScanType.Read(document.Span);
        if (!type.IsOk)
        {
            return Refusal.BadInput("document-invalid");
        }

        // Stored before the row speaks of it: a row never names what is not there.
        var (sha256, isStored) = (Justifications.Sha256Of(document), false);
        while (true)
        {
            var read = await absences.FindAsync(route.Organisation, route.Id, cancellation);
            if (Refused(read?.Value, caller, sha256) is { } refusal)
            {
                if (isStored)
                {
                    await documents.DeleteAsync(route.Organisation, route.Id, sha256, cancellation);
                }

                return refusal;
            }

            if (read!.Value.Files.Any(f => f.Sha256 == sha256))
            {
                return read.Value;
            }

            if (!isStored)
            {
                await documents.StoreAsync(route.Organisation, route.Id, document, cancellation);
                isStored = true;
            }

            var file = new AbsenceFile(read.Value.Files.Count + 1, type.Value, sha256, time.GetUtcNow());
            var changed = read.Value with { Files = [.. read.Value.Files, file] };
            if (await absences.TryReplaceAsync(route.Organisation, read, changed, cancellation))
            {
                return changed;
            }
        }
    }

    private static Refusal? Refused(Absence? absence, Caller caller, string sha256) =>
        absence is null || !AbsenceStaff.MaySee(caller, absence) ? Refusal.NotFound("absence-not-found")
        : absence.Files.Any(f => f.Sha256 == sha256) ? null
        : absence.Outcome is not null ? Refusal.Conflict("absence-decided")
        : absence.Files.Count >= Absence.MostFiles ? Refusal.Conflict("too-many-documents")
        : null;
}

/// <summary>Who may see an absence: the one rule of pages and acts.</summary>
internal static class AbsenceStaff
{
    public static bool MaySee(Caller caller, Absence absence) =>
        caller.Kind == Callers.Manager || (caller.Kind == Callers.Learner && caller.Person == absence.Learner);
}
