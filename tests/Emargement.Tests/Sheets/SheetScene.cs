using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets;
using Emargement.Functions.Sheets.Records;
using Emargement.Functions.Verification;
using Emargement.Tests.Platform;
using Emargement.Tests.Sealing;
using Emargement.Tests.Sessions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Sheets;

/// <summary>The app's own services over the emulator, an organisation, and one morning that three learners signed or not.</summary>
internal sealed class SheetScene : IAsyncDisposable
{
    private readonly IServiceProvider _services;

    private readonly ServiceProvider? _owned;

    private SheetScene(IServiceProvider services, ServiceProvider? owned, FakeTimeProvider time) =>
        (_services, _owned, Time) = (services, owned, time);

    public static Organisation Organisation => Example.Organisation;

    public static SessionId Session => Example.Morning.Id;

    public FakeTimeProvider Time { get; }

    public SealSheet Sealing => Get<SealSheet>();

    public SheetsTable Sheets => Get<SheetsTable>();

    public SheetBlobs Blobs => Get<SheetBlobs>();

    public SheetChecking Checking => Get<SheetChecking>();

    public FactsTable Facts => Get<FactsTable>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SheetScene> StartAsync(Uri? authority = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
            ["Storage:Prefix"] = AzuriteFixture.NewPrefix(),
            ["Access:PublicUrl"] = "https://emargement.example",
            ["Seal:Certificate"] = SealCertificates.Base64(),
            ["Seal:TimestampUrl"] = authority?.AbsoluteUri,
            ["Seal:TimestampTimeout"] = "00:01:00",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var time = new FakeTimeProvider(Example.At("11:31:00"));
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(time).AddSingleton<IConfiguration>(configuration)
            .AddEmargement(configuration);
        var owned = services.BuildServiceProvider();
        return await new SheetScene(owned, owned, time).SeedAsync();
    }

    /// <summary>The same morning in the services of a running app.</summary>
    public static Task<SheetScene> OverAsync(IServiceProvider services, FakeTimeProvider time) =>
        new SheetScene(services, null, time).SeedAsync();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Opened, two signatures of three, closed.</summary>
    public async Task CloseAsync()
    {
        await InsertAsync(new Opened { At = Example.At("07:50:00"), By = "trainer:F1" });
        await InsertAsync(SignedBy("L1", "08:01:00", late: 0), SheetContents.Scribble);
        await InsertAsync(SignedBy("L2", "08:17:30", late: 17), SheetContents.Scribble);
        await InsertAsync(new NotSigned { At = Example.At("11:30:00"), By = "system", Learner = Reference.Parse("L3") });
        await InsertAsync(
            new Closed
            {
                At = Example.At("11:30:00"),
                By = "trainer:F1",
                HeadCount = 2,
                Expected = 3,
                SignedCount = 2,
                DrawingSha256 = Hash(SheetContents.Scribble)
            },
            SheetContents.Scribble);
    }

    public Task CorrectAsync(string learner = "L3", string at = "15:00:00") => InsertAsync(new Corrected
    {
        At = Example.At(at),
        By = "manager:M1",
        Learner = Reference.Parse(learner),
        Mark = AttendanceMark.AbsentJustified,
        Reason = "certificat médical reçu",
    });

    public async Task InsertAsync(Fact fact, string? drawing = null) =>
        (await Facts.TryInsertAsync(Organisation.Id, Session, new NewFact(fact, drawing), Cancellation)).ShouldBeTrue();

    /// <summary>Seals and gives the record of what stands.</summary>
    public async Task<SheetRecord> SealAsync()
    {
        var result = await Sealing.RunAsync(Organisation.Id, Session, Cancellation);
        result.Refusal.ShouldBeNull();
        return result.Value!;
    }

    public async Task<byte[]> PdfAsync(int version) =>
        (await Blobs.ReadPdfAsync(Organisation.Id, Session, version, Cancellation)).ShouldNotBeNull();

    public async Task<IReadOnlyList<SheetRecord>> RecordsAsync() =>
        [.. (await Sheets.OfSessionAsync(Organisation.Id, Session, Cancellation)).Select(stored => stored.Value)];

    public ValueTask DisposeAsync() => _owned?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static Signed SignedBy(string learner, string at, int late) => new()
    {
        At = Example.At(at),
        By = "learner:" + learner,
        Learner = Reference.Parse(learner),
        Method = SigningMethod.Qr,
        LateMinutes = late,
        DrawingSha256 = Hash(SheetContents.Scribble),
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async Task<SheetScene> SeedAsync()
    {
        var id = Organisation.Id;
        await Get<OrganisationsTable>().TryInsertAsync(Organisation, Cancellation);
        await Get<SessionsTable>().TryInsertAsync(
            Example.Morning with { State = SessionState.Closed, Module = "Électricité", Site = "Castelnaudary" }, Cancellation);
        var training =
            new Training
            {
                Ref = Reference.Parse("AF1"),
                Title = "Maintenance des bâtiments",
                FirstDay = new(2026, 9, 1),
                LastDay = new(2027, 6, 30),
                RegionNumber = "R76-1"
            };
        await Get<TrainingsTable>().TryWriteAsync(id, [training], [], Cancellation);
        await Get<TrainersTable>().TryWriteAsync(
            id, [new Trainer { Ref = Reference.Parse("F1"), LastName = "Cazenave", FirstName = "Hélène" }], [], Cancellation);
        Learner[] learners =
        [
            new() { Ref = Reference.Parse("L1"), LastName = "Lefèbvre", FirstName = "Zoë" },
            new() { Ref = Reference.Parse("L2"), LastName = "Ruiz", FirstName = "Inès" },
            new() { Ref = Reference.Parse("L3"), LastName = "Łukasiewicz", FirstName = "Wojciech" },
        ];
        await Get<LearnersTable>().TryWriteAsync(id, learners, [], Cancellation);
        return this;
    }
}
