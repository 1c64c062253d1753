using Azure;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Following;
using Emargement.Functions.Sessions.Hand;
using Emargement.Functions.Sessions.Modes;

namespace Emargement.Tests.Planning.Hand;

/// <summary>What a manager does by hand to the planning that an <see cref="ImportDriver"/> imports into.</summary>
internal sealed class HandDesk
{
    private readonly ImportDriver _driver;
    private readonly EditSession _edit;
    private readonly CreateSession _create;
    private readonly CancelSession _cancel;
    private readonly RestoreSession _restore;
    private readonly FollowFile _follow;
    private readonly KeepByHand _keep;
    private readonly SplitSession _split;
    private readonly MergeSessions _merge;

    public HandDesk(ImportDriver driver)
    {
        _driver = driver;
        var organisations = new OrganisationsTable(driver.Storage);
        var settings = new OrganisationSettings(organisations, driver.Time);
        var scenes = new SessionScenes(
            settings, driver.Sessions, driver.Trainings, driver.Enrolments, driver.Learners,
            new GroupModesTable(driver.Storage, driver.Time), driver.Time);
        var hand = new HandScenes(settings, driver.Sessions, driver.Time);
        var writer = new HandWriter(driver.Sessions, driver.Facts, driver.Marks);
        var warn = new WarnOfEdit(driver.Sessions, scenes);
        _edit = new EditSession(hand, writer, warn, driver.Trainers, driver.Sessions, driver.Facts);
        _create = new CreateSession(
            settings, hand, writer, warn, driver.Sessions, driver.Trainings, driver.Trainers, driver.Enrolments);
        _cancel = new CancelSession(hand, writer, warn, driver.Facts);
        _restore = new RestoreSession(hand, scenes, writer, warn, driver.Sessions);
        _follow = new FollowFile(hand, writer, warn, driver.Sessions);
        _keep = new KeepByHand(hand, driver.Sessions, driver.Marks, warn);
        _split = new SplitSession(hand, writer, warn, driver.Sessions);
        _merge = new MergeSessions(hand, writer, warn, driver.Sessions);
    }

    public Caller Manager => new(Callers.Manager, _driver.Organisation.Id, Reference.Parse("M1"), "manager:M1");

    public Caller Machine => new(Callers.Machine, _driver.Organisation.Id, null, "machine:K1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The organisation, its people and a planning of these rows.</summary>
    public async Task StartAsync(params string[] rows)
    {
        await new OrganisationsTable(_driver.Storage).TryInsertAsync(_driver.Organisation, Cancellation);
        (await _driver.RunAsync([.. SmallPlanning.AllPeople(), ImportDriver.Text("planning.csv", [SmallPlanning.Heading, .. rows])]))
            .IsOk.ShouldBeTrue();
    }

    public async Task<Domain.Planning.Import.ImportReport> ImportAsync(params string[] rows) =>
        (await _driver.RunAsync([ImportDriver.Text("planning.csv", [SmallPlanning.Heading, .. rows])], force: true)).Value!;

    public async Task<Stored<Session>> StoredAsync(string id) =>
        (await _driver.Sessions.FindAsync(_driver.Organisation.Id, SessionId.Parse(id), Cancellation)).ShouldNotBeNull();

    public async Task<IReadOnlyList<Session>> LiveAsync() =>
        [.. (await _driver.StoredAsync()).Select(s => s.Value).Where(s => s.State != SessionState.Cancelled)];

    public async Task<IReadOnlyList<Fact>> FactsAsync(string id) =>
        await _driver.Facts.OfSessionWithoutDrawingsAsync(_driver.Organisation.Id, SessionId.Parse(id), Cancellation);

    public async Task<Result<EditedSession>> EditAsync(string id, SessionPatch patch, Caller? caller = null, ETag? version = null) =>
        await _edit.RunAsync(
            _driver.Organisation.Id, SessionId.Parse(id), patch, version ?? (await StoredAsync(id)).ETag, caller ?? Manager, Cancellation);

    public Task<Result<EditedSession>> CreateAsync(NewSession asked, Caller? caller = null) =>
        _create.RunAsync(_driver.Organisation.Id, asked, caller ?? Manager, Cancellation);

    public async Task<Result<EditedSession>> CancelAsync(string id, Caller? caller = null) => await _cancel.RunAsync(
        _driver.Organisation.Id, SessionId.Parse(id), new HandRequest("Formatrice malade"), (await StoredAsync(id)).ETag, caller ?? Manager,
        Cancellation);

    public async Task<Result<EditedSession>> KeepAsync(string id, string over) => await _keep.RunAsync(
        _driver.Organisation.Id, SessionId.Parse(id), new KeepRequest(over), (await StoredAsync(id)).ETag, Manager, Cancellation);

    public async Task<Result<EditedSession>> RestoreAsync(string id, Caller? caller = null) => await _restore.RunAsync(
        _driver.Organisation.Id, SessionId.Parse(id), new HandRequest("Elle est revenue"), (await StoredAsync(id)).ETag, caller ?? Manager,
        Cancellation);

    public async Task<Result<EditedSession>> SplitAsync(string id, TimeOnly at, TimeOnly? resume = null, Caller? caller = null) =>
        await _split.RunAsync(
            _driver.Organisation.Id, SessionId.Parse(id), new SplitRequest(at, resume, "Une pause"), (await StoredAsync(id)).ETag,
            caller ?? Manager, Cancellation);

    public async Task<Result<EditedSession>> MergeAsync(string id, string with, Caller? caller = null) => await _merge.RunAsync(
        _driver.Organisation.Id, SessionId.Parse(id), new MergeRequest(SessionId.Parse(with), "Une seule séance"),
        (await StoredAsync(id)).ETag, caller ?? Manager, Cancellation);

    public async Task<Result<EditedSession>> FollowAsync(string id) => await _follow.RunAsync(
        _driver.Organisation.Id, SessionId.Parse(id), new HandRequest("Le fichier est à jour"), (await StoredAsync(id)).ETag, Manager,
        Cancellation);
}
