using Emargement.LocalHost.Demo;
using Emargement.LocalHost.Hosting;
using Emargement.LocalHost.Storage;
using Microsoft.Extensions.Options;

if (CommandLine.Parse(args) is not { } line)
{
    Console.Error.WriteLine(CommandLine.Usage);
    return 2;
}

var configured = LocalSettings.Read();
var hasStorage = configured.HasStorage || line.Archive?.NamesStorage == true;
using var storage = hasStorage ? null : LocalStorage.Start();
if (storage is null && !hasStorage)
{
    Console.Error.WriteLine($"{Checkout.DataFolder} is in use: stop the other run of this checkout first.");
    return 1;
}

var url = line.Url ?? LocalSettings.FreeUrl();
var settings = configured.With(storage?.ConnectionString, url);
if (line.Archive is not null)
{
    return await line.Archive.RunAsync(settings, CancellationToken.None);
}

if (line.Command is not null)
{
    return await OtherCommand.RunAsync(line.Command, settings);
}

LocalHostApp started;
try
{
    started = await LocalHostApp.StartAsync(new LocalHostOptions
    {
        App = line.App,
        Url = url,
        Settings = settings,
        ShowMailbox = line.App == FunctionApp.Emargement,
        LogToConsole = true,
    });
}
catch (Exception wrong) when (wrong is OptionsValidationException or AggregateException)
{
    var refused = (wrong as AggregateException)?.InnerExceptions.OfType<OptionsValidationException>()
        ?? [(OptionsValidationException)wrong];
    await Console.Error.WriteLineAsync(
        string.Join('\n', refused.SelectMany(r => r.Failures).Append("docs/configuration.md explains every setting.")));
    return 1;
}

await using var app = started;
Console.WriteLine($"Emargement listens at {app.Address}");
if (line.Demo)
{
    using var demo = new DemoOrganisation(new Uri(url), settings["Access:OperatorKey"]!, TimeProvider.System);
    try
    {
        await demo.LoadAsync(CancellationToken.None);
    }
    catch (HttpRequestException refused)
    {
        // The app itself runs: whoever changes it wants to see it, whatever state the demonstration is in.
        await Console.Error.WriteLineAsync($"The demonstration could not be loaded. {refused.Message}");
    }
}

await app.WaitForShutdownAsync();
return 0;
