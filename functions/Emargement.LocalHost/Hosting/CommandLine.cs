using System.Reflection;

namespace Emargement.LocalHost.Hosting;

/// <summary>What LocalHost is asked for on its command line.</summary>
/// <param name="Url">Address to listen on; null takes the usual port, or a free one when that is taken.</param>
/// <param name="Demo">Load the demonstration organisation and say who can sign in.</param>
/// <param name="Command">A command and its arguments to run instead of the app, on the same storage; null runs the app.</param>
/// <param name="App">The product, or the functions that <c>--functions</c> names.</param>
/// <param name="Archive">An organisation to take out or to put in, instead of running the app.</param>
internal sealed record CommandLine(string? Url, bool Demo, IReadOnlyList<string>? Command, FunctionApp App, ArchiveCommand? Archive = null)
{
    public const string Usage = """
        Runs the functions on this machine.
          --url <address>                     listen there
          --demo                              load the demonstration organisation
          --functions <assembly>#<class>      run the functions of one class of another assembly
          --with-storage <command> ...        run that command instead, with the settings of the same storage
        Takes an organisation out of a storage, or puts one in.
          export <organisation> <file.zip>    everything that it has, into a new file
          import <file.zip>                   into a storage that has not got it
          --account <name>                    the storage account, reached as who signed in (az login, or a managed identity)
          --connection <string>               or its connection string; with neither, the storage of this checkout
          --prefix <prefix>                   put before the names of tables and containers
        Settings come from the environment and from local.settings.json: Storage__ConnectionString, Access__OperatorKey
        and the rest of docs/configuration.md.
        """;

    /// <summary>Null when an argument is not known.</summary>
    public static CommandLine? Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine(null, false, null, FunctionApp.Emargement);
        if (arguments is ["export" or "import", ..])
        {
            return ArchiveCommand.Parse(arguments) is { } archive ? line with { Archive = archive } : null;
        }

        for (var at = 0; at < arguments.Count; at++)
        {
            switch (arguments[at])
            {
                case "--demo":
                    line = line with { Demo = true };
                    break;
                case "--url" when at + 1 < arguments.Count:
                    line = line with { Url = arguments[++at] };
                    break;
                case "--functions" when at + 1 < arguments.Count && arguments[at + 1].Split('#') is [var assembly, var type]:
                    line = line with { App = FunctionApp.Of(Assembly.LoadFrom(assembly).GetType(type, throwOnError: true)!) };
                    at++;
                    break;
                case "--with-storage" when at + 1 < arguments.Count:
                    return line with { Command = [.. arguments.Skip(at + 1)] };
                default:
                    return null;
            }
        }

        return line;
    }
}
