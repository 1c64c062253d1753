using System.Security.Cryptography;
using System.Text;
using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Sources;

/// <param name="Kind"><c>sheet</c>, <c>calendar</c> or <c>file</c>.</param>
/// <param name="Address">As it stands in the browser.</param>
public sealed record SourceBody(string Kind, string Name, string Address);

/// <param name="Kind"><c>sheet</c>, <c>calendar</c> or <c>file</c>.</param>
/// <param name="Address">As it stands in the browser.</param>
public sealed record SourceTrialBody(string Kind, string Address);

/// <summary>What is to change; what is left out stays.</summary>
public sealed record SourcePatch(string? Name = null, string? Address = null, bool? Paused = null);

/// <summary>Makes and changes sources. An address is tried before it is saved: one that gives nothing is refused with the reason.</summary>
public sealed class SaveSource(PlanningSourcesTable sources, TrySource trial, TimeProvider time)
{
    private const int MaxName = 100;

    /// <returns>The source, or the first one of the same address; or why it cannot be.</returns>
    public async Task<Result<Stored<PlanningSource>>> CreateAsync(
        Organisation organisation, SourceBody body, string by, CancellationToken cancellation)
    {
        if (!TryKind(body.Kind, out var kind))
        {
            return SourceRefusals.KindInvalid;
        }

        if (PlainText.Within(body.Name, MaxName) is not { } name)
        {
            return SourceRefusals.NameInvalid;
        }

        if ((await sources.ListAsync(organisation.Id, cancellation)).Count >= SourceRefusals.MaxSources)
        {
            return SourceRefusals.TooMany;
        }

        var tried = await trial.RunAsync(organisation, kind, body.Address, null, cancellation);
        if (!tried.IsOk)
        {
            return tried.Refusal;
        }

        var address = SourceAddress.Download(kind, body.Address)!;
        var source = new PlanningSource(
            IdOf(kind, address), kind, name, address, address.Host, false, by, time.GetUtcNow(), SourceOutcome.None);
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

        if (patch.Address is not null)
        {
            var tried = await trial.RunAsync(organisation, source.Kind, patch.Address, source.Id, cancellation);
            if (!tried.IsOk)
            {
                return tried.Refusal;
            }

            var address = SourceAddress.Download(source.Kind, patch.Address)!;
            source = source with { Address = address, Host = address.Host };
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

    internal static bool TryKind(string? text, out SourceKind kind)
    {
        (var known, kind) = text switch
        {
            "sheet" => (true, SourceKind.Sheet),
            "calendar" => (true, SourceKind.Calendar),
            "file" => (true, SourceKind.File),
            _ => (false, default),
        };
        return known;
    }

    // The same address is the same source, so that a call that is repeated makes no second one.
    private static string IdOf(SourceKind kind, Uri address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {address.AbsoluteUri}")).AsSpan(0, 4));
}
