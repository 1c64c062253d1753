using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Journal;

/// <param name="At">UTC.</param>
/// <param name="Kind">What sort of act.</param>
/// <param name="Act">The function that was called, or the fact that was stated.</param>
/// <param name="By">Who acted; empty when nobody known did.</param>
/// <param name="Person">Key of the account concerned.</param>
/// <param name="About">What else the address named.</param>
/// <param name="Outcome"><c>done</c> or <c>refused</c>.</param>
public sealed record JournalEntry(
    DateTimeOffset At,
    AuditKind Kind,
    string Act,
    string By,
    string? Person,
    string? Session,
    string? About,
    string Network,
    string Outcome,
    string? Trace)
{
    public static JournalEntry Of(AuditEvent e) => new(
        e.At, e.Kind, e.What, e.By, e.Person, e.Session, e.About, e.Network, e.Outcome, e.Trace);
}

public sealed record JournalEntries(IReadOnlyList<JournalEntry> Items, string? Continuation);

/// <summary>Who did what to whom, for those who answer for the organisation. Reading it stands in it.</summary>
public sealed class JournalFunctions(ReadJournal read, JournalQuestions questions)
{
    private const string Address = "api/organisations/{org}/audit";

    /// <summary>The organisation's audit by pages, the latest first: all of it, or of one person, session or actor.</summary>
    [Function("ListAudit")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Journal)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await questions.OfAsync(request, Ask(request), cancellation),
            async asked => Result<JournalPart>.FromT(await read.RunAsync(asked.Organisation, asked.Query, cancellation)),
            page => ApiJson.Ok(new JournalEntries([.. page.Items.Select(JournalEntry.Of)], page.Continuation)));

    /// <summary>The same as a table for a spreadsheet, all pages in one file.</summary>
    [Function("DownloadAudit")]
    [Access(Callers.Manager, PerMinute = 10)]
    [Audit(AuditKind.Journal)]
    public async Task<IResult> Download(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address + ".csv")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await questions.OfAsync(request, Ask(request), cancellation),
            async asked => Result<byte[]>.FromT(JournalCsv.Write(
                (await read.RunAsync(asked.Organisation, asked.Query, cancellation, ReadJournal.MostRows)).Items, asked.Organisation)),
            file => Results.File(file, "text/csv; charset=utf-8", "journal.csv"));

    private static JournalAsk Ask(HttpRequest request) => new(
        request.Query["person"],
        request.Query["session"],
        request.Query["actor"],
        request.Query["from"],
        request.Query["to"],
        request.Query["continuation"]);
}
