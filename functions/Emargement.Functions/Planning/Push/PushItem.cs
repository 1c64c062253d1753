using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Planning.Push;

/// <summary>What is pushed, as the addresses name it.</summary>
public enum PushKind
{
    Trainings,
    Trainers,
    Learners,
    Enrolments,
    Sessions,
}

/// <summary>One thing that a system pushed.</summary>
/// <param name="Cancels">Whether it says of a slot that it no longer takes place.</param>
/// <param name="Content">Its members as they came, null ones left out.</param>
public sealed record PushItem(PushKind Kind, Reference Ref, long? Revision, bool Cancels, JsonObject Content)
{
    private static readonly string[] Own = ["ref", "revision"];

    /// <summary>Names what was pushed; the same hash is the same content and revision.</summary>
    public string Version { get; } = Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Kind} {Cancels} {Ref} {Content.ToJsonString()}")).AsSpan(0, 16));

    /// <summary>The columns that it fills, and what it puts there.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Cells => CellsOf(Content);

    /// <summary>The cells of each of its periods.</summary>
    public IEnumerable<IReadOnlyList<KeyValuePair<string, string>>> Periods =>
        (Content["periodes"] as JsonArray ?? []).OfType<JsonObject>().Select(CellsOf);

    /// <summary>Whether it enrols nobody for no time: a file has no row that would say so.</summary>
    public bool LacksPeriods => Kind == PushKind.Enrolments && !Periods.Any();

    /// <summary>What one address pushes.</summary>
    /// <returns>The thing, or <c>body-invalid</c> when its body names another.</returns>
    public static Result<PushItem> Of(IPushed body, Reference named) =>
        body.Ref is { } written && written != named ? Invalid("$.ref")
        : Of(body, named, KindOf(body));

    /// <summary>What a batch pushes, in the order in which it is read.</summary>
    /// <returns>The things, <c>body-invalid</c> when one has no reference, or <c>push-too-many</c>.</returns>
    public static Result<IReadOnlyList<PushItem>> Of(PushBatch batch)
    {
        var lists = new (string Name, IReadOnlyList<IPushed>? Items)[]
        {
            ("trainings", batch.Trainings), ("trainers", batch.Trainers), ("learners", batch.Learners), ("enrolments", batch.Enrolments),
            ("sessions", batch.Sessions), ("cancelled", batch.Cancelled),
        };
        if (lists.Sum(l => l.Items?.Count ?? 0) > PushRefusals.MaxItems)
        {
            return PushRefusals.TooMany;
        }

        var items = new List<PushItem>();
        foreach (var (name, list) in lists)
        {
            foreach (var (at, body) in (list ?? []).Index())
            {
                if (body.Ref is not { } reference)
                {
                    return Invalid($"$.{name}[{at}].ref");
                }

                items.Add(Of(body, reference, KindOf(body)));
            }
        }

        return items;
    }

    private static PushItem Of(IPushed body, Reference reference, PushKind kind)
    {
        var content = JsonSerializer.SerializeToNode(body, body.GetType(), ApiJson.Options)!.AsObject();
        content.Remove("ref");
        return new PushItem(kind, reference, body.Revision, body is CancelledPush, content);
    }

    private static PushKind KindOf(IPushed body) => body switch
    {
        PushedTraining => PushKind.Trainings,
        PushedTrainer => PushKind.Trainers,
        PushedLearner => PushKind.Learners,
        PushedEnrolment => PushKind.Enrolments,
        _ => PushKind.Sessions,
    };

    private static IReadOnlyList<KeyValuePair<string, string>> CellsOf(JsonObject content) =>
    [
        .. content.Where(m => m.Value is JsonValue && !Own.Contains(m.Key)).Select(
            m => KeyValuePair.Create(m.Key, m.Value!.GetValue<string>())),
    ];

    private static Refusal Invalid(string path) => Refusal.BadInput("body-invalid", ("path", path));
}
