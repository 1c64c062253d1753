using System.Text;
using System.Text.Json;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.Accounts.Recovery;
using Emargement.Functions.People;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts;

/// <summary>Asks the function for a new password, without the host around it and without the run that follows.</summary>
internal sealed class AskingForm(IServiceProvider services)
{
    /// <returns>The whole answer as text.</returns>
    public async Task<string> AskAsync(string organisation, string login, DurableTaskClient client, CancellationToken cancellation)
    {
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.RouteValues["org"] = organisation;
        http.Request.Method = HttpMethods.Post;
        http.Request.ContentType = "application/json";
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { login })));
        var body = new MemoryStream();
        http.Response.Body = body;
        var functions = new RecoveryFunctions(
            services.GetRequiredService<OrganisationSettings>(), services.GetRequiredService<AskRecovery>());
        await (await functions.Ask(http.Request, client, cancellation)).ExecuteAsync(http);
        return $"{http.Response.StatusCode} {string.Join(' ', http.Response.Headers)} {Encoding.UTF8.GetString(body.ToArray())}";
    }
}

/// <summary>A client that notes what it should start.</summary>
internal sealed class StartsNothing() : DurableTaskClient("nothing")
{
    public List<string> Started { get; } = [];

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        Started.Add(options!.InstanceId!);
        return Task.FromResult(options.InstanceId!);
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
