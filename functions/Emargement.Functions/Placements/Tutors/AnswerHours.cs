using Emargement.Domain.Placements;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;
using Emargement.Domain.Signing;
using Emargement.Functions.Placements.Workflow;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Tutors;

/// <param name="Seen">For each week, how many statements the page showed, so that nothing is signed unseen.</param>
/// <param name="Weeks">Null for all.</param>
/// <param name="Decided">For days that the learner maintained, the minutes that the tutor decides.</param>
/// <param name="Drawing">SVG path of the tutor's signature; this or a typed name.</param>
public sealed record ValidateRequest(
    IReadOnlyDictionary<string, int> Seen,
    IReadOnlyList<IsoWeek>? Weeks = null,
    IReadOnlyList<DayMinutes>? Decided = null,
    string? Drawing = null,
    string? TypedName = null);

public sealed record DisagreeRequest(IReadOnlyDictionary<string, int> Seen, IReadOnlyList<Disagreement> Days);

/// <summary>What a tutor answers through their link: validates and signs, disagrees, or asks for a new link.</summary>
public sealed class AnswerHours(TutorAccess access, PlacementFiles files, PlacementWaker waker, OfficePlacement office, TimeProvider time)
{
    public async Task<Result<TutorScene>> ValidateAsync(string secret, ValidateRequest request, string network, DurableTaskClient client, CancellationToken cancellation)
    {
        var mark = SignatureMark.Parse(request.Drawing, request.TypedName, wanted: true);
        if (!mark.IsOk)
        {
            return mark.Refusal;
        }

        var decided = request.Decided?.DistinctBy(d => d.Date).ToDictionary(d => d.Date, d => d.Minutes) ?? [];
        var signature = new FactSignature(mark.Value.Drawing?.Sha256, mark.Value.TypedName, network);
        return await AddAsync(
            secret,
            scene => TutorStatements.Validate(scene.File.State, scene.Tutor, request.Weeks, Seen(request.Seen), decided, signature, time.GetUtcNow()),
            mark.Value.Drawing?.Path,
            client,
            cancellation);
    }

    public Task<Result<TutorScene>> DisagreeAsync(string secret, DisagreeRequest request, string network, DurableTaskClient client, CancellationToken cancellation) =>
        AddAsync(
            secret,
            scene => TutorStatements.Disagree(scene.File.State, scene.Tutor, request.Days, Seen(request.Seen), network, time.GetUtcNow()),
            null,
            client,
            cancellation);

    /// <summary>Sends a new link, to the address that the placement holds and no other.</summary>
    public async Task<Result<bool>> RenewAsync(string secret, DurableTaskClient client, CancellationToken cancellation)
    {
        var scene = await access.OpenAsync(secret, cancellation, expired: true);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        var route = new PlacementRoute(scene.Value.File.Organisation.Id, scene.Value.File.Id);
        var sent = await office.ResendAsync(route, scene.Value.Tutor.Key, null, TutorStatements.By(scene.Value.Tutor), client, cancellation);
        return sent.IsOk ? true : sent.Refusal;
    }

    private async Task<Result<TutorScene>> AddAsync(
        string secret, Func<TutorScene, Result<IReadOnlyList<WeekFact>>> state, string? drawing, DurableTaskClient client, CancellationToken cancellation)
    {
        var scene = await access.OpenAsync(secret, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        var facts = state(scene.Value);
        if (!facts.IsOk)
        {
            return facts.Refusal;
        }

        // One drawing signs all the weeks: the first fact holds it, and each names its hash.
        var added = await files.AddAsync(scene.Value.File, [.. facts.Value.Select((f, i) => new NewPlacementFact(f, i == 0 ? drawing : null))], cancellation);
        if (!added.IsOk)
        {
            return added.Refusal;
        }

        await waker.WakeAsync(client, scene.Value.File.Organisation.Id, scene.Value.File.Id, cancellation);
        return await access.OpenAsync(secret, cancellation);
    }

    private static Dictionary<IsoWeek, int> Seen(IReadOnlyDictionary<string, int> seen) =>
        seen.Where(s => IsoWeek.TryParse(s.Key, out _)).ToDictionary(s => IsoWeek.TryParse(s.Key, out var week) ? week : default, s => s.Value);
}
