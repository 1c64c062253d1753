using Azure;
using Azure.Identity;
using Emargement.Domain.Platform;
using Emargement.Functions;
using Emargement.Functions.Archive;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Emargement.LocalHost.Hosting;

/// <summary>Takes an organisation out of a storage into a file, or a file into a storage.</summary>
/// <param name="Organisation">Short name of whom to export; null imports.</param>
/// <param name="Storage">Settings that name another storage than that of this run:
/// <c>Storage:AccountName</c>, <c>Storage:ConnectionString</c>, <c>Storage:Prefix</c>.</param>
internal sealed record ArchiveCommand(OrganisationId? Organisation, string File, IReadOnlyDictionary<string, string?> Storage)
{
    private const string Account = "Storage:AccountName";
    private const string Connection = "Storage:ConnectionString";

    /// <summary>Whether the command line says where the storage is.</summary>
    public bool NamesStorage => Storage.ContainsKey(Account) || Storage.ContainsKey(Connection);

    /// <summary>Reads <c>export ORG FILE</c> or <c>import FILE</c> and what follows.</summary>
    /// <returns>Null when it is neither.</returns>
    public static ArchiveCommand? Parse(IReadOnlyList<string> arguments)
    {
        string[] all = [.. arguments];
        (OrganisationId? organisation, var file, var options) = all switch
        {
            ["export", var org, var to, .. var rest] when OrganisationId.TryParse(org, out var id) => ((OrganisationId?)id, to, rest),
            ["import", var from, .. var rest] when !from.StartsWith('-') => (null, from, rest),
            _ => (null, "", new[] { "?" }),
        };
        var storage = new Dictionary<string, string?>();
        for (var at = 0; at < options.Length; at += 2)
        {
            var setting = options[at] switch
            {
                "--account" => Account,
                "--connection" => Connection,
                "--prefix" => "Storage:Prefix",
                _ => null,
            };
            if (setting is null || at + 1 == options.Length || !storage.TryAdd(setting, options[at + 1]))
            {
                return null;
            }
        }

        return new ArchiveCommand(organisation, file, storage);
    }

    /// <summary>Settings of the run, with the storage that the command line names in place of the configured one.</summary>
    public IReadOnlyDictionary<string, string?> Over(IReadOnlyDictionary<string, string?> settings)
    {
        var all = settings.Where(s => !NamesStorage || s.Key is not (Account or Connection)).ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Storage)
        {
            all[name] = value;
        }

        return all;
    }

    /// <returns>0, or 1 after a sentence that says what to do.</returns>
    public async Task<int> RunAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken cancellation)
    {
        try
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(Over(settings)).Build();
            await using var services = new ServiceCollection()
                .AddLogging()
                .AddSingleton<IConfiguration>(configuration)
                .AddEmargement(configuration)
                .BuildServiceProvider();
            Console.WriteLine(
                Organisation is { } organisation
                    ? await ExportAsync(services, organisation, cancellation)
                    : await ImportAsync(services, cancellation));
            return 0;
        }
        catch (Exception refused) when (
            refused is ArchiveRefusedException or OptionsValidationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
        }
        catch (Exception refused) when (refused is RequestFailedException or AuthenticationFailedException)
        {
            await Console.Error.WriteLineAsync(
                $"The storage did not let this through: {refused.Message.Split('\n')[0]} "
                + "Who runs this needs the roles that docs/operations.md names under Restore.");
        }

        return 1;
    }

    private async Task<string> ExportAsync(ServiceProvider services, OrganisationId organisation, CancellationToken cancellation)
    {
        if (System.IO.File.Exists(File))
        {
            throw new IOException($"{File} exists: an archive is never written over another. Name a new file.");
        }

        // Under another name until it is whole, so that nobody takes a part of it for an archive.
        var part = File + ".part";
        try
        {
            ArchiveManifest manifest;
            await using (var stream = new FileStream(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                manifest = await services.GetRequiredService<ExportArchive>().RunAsync(organisation, stream, cancellation);
            }

            System.IO.File.Move(part, File);
            return $"{organisation}: {manifest.Rows} rows and {manifest.Blobs} blobs are in {File}.";
        }
        finally
        {
            System.IO.File.Delete(part);
        }
    }

    private async Task<string> ImportAsync(ServiceProvider services, CancellationToken cancellation)
    {
        await using var stream = System.IO.File.OpenRead(File);
        var imported = await services.GetRequiredService<ImportArchive>().RunAsync(stream, cancellation);
        var manifest = imported.Manifest;
        return imported is { Rows: 0, Blobs: 0 }
            ? $"{manifest.Organisation}: its {manifest.Rows} rows and {manifest.Blobs} blobs are there already, the same."
            : $"{manifest.Organisation}: {imported.Rows} of {manifest.Rows} rows and {imported.Blobs} of {manifest.Blobs} blobs were "
                + "written, the others were there. "
            + "Within the hour the running app wakes its placements and sends its waiting mails.";
    }
}
