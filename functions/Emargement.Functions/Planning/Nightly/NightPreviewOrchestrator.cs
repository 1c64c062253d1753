using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>Looks at what an organisation's next night would do, when files for it came by themselves.</summary>
public static class NightPreviewOrchestrator
{
    public const string Name = "LookAtNight";

    public static string InstanceId(string organisation) => $"preview-{organisation}";

    [Function(Name)]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync(
            NightPreviewActivity.Name,
            context.GetInput<string>(),
            TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(2), backoffCoefficient: 2)));
}
