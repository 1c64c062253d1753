using Emargement.YpareoConnector;

if (args is not ([] or ["--verifier"]))
{
    Console.Error.WriteLine(
        "Usage : emargement-ypareo [--verifier]\n  --verifier   lit YPAREO et dit ce qui serait envoyé, sans rien envoyer");
    return Connector.Misconfigured;
}

var settings = ConnectorSettings.Read(Environment.GetEnvironmentVariable);
if (settings.Wrong is { } wrong)
{
    Console.Error.WriteLine(wrong);
    return Connector.Misconfigured;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
using var connector = new Connector(settings.Value!, Console.Out, TimeProvider.System);
return await connector.RunAsync(onlyCheck: args.Length > 0, stop.Token);
