using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Emargement.LocalHost.Orchestration.State;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Emargement.LocalHost.Orchestration.Replay;

/// <summary>What an orchestrator sees of its instance while its history is replayed. It changes nothing: it notes what is asked for.</summary>
internal sealed class ReplayContext(OrchestrationInstance instance, OrchestratorThread thread, ILoggerFactory loggers) : TaskOrchestrationContext
{
    private readonly Dictionary<int, Asked> _asked = [];
    private readonly Dictionary<int, OpenTask> _open = [];
    private int _nextId;
    private int _guids;

    public override TaskName Name => instance.Name;

    public override string InstanceId => instance.Id;

    public override ParentOrchestrationInstance? Parent => instance.Parent is { } parent ? new(parent.Name, parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => Now;

    public override bool IsReplaying => Replaying;

    protected override ILoggerFactory LoggerFactory => loggers;

    /// <summary>When the episode being replayed began, UTC.</summary>
    public DateTime Now { get; set; }

    public bool Replaying { get; set; }

    public string? CustomStatus { get; private set; } = instance.CustomStatus;

    public ContinueAsNewOptions? Next { get; private set; }

    public EventWaiters Events { get; } = new();

    /// <summary>Asked for in this run and not yet found in the history, in the order of asking.</summary>
    public IEnumerable<Asked> Unmatched => _asked.Values.OrderBy(a => a.Id);

    public bool WaitsForSomething => _open.Count > 0 || Events.Any;

    public override T? GetInput<T>()
        where T : default => JsonData.Instance.Deserialize<T>(instance.Input);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException("Task options were given as the activity's input: name the argument options.", nameof(input));
        }

        var text = JsonData.Instance.Serialize(input);
        return Retries.RunAsync(this, options?.Retry, () => Ask<TResult>(id => new ActivityAsked(id, name.Name, text), name.Name));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        var child = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        var text = JsonData.Instance.Serialize(input);
        return Retries.RunAsync(
            this, options?.Retry, () => Ask<TResult>(id => new ChildAsked(id, orchestratorName.Name, child, text), orchestratorName.Name));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        EnsureOwnThread();
        var source = new TaskCompletionSource();
        var asked = Note(id => new TimerAsked(id, fireAt.ToUniversalTime()));
        _open[asked.Id] = new OpenTask(_ => source.TrySetResult(), _ => { });
        cancellationToken.Register(() =>
        {
            _open.Remove(asked.Id);
            source.TrySetCanceled(cancellationToken);
        });
        return source.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        EnsureOwnThread();
        return Events.WaitAsync<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        EnsureOwnThread();
        Note(id => new SendAsked(id, instanceId, eventName, JsonData.Instance.Serialize(payload)));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        EnsureOwnThread();
        CustomStatus = JsonData.Instance.Serialize(customStatus);
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        EnsureOwnThread();
        Next = options;
    }

    /// <summary>The same identifiers at each replay: drawn from the instance, the episode's time and a counter.</summary>
    public override Guid NewGuid()
    {
        EnsureOwnThread();
        var name = string.Create(CultureInfo.InvariantCulture, $"{InstanceId}_{Now:O}_{_guids++}");
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x0FFF) | 0x8000));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Takes back the request that the history holds; false when this run has not made the same one.</summary>
    public bool Match(Asked recorded, out Asked? instead)
    {
        _asked.Remove(recorded.Id, out instead);
        return recorded.Equals(instead);
    }

    /// <summary>Gives an open task its outcome. One that is done, cancelled or unknown is left alone.</summary>
    public void Complete(HistoryEvent outcome)
    {
        switch (outcome)
        {
            case TaskCompleted completed when _open.Remove(completed.Id, out var task):
                task.Succeed(completed.Result);
                break;
            case TaskFailed failed when _open.Remove(failed.Id, out var task):
                task.Fail(failed.Failure);
                break;
            case TimerFired fired when _open.Remove(fired.Id, out var task):
                task.Succeed(null);
                break;
        }
    }

    private Task<TResult> Ask<TResult>(Func<int, Asked> request, string taskName)
    {
        EnsureOwnThread();
        var source = new TaskCompletionSource<TResult>();
        var id = Note(request).Id;
        _open[id] = new OpenTask(
            result => Outcome.Give(source, result),
            failure => source.TrySetException(new TaskFailedException(taskName, id, failure.ToDetails())));
        return source.Task;
    }

    private Asked Note(Func<int, Asked> request)
    {
        var asked = request(_nextId++);
        return _asked[asked.Id] = asked;
    }

    private void EnsureOwnThread()
    {
        if (!thread.IsCurrent)
        {
            throw new InvalidOperationException(
                "The orchestration's context was used from another thread: an orchestrator awaits only the durable tasks that its context gives.");
        }
    }

    private sealed record OpenTask(Action<string?> Succeed, Action<Failure> Fail);
}
