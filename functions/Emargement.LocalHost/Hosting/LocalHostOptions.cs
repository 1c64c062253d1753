using Microsoft.Extensions.DependencyInjection;

namespace Emargement.LocalHost.Hosting;

/// <summary>How to run a function app on this machine.</summary>
public sealed record LocalHostOptions
{
    public FunctionApp App { get; init; } = FunctionApp.Emargement;

    /// <summary>Address to listen on; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>Settings over those of the environment, for example <c>Storage:ConnectionString</c> and <c>Storage:Prefix</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>The clock of the app, of its timers and of its orchestrations.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Replaces services after the app has registered its own.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }

    /// <summary>False leaves timers to be run by name only, so that a test decides when.</summary>
    public bool RunTimers { get; init; } = true;

    /// <summary>Shows at /dev/mailbox the mails that the app keeps when it has nobody to hand them to, and at /dev/authenticator the code
    /// of the demonstration's manager.</summary>
    public bool ShowMailbox { get; init; }

    /// <summary>Writes the app's log to the console.</summary>
    public bool LogToConsole { get; init; }
}
