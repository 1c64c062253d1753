using Azure.Core.Pipeline;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Codes;
using Emargement.Functions.Sessions;
using Emargement.Functions.Signing;
using Emargement.Functions.Signing.Tokens;
using Emargement.Tests.Platform;
using Emargement.Tests.Sessions;
using Emargement.Tests.Signing.Tokens;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OtpNet;

namespace Emargement.Tests.Signing;

/// <summary>
/// The morning of <see cref="Example"/> in a real storage: an organisation, a training, a group of learners L0, L1, …, a Session of trainer
/// F1, at ten to nine.
/// </summary>
public sealed class HalfDayWorld : IAsyncDisposable
{
    public const string Network = "203.0.113.0/24";

    /// <summary>A drawing that nobody else makes.</summary>
    public const string Drawing = "M10 10 C20 30 40 10 60 35 L80 12";

    private readonly ServiceProvider _services;

    private HalfDayWorld(ServiceProvider services, Organisation organisation) => (_services, Organisation) = (services, organisation);

    public Organisation Organisation { get; }

    public OrganisationId Org => Organisation.Id;

    public Session Session { get; private set; } = Example.Morning;

    public SessionId Id => Session.Id;

    public FakeTimeProvider Time => (FakeTimeProvider)Get<TimeProvider>();

    public StorageCalls Calls => (StorageCalls)Get<HttpPipelinePolicy>();

    public RecordedStarts Starts { get; } = new();

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="change">What differs from the example's Session.</param>
    /// <param name="settings">What differs from the example's organisation.</param>
    public static async Task<HalfDayWorld> StartAsync(
        int learners = 3,
        Func<Session, Session>? change = null,
        Func<Organisation, Organisation>? settings = null,
        IReadOnlyList<SigningMethod>? methods = null)
    {
        var world = new HalfDayWorld(
            Process(AzuriteFixture.NewPrefix(), new FakeTimeProvider(Example.At("07:50:00")), new EphemeralDataProtectionProvider()),
            (settings ?? (o => o))(Example.Organisation));
        await world.Get<OrganisationsTable>().TryInsertAsync(world.Organisation, Cancellation);
        var training = new Training
        {
            Ref = Example.Morning.TrainingRef,
            Title = "Soudure",
            FirstDay = new DateOnly(2026, 9, 1),
            LastDay = new DateOnly(2027, 6, 30),
            Methods = methods,
        };
        await world.Get<TrainingsTable>().TryWriteAsync(world.Org, [training], [], Cancellation);
        await world.EnrolAsync(Enumerable.Range(0, learners));
        world.Session = (change ?? (s => s))(Example.Morning);
        await world.Get<SessionsTable>().TryInsertAsync(world.Session, Cancellation);
        return world;
    }

    /// <summary>The same morning as another process of the app sees it: same storage, same keys, same clock, a memory of its own.</summary>
    public HalfDayWorld Elsewhere() => new(
        Process(Get<IConfiguration>()["Storage:Prefix"]!, Time, Get<IDataProtectionProvider>()), Organisation)
    { Session = Session };

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static Reference Ref(int learner) => Reference.Parse($"L{learner}");

    public Caller Learner(int learner) => new(Callers.Learner, Org, Ref(learner), $"learner:L{learner}");

    public Caller Trainer(string reference = "F1") => new(Callers.Trainer, Org, Reference.Parse(reference), $"trainer:{reference}");

    public Caller Manager() => new(Callers.Manager, Org, Reference.Parse("M1"), "manager:M1");

    public Caller Tablet(SessionId? session = null) =>
        new(Callers.Tablet, Org, Reference.Parse("F1"), "trainer:F1") { Session = session ?? Id };

    public async Task EnrolAsync(IEnumerable<int> learners)
    {
        foreach (var some in learners.Chunk(50))
        {
            await Get<EnrolmentsTable>().TryWriteAsync(Org, some.Select(Enrolled), [], Cancellation);
            await Get<LearnersTable>().TryWriteAsync(Org, some.Select(Known), [], Cancellation);
        }
    }

    /// <summary>A learner of the organisation who is enrolled nowhere.</summary>
    public Task KnowAsync(int learner) => Get<LearnersTable>().TryWriteAsync(Org, [Known(learner)], [], Cancellation);

    /// <summary>Lets learners log in by reference and by e-mail.</summary>
    public Task RegisterAsync(params int[] learners) => Get<IAccountDirectory>().EnsureAsync(
        Org,
        [.. learners.Select(
            i => new AccountHolder(
                new AccountId(AccountKind.Learner, Ref(i)), $"Nom{i:D3}", "Ada", EmailAddress.Parse($"l{i}@example.fr")))],
        Cancellation);

    /// <summary>Gives a learner a token.</summary>
    /// <returns>Its secret.</returns>
    public async Task<byte[]> TokenAsync(int learner) =>
        (await Get<ProvisionToken>().RunAsync(Org, Ref(learner), Cancellation)).ShouldBeOk().Secret();

    /// <summary>What a token shows.</summary>
    /// <param name="drift">Steps by which its clock is ahead.</param>
    public string CodeOf(byte[] token, int drift = 0) =>
        new Totp(token).ComputeTotp(Time.GetUtcNow().UtcDateTime.AddSeconds(drift * TimeCodes.StepSeconds));

    public async Task<Session> OpenAsync() =>
        Session = (await Get<OpenSession>().RunAsync(Org, Id, Trainer(), Cancellation)).ShouldBeOk().Session;

    public string Qr() => PresenceCode.Qr(Session.Key.Span, Org, Id, PresenceCode.QrStep(Time.GetUtcNow()));

    public string Code() => PresenceCode.Typed(Session.Key.Span, Org, Id, PresenceCode.TypedStep(Time.GetUtcNow()));

    public Task<Result<PresenceAnswer>> ShowAsync(Caller caller, ProofRequest proof, SessionId? session = null, string network = Network) =>
        Get<TakePresence>().RunAsync(
            Org, new PresenceRequest(proof, session), caller, new SignatureOrigin(network, null), Cancellation);

    public Task<Result<PresenceAnswer>> ScanAsync(int learner) => ShowAsync(Learner(learner), new ProofRequest(ProofKind.Qr, Qr()), Id);

    public async Task<string> TicketAsync(int learner) => (await ScanAsync(learner)).ShouldBeOk().Ticket.ShouldNotBeNull();

    public Task<Result<SignatureAnswer>> SignAsync(string ticket, Caller caller, string? drawing = Drawing, string? device = null) =>
        Get<SignPresence>().RunAsync(
            Org, new SignatureRequest(ticket, drawing), new SignatureOrigin(Network, device), caller, Cancellation);

    /// <summary>Scans and signs.</summary>
    public async Task<SignatureAnswer> SignAsync(int learner) =>
        (await SignAsync(await TicketAsync(learner), Learner(learner))).ShouldBeOk();

    public Task<Result<Closed>> CloseAsync(Caller? caller = null) => SealAfterAsync(
        Get<CloseSession>().RunAsync(Org, Id, new CloseRequest(3, TypedName: "Anne Roux"), Network, caller ?? Trainer(), Cancellation));

    /// <summary>Starts the sealing that an act asks for, as its function does.</summary>
    public Task<Result<TFact>> SealAfterAsync<TFact>(Task<Result<Recorded<TFact>>> act)
        where TFact : Fact => act.ThenAsync(recorded => Get<SealStarter>().StartAsync(Starts, recorded, Cancellation));

    public async Task<IReadOnlyList<Fact>> FactsAsync() => await Get<FactsTable>().OfSessionWithoutDrawingsAsync(Org, Id, Cancellation);

    public async Task<SessionLive> LiveAsync() => (await Get<WatchSession>().RunAsync(Org, Id, Trainer(), Cancellation)).ShouldBeOk();

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private static ServiceProvider Process(string prefix, TimeProvider time, IDataProtectionProvider keys)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
            ["Storage:Prefix"] = prefix,
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(time);
        services.AddSingleton<HttpPipelinePolicy>(new StorageCalls());
        services.AddEmargement(configuration);
        services.AddSingleton(keys);
        return services.BuildServiceProvider();
    }

    private static Learner Known(int i) =>
        new() { Ref = Ref(i), LastName = $"Nom{i:D3}", FirstName = "Ada", Email = EmailAddress.Parse($"l{i}@example.fr") };

    public static EnrolledLearner Enrolled(int i) => new(
        new Enrolment
        {
            LearnerRef = Ref(i),
            TrainingRef = Example.Morning.TrainingRef,
            Group = Example.Morning.Group,
            Periods = [new EnrolmentPeriod(EnrolmentPeriod.RegionFunder, null, null, new DateOnly(2026, 9, 1), null)],
        },
        $"Nom{i:D3}",
        "Ada",
        HasEmail: true);
}

public static class ResultAssertions
{
    /// <summary>The value of a result that must not be a refusal.</summary>
    public static T ShouldBeOk<T>(this Result<T> result)
    {
        result.Refusal?.Code.ShouldBeNull();
        return result.Value!;
    }

    public static Refusal ShouldBeRefused<T>(this Result<T> result, string code)
    {
        result.Refusal.ShouldNotBeNull();
        result.Refusal!.Code.ShouldBe(code);
        return result.Refusal;
    }
}
