using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Placements.Tutors;

/// <summary>What a tutor's link opens.</summary>
public sealed record TutorScene(PlacementFile File, TutorPeriod Tutor)
{
    /// <summary>The same tutor's view after something was added to the placement, or why nothing was.</summary>
    public Result<TutorScene> With(Result<PlacementFile> added) => added.IsOk ? this with { File = added.Value } : added.Refusal;

    /// <summary>Whether the tutor answers for days of a period: the documents of the others are not theirs to read. A period that the terms
    /// no longer know was everybody's.</summary>
    public bool AnswersFor(string period) =>
        File.Period(period) is not { } known || File.Calendar.Sections(known).Any(s => s.Tutor.Key == Tutor.Key);
}

/// <summary>A tutor has no account: a link, sent to the address that the organisation gave, opens the days that are theirs. It is bound to
/// that address and to the number of revocations, so that changing the one or adding to the other kills the links sent before.</summary>
public sealed class TutorAccess(ILinks links, PlacementFiles files, IOptions<PlacementOptions> options, TimeProvider time)
{
    private const string Revoked = "revoked";

    public Task<string> MintAsync(PlacementFile file, TutorPeriod tutor, CancellationToken cancellation)
    {
        var bound = new Dictionary<string, string>
        {
            ["placement"] = file.Id.Value,
            ["tutor"] = tutor.Key,
            ["address"] = Hash(tutor),
            [Revoked] = Revocations(file, tutor),
        };
        return links.MintAsync(
            LinkPurpose.Tutor, file.Organisation.Id, bound, time.GetUtcNow().AddDays(options.Value.LinkDays), cancellation);
    }

    /// <summary>Opens a link; nothing changes by it.</summary>
    /// <param name="expired">Whether an expired link is good enough: to ask for a new one.</param>
    /// <returns>The tutor's view, or <c>link-unknown</c>, <c>link-expired</c> or <c>link-revoked</c>.</returns>
    public async Task<Result<TutorScene>> OpenAsync(
        string secret, CancellationToken cancellation, bool expired = false, bool withDrawings = false)
    {
        if (await links.ResolveAsync(secret, LinkPurpose.Tutor, cancellation) is not { } link
            || !PlacementId.TryParse(link.Bound["placement"], out var placement))
        {
            return Refusal.NotFound("link-unknown");
        }

        var file = await files.ReadAsync(link.Organisation, placement, cancellation, withDrawings);
        if (!file.IsOk)
        {
            return file.Refusal;
        }

        var tutor = file.Value.State.Placement.Terms.Tutors.FirstOrDefault(t => t.Key == link.Bound["tutor"]);
        return link.State == LinkState.Revoked
            || tutor is null
            || Hash(tutor) != link.Bound["address"]
            || Revocations(file.Value, tutor) != link.Bound.GetValueOrDefault(Revoked, "0")
            ? Refusal.Of("link-revoked", RefusalKind.Gone)
            : link.State == LinkState.Expired && !expired ? Refusal.Of("link-expired", RefusalKind.Gone)
            : new TutorScene(file.Value, tutor);
    }

    /// <summary>Opens a link for the document of a period.</summary>
    /// <returns>The placement, or what opening refuses, or <c>document-unknown</c> when the tutor does not answer for that
    /// period.</returns>
    public async Task<Result<PlacementFile>> OpenPeriodAsync(
        string secret, string period, CancellationToken cancellation, bool withDrawings = false)
    {
        var scene = await OpenAsync(secret, cancellation, withDrawings: withDrawings);
        return !scene.IsOk ? scene.Refusal
            : scene.Value.AnswersFor(period) ? scene.Value.File
            : Refusal.NotFound("document-unknown");
    }

    private static string Revocations(PlacementFile file, TutorPeriod tutor) =>
        file.State.Revocations(tutor.Key).ToString(CultureInfo.InvariantCulture);

    private static string Hash(TutorPeriod tutor) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tutor.Email?.Value ?? string.Empty)).AsSpan(0, 16));
}
