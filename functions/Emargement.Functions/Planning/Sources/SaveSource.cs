using System.Security.Cryptography;
using System.Text;
using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Sources;

/// <param name="Kind"><c>sheet</c>, <c>calendar</c>, <c>file</c> or <c>ypareo</c>.</param>
/// <param name="Address">As it stands in the browser; of YPAREO, what precedes <c>/r/v1</c>.</param>
/// <param name="Ypareo">For YPAREO alone.</param>
public sealed record SourceBody(string Kind, string Name, string Address, YpareoAccess? Ypareo = null);

/// <param name="Kind"><c>sheet</c>, <c>calendar</c>, <c>file</c> or <c>ypareo</c>.</param>
/// <param name="Address">As it stands in the browser; of YPAREO, what precedes <c>/r/v1</c>.</param>
/// <param name="Ypareo">For YPAREO alone.</param>
public sealed record SourceTrialBody(string Kind, string Address, YpareoAccess? Ypareo = null);

/// <summary>What is to change; what is left out stays.</summary>
/// <param name="Ypareo">All of it, the secret too; for YPAREO alone.</param>
public sealed record SourcePatch(string? Name = null, string? Address = null, bool? Paused = null, YpareoAccess? Ypareo = null);

/// <summary>Makes and changes sources. An address is tried before it is saved: one that gives nothing is refused with the reason.</summary>
public sealed class SaveSource(PlanningSourcesTable sources, TrySource trial, TimeProvider time)
{
    private const int MaxName = 100;

    /// <returns>The source, or the first one of the same address; or why it cannot be.</returns>
    public async Task<Result<Stored<PlanningSource>>> CreateAsync(
        Organisation organisation, SourceBody body, string by, CancellationToken cancellation)
    {
        var target = SourceTarget.Of(body.Kind, body.Address, body.Ypareo);
        if (target.Refusal == SourceRefusals.KindInvalid)
        {
            return target.Refusal!;
        }

        if (PlainText.Within(body.Name, MaxName) is not { } name)
        {
            return SourceRefusals.NameInvalid;
        }

        if ((await sources.ListAsync(organisation.Id, cancellation)).Count >= SourceRefusals.MaxSources)
        {
            return SourceRefusals.TooMany;
        }

        var tried = await trial.RunAsync(organisation, target, null, cancellation);
        if (!tried.IsOk)
        {
            return tried.Refusal;
        }

        var (kind, address, ypareo) = target.Value!;
        var source = new PlanningSource(
            IdOf(target.Value!), kind, name, address, address.Host, false, by, time.GetUtcNow(), SourceOutcome.None, ypareo);
        return await sources.TryInsertAsync(organisation.Id, source, cancellation)
            ? (await sources.FindAsync(organisation.Id, source.Id, cancellation))!
            : SourceRefusals.Exists;
    }

    /// <param name="read">The ETag that the caller read.</param>
    /// <returns>The source as it is now; <c>source-changed</c> when somebody was faster.</returns>
    public async Task<Result<Stored<PlanningSource>>> ChangeAsync(
        Organisation organisation, string id, SourcePatch patch, ETag read, CancellationToken cancellation)
    {
        var found = await sources.GetAsync(organisation.Id, id, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        if (found.Value.ETag != read)
        {
            return SourceRefusals.Changed;
        }

        var source = found.Value.Value;
        var name = patch.Name is null ? source.Name : PlainText.Within(patch.Name, MaxName);
        if (name is null)
        {
            return SourceRefusals.NameInvalid;
        }

        if (patch.Address is not null || patch.Ypareo is not null)
        {
            var target = SourceTarget.Of(
                source.Kind, patch.Address ?? source.Address?.AbsoluteUri, patch.Ypareo ?? source.Ypareo);
            var tried = await trial.RunAsync(organisation, target, source.Id, cancellation);
            if (!tried.IsOk)
            {
                return tried.Refusal;
            }

            var (_, address, ypareo) = target.Value!;
            source = source with { Address = address, Host = address.Host, Ypareo = ypareo };
        }

        var changed = source with { Name = name, Paused = patch.Paused ?? source.Paused };
        return await sources.ReplaceAsync(organisation.Id, changed, read, cancellation) is { } now
            ? new Stored<PlanningSource>(changed, now)
            : SourceRefusals.Changed;
    }

    /// <summary>Its Sessions stay; nothing cancels them any more but a file or a source that names them.</summary>
    public async Task<Result<bool>> DeleteAsync(OrganisationId organisation, string id, ETag read, CancellationToken cancellation)
    {
        var found = await sources.GetAsync(organisation, id, cancellation);
        return !found.IsOk ? found.Refusal
            : found.Value.ETag == read && await sources.TryDeleteAsync(organisation, id, read, cancellation) ? true
            : SourceRefusals.Changed;
    }

    // The same address is the same source, so that a call that is repeated makes no second one; of YPAREO's trainings each is one.
    private static string IdOf(SourceTarget target) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{target.Kind} {target.Address.AbsoluteUri}{Part(target.Ypareo)}")).AsSpan(0, 4));

    private static string Part(YpareoAccess? ypareo) => ypareo is null ? "" : $" {ypareo.Training} {ypareo.Groups}";
}
