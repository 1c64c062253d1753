using System.Diagnostics;
using Emargement.YpareoConnector;

namespace Emargement.Tests.Planning.Ypareo;

/// <summary>The connector as a technician runs it: a program of its own, told everything by its environment.</summary>
internal sealed class ConnectorProgram(FakeYpareo ypareo, Uri emargement, string organisation, string key)
{
    public async Task<(int Code, string Output)> RunAsync(
        CancellationToken cancellation, string? variable = null, string? otherwise = null)
    {
        var assembly = typeof(Connector).Assembly.Location;
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", assembly },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment())
        {
            start.Environment[name] = name == variable ? otherwise : value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output + await errors);
    }

    private Dictionary<string, string> Environment() => new()
    {
        ["YPAREO_ADRESSE"] = ypareo.Address,
        ["YPAREO_JETON"] = FakeYpareo.Token,
        ["YPAREO_FINANCEUR"] = "OPCO",
        ["EMARGEMENT_ADRESSE"] = emargement.AbsoluteUri,
        ["EMARGEMENT_ORGANISME"] = organisation,
        ["EMARGEMENT_CLE"] = key,
    };
}
