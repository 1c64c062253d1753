using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Archive;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Codes;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Sessions.Paper;
using Emargement.Functions.Signing.Tokens;
using Emargement.Tests.Placements;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Sealing;
using Emargement.Tests.Sheets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Platform.Archive;

/// <summary>
/// An organisation with one of everything: a half-day sealed twice, a week in a company that is
/// declared, a month exported, a token, a device; and how to look at all of a storage.
/// </summary>
internal sealed class ArchiveScene : IAsyncDisposable
{
    public const string Tutor = "ruiz@chez-ruiz.example";

    /// <summary>
    /// Tables that are not an organisation's, and why: <c>LocalHost</c> stands for the histories that Durable Functions keeps.
    /// </summary>
    private static readonly string[] OfNobody =
        ["Names", "RegionMonths", "LocalHost", "EmargementHistory", "EmargementInstances", "Arrivals"];

    private ArchiveScene(AccessHost host, SentMails mails) => (Host, Mails) = (host, mails);

    public static OrganisationId Organisation => SheetScene.Organisation.Id;

    public AccessHost Host { get; }

    public SentMails Mails { get; }

    public string Prefix => Host.Prefix;

    public SheetScene Sheet { get; private set; } = null!;

    public HttpClient Manager { get; private set; } = null!;

    public string Placement { get; private set; } = "";

    public byte[] TokenSecret { get; private set; } = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The app with the certificate of these tests, over the storage of that prefix.</summary>
    public static async Task<ArchiveScene> OverAsync(string prefix)
    {
        var mails = new SentMails();
        var host = await AccessHost.StartAsync(
            services => services.AddSingleton<IMailSender>(mails),
            ("Storage:Prefix", prefix), ("Seal:Certificate", SealCertificates.Base64()), (
                "Access:PublicUrl", "https://emargement.example"));
        return new ArchiveScene(host, mails);
    }

    public static async Task<ArchiveScene> StartAsync()
    {
        var scene = await OverAsync(AzuriteFixture.NewPrefix());
        await scene.SeedAsync();
        return scene;
    }

    /// <summary>The services of a command: no app runs, and each call to the storage passes the policy first.</summary>
    public static ServiceProvider Command(string prefix, HttpPipelinePolicy? policy = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
            ["Storage:Prefix"] = prefix,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddEmargement(configuration);
        return (policy is null ? services : services.AddSingleton(policy)).BuildServiceProvider();
    }

    /// <summary>Leaves a file of that size in the organisation's imports.</summary>
    public async Task DropAsync(string name, int bytes)
    {
        var container = new BlobContainerClient(AzuriteFixture.ConnectionString, Prefix + "imports");
        await container.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "text/csv" },
            Metadata = new Dictionary<string, string> { ["from"] = "ypareo" },
        };
        await container.GetBlobClient($"{Organisation}/{name}").UploadAsync(
            BinaryData.FromBytes(RandomNumberGenerator.GetBytes(bytes)), options, Cancellation);
    }

    public async Task<MemoryStream> ExportAsync()
    {
        var file = new MemoryStream();
        await using var command = Command(Host.Prefix);
        await command.GetRequiredService<ExportArchive>().RunAsync(Organisation, file, Cancellation);
        return file;
    }

    public static async Task<ImportedArchive> ImportAsync(Stream file, string prefix, HttpPipelinePolicy? policy = null)
    {
        file.Position = 0;
        await using var command = Command(prefix, policy);
        return await command.GetRequiredService<ImportArchive>().RunAsync(file, Cancellation);
    }

    /// <summary>Every row of every table of a storage, whatever the archive thinks of it: key, and each value with its type.</summary>
    public static async Task<SortedDictionary<string, string>> RowsAsync(string prefix)
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var service = new TableServiceClient(AzuriteFixture.ConnectionString);
        await foreach (var table in service.QueryAsync(cancellationToken: Cancellation))
        {
            if (!table.Name.StartsWith(prefix, StringComparison.Ordinal) || OfNobody.Contains(table.Name[prefix.Length..]))
            {
                continue;
            }

            await foreach (var row in service.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: Cancellation))
            {
                // What whoever runs the service did is no organisation's, nor what was done for a Région.
                if (row.PartitionKey.StartsWith("operator|", StringComparison.Ordinal)
                    || row.PartitionKey.StartsWith("region:", StringComparison.Ordinal))
                {
                    continue;
                }

                var values = row.Where(p => p.Key is not ("odata.etag" or "Timestamp")).OrderBy(p => p.Key, StringComparer.Ordinal).Select(
                    p => $"{p.Key}={Describe(p.Value)}");
                rows.Add($"{table.Name[prefix.Length..]} {row.PartitionKey} {row.RowKey}", string.Join('\n', values));
            }
        }

        return rows;
    }

    /// <summary>Every blob of the containers that hold documents: hash of the bytes, type and metadata.</summary>
    public static async Task<SortedDictionary<string, string>> BlobsAsync(string prefix)
    {
        var blobs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in OrganisationBlobs.Containers)
        {
            var container = new BlobContainerClient(AzuriteFixture.ConnectionString, prefix + name);
            await container.CreateIfNotExistsAsync(cancellationToken: Cancellation);
            await foreach (var blob in container.GetBlobsAsync(cancellationToken: Cancellation))
            {
                var read = (await container.GetBlobClient(blob.Name).DownloadContentAsync(Cancellation)).Value;
                var metadata = string.Join(
                    ';', read.Details.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}={m.Value}"));
                blobs.Add(
                    $"{name}/{blob.Name}",
                    $"{Convert.ToHexStringLower(SHA256.HashData(read.Content))} {read.Details.ContentType} {metadata}");
            }
        }

        return blobs;
    }

    public T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private static string Describe(object value) => value switch
    {
        byte[] bytes => "bytes " + Convert.ToHexString(bytes),
        DateTimeOffset instant => "instant " + instant.UtcTicks.ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value.GetType().Name} {value}"),
    };

    private async Task SeedAsync()
    {
        await Host.CreateOrganisationAsync(Organisation.Value);
        await Host.CreateManagerAsync(Organisation.Value, "M1", "ines@of.example");
        Manager = await Host.SignedInAsync(Organisation.Value, "ines@of.example", stay: true);
        var manager = new AccountId(Domain.Accounts.AccountKind.Manager, Reference.Parse("M1"));
        await Get<FactorsTable>().TryInsertAsync(
            Organisation, manager, new Factor(TimeCodes.NewSecret(), 1, ["AAhash"], Host.Time.GetUtcNow()), Cancellation);
        Sheet = await SheetScene.OverAsync(Host.Services, Host.Time);
        await Get<EnrolmentsTable>().TryWriteAsync(Organisation, [Enrolled()], [], Cancellation);
        await Get<SheetScans>().StoreAsync(
            Organisation, Reference.Parse("AF1"), [new YearMonth(2026, 11)], "%PDF-1.7 scan"u8.ToArray(), Cancellation);
        await Sheet.CloseAsync();
        await Sheet.SealAsync();
        await Sheet.CorrectAsync();
        await Sheet.SealAsync();
        var token = await Get<ProvisionToken>().RunAsync(Organisation, Reference.Parse("L1"), Cancellation);
        TokenSecret = OtpNet.Base32Encoding.ToBytes(token.Value!.Otpauth.Split("secret=")[1].Split('&')[0]);
        await PlaceAsync();
        using var key = await Manager.PostAsJsonAsync(
            $"/api/organisations/{Organisation}/api-keys", new { name = "GESTIBASE", rights = new[] { "imports" } }, Cancellation);
        key.EnsureSuccessStatusCode();
        using var month = await Host.Operator.PostAsync("/api/region/occitanie/exports/2026-11", null, Cancellation);
        month.EnsureSuccessStatusCode();
        await Host.WhenIdleAsync();
    }

    private static EnrolledLearner Enrolled() => new(
        new Enrolment
        {
            LearnerRef = Reference.Parse("L1"),
            TrainingRef = Reference.Parse("AF1"),
            Group = "G1",
            Periods = [new EnrolmentPeriod(EnrolmentPeriod.RegionFunder, "R-1", "BDC-1", new DateOnly(2026, 9, 1), null)],
        },
        "Lefèbvre",
        "Zoë",
        HasEmail: false);

    private async Task PlaceAsync()
    {
        var body = new
        {
            learner = "L1",
            training = "AF1",
            group = "G1",
            company = "Chez Ruiz",
            tutors = new[] { new { name = "Mme Ruiz", email = Tutor } },
            firstDay = "2026-11-23",
            lastDay = "2026-11-23",
            minutesADay = 420,
        };
        using var created = await Manager.PostAsJsonAsync($"/api/organisations/{Organisation}/placements", body, Cancellation);
        Placement = (await AccessHost.JsonAsync(created))["id"]!.GetValue<string>();
        var days = new[] { new { date = "2026-11-23", start = "09:00", end = "12:00", breakMinutes = 0 } };
        var week = $"/api/organisations/{Organisation}/placements/{Placement}/weeks/2026-W48";
        var device = await Host.SignedInAsync(Organisation.Value, "ines@of.example");
        using var handed = await device.PostAsync($"{week}/device", null, Cancellation);
        handed.EnsureSuccessStatusCode();
        using var declared = await device.PostAsJsonAsync(
            $"{week}/declaration",
            new { days, typedName = "Zoë Lefèbvre" },
            Cancellation);
        declared.EnsureSuccessStatusCode();
        await Host.WhenIdleAsync();
    }
}
