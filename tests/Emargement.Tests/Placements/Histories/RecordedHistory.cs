using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.History;
using Emargement.LocalHost.Orchestration;
using Emargement.Tests.House;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Emargement.Tests.Placements.Histories;

/// <summary>What the engine keeps of a run, as its client gives it: a list of events as JSON. A replay reads nothing else.</summary>
internal sealed class RecordedHistory
{
    private static readonly JsonSerializer Events = JsonSerializer.Create(
        new JsonSerializerSettings { ConstructorHandling = ConstructorHandling.AllowNonPublicDefaultConstructor });

    private readonly JArray _events;

    private RecordedHistory(JArray events) => _events = events;

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Emargement.Tests", "Placements", "Histories");

    /// <summary>What happened, without what differs from one run to the next: <c>TaskScheduled DecidePlacement</c>.</summary>
    public IReadOnlyList<string> Shape => [.. _events.Select(e => $"{KindOf(e)} {e["Name"]}".TrimEnd())];

    public static RecordedHistory Read(string file) => new(JArray.Parse(File.ReadAllText(file)));

    public static async Task<RecordedHistory> OfAsync(IServiceProvider services, string instance)
    {
        var engine = services.GetRequiredService<TaskHub>().Client;
        var state = (await engine.GetOrchestrationStateAsync(instance, allExecutions: false)).Single();
        var events = JArray.Parse(await engine.GetOrchestrationHistoryAsync(instance, state.OrchestrationInstance.ExecutionId));

        // Where a fault was on one machine says nothing on another.
        foreach (var trace in events.SelectTokens("$..StackTrace").ToList())
        {
            trace.Replace(JValue.CreateNull());
        }

        return new RecordedHistory(events);
    }

    public void Write(string file) => File.WriteAllText(file, _events.ToString(Formatting.Indented) + "\n");

    /// <summary>Runs an orchestrator over the whole history, as the engine would at its next event.</summary>
    public OrchestratorExecutionResult Replay(TaskOrchestration orchestrator)
    {
        var state = new OrchestrationRuntimeState([.. _events.Select(Event)]);
        var executor = new TaskOrchestrationExecutor(
            state, orchestrator, BehaviorOnContinueAsNew.Carryover, ErrorPropagationMode.UseFailureDetails);
        return executor.Execute();
    }

    private static EventType KindOf(JToken happened) => (EventType)happened.Value<int>("EventType");

    private static HistoryEvent Event(JToken happened)
    {
        var type = typeof(HistoryEvent).Assembly.GetType($"{typeof(HistoryEvent).Namespace}.{KindOf(happened)}Event", throwOnError: true)!;
        return (HistoryEvent)happened.ToObject(type, Events)!;
    }
}
