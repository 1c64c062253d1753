using System.Collections.Frozen;
using System.Diagnostics;
using System.Net;
using OpenTelemetry;

namespace Emargement.Functions.Platform.Telemetry;

/// <summary>
/// Takes from every span, before it leaves, all that is not known to hold no personal data:
/// addresses hold secrets of links and keys of rows, and so do the messages of exceptions. A call
/// of the storage is told by its operation and by its table or container.
/// </summary>
internal sealed class SpanCleaner : BaseProcessor<Activity>
{
    /// <summary>Spans of the libraries for Azure, and of the HTTP calls that they make.</summary>
    internal const string AzureSources = "Azure.";
    private const string AzureHttp = "Azure.Core.Http";
    private const string WorkerSource = "Microsoft.Azure.Functions.Worker";
    private const string Address = "url.full";
    private const string Status = "http.response.status_code";
    private const string Place = "db.collection.name";

    private static readonly FrozenSet<string> Kept = new[]
    {
        TelemetryMiddleware.FunctionTag, "faas.trigger", "http.request.method", "http.route", Status, "error.type", "az.namespace", Place,
        "durabletask.type", "durabletask.task.name", "durabletask.task.instance_id", "durabletask.task.status",
    }.ToFrozenSet(StringComparer.Ordinal);

    // What the exporter's own sampler counts by.
    private static readonly string[] KeptPrefixes = ["microsoft.sample", "_MS."];

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == AzureHttp && IsOfAzure(data.Parent))
        {
            TellCallers(data);
            Drop(data);
        }
        else if (data.Source.Name == WorkerSource || data.Events.Any() || IsOutsideOfAnyCall(data))
        {
            // The worker's own span of a call repeats ours, with the messages of exceptions; an event cannot be cleaned.
            Drop(data);
        }
        else
        {
            Clean(data);
        }
    }

    // The operation is one span; of the HTTP calls it makes, retries included, it keeps the last status and the place.
    private static void TellCallers(Activity http)
    {
        var place = http.GetTagItem("az.namespace") is "Microsoft.Tables" or "Microsoft.Storage"
            ? PlaceOf(http.GetTagItem(Address) as string)
            : null;
        for (var caller = http.Parent; IsOfAzure(caller); caller = caller.Parent)
        {
            caller!.SetTag(Status, http.GetTagItem(Status));
            if (place is not null)
            {
                caller.SetTag(Place, place);
            }
        }
    }

    /// <summary>
    /// The table or container of an address of the storage: the first part of its path
    /// without keys, after the account's where the host does not name it.
    /// </summary>
    internal static string? PlaceOf(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            return null;
        }

        var hostNamesAccount = !uri.IsLoopback && !IPAddress.TryParse(uri.Host, out _);
        var parts = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(hostNamesAccount ? 0 : 1);
        return parts.FirstOrDefault()?.Split('(')[0];
    }

    private static bool IsOutsideOfAnyCall(Activity span)
    {
        var top = span;
        while (IsOfAzure(top.Parent))
        {
            top = top.Parent!;
        }

        return IsOfAzure(top) && top.ParentSpanId == default;
    }

    private static bool IsOfAzure([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] Activity? span) =>
        span?.Source.Name.StartsWith(AzureSources, StringComparison.Ordinal) == true;

    private static void Drop(Activity span) => span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;

    private static void Clean(Activity span)
    {
        foreach (var (name, _) in span.TagObjects.ToList())
        {
            if (!Kept.Contains(name) && !Array.Exists(KeptPrefixes, p => name.StartsWith(p, StringComparison.Ordinal)))
            {
                span.SetTag(name, null);
            }
        }

        // Without its description, which is the text of an exception.
        span.SetStatus(span.Status);
    }
}
