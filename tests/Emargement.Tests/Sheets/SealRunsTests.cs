using Emargement.Domain.Sessions;
using Emargement.Functions.Sealing.Seal;
using Emargement.Functions.Sessions;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.Platform;
using Emargement.Tests.Sessions;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Sheets;

public sealed class SealRunsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sweep_seals_a_closing_whose_own_run_never_started()
    {
        var time = new FakeTimeProvider(Example.At("11:40:00"));
        await using var app = await StartAsync(time);
        await using var scene = await SheetScene.OverAsync(app.Services, time);
        await scene.CloseAsync();

        await app.RunTimerAsync("SweepSheets", Cancellation);
        await app.WhenIdleAsync();

        var sheet = (await scene.RecordsAsync()).ShouldHaveSingleItem();
        sheet.Development.ShouldBeTrue();
        sheet.SealedBy.ShouldBe("Sceau de développement");
        await app.RunTimerAsync("SweepSheets", Cancellation);
        await app.WhenIdleAsync();
        (await scene.RecordsAsync()).ShouldBe([sheet]);
    }

    [Fact]
    public async Task A_closing_and_a_correction_that_follow_each_other_give_two_versions()
    {
        var time = new FakeTimeProvider(Example.At("11:31:00"));
        await using var app = await StartAsync(time);
        await using var scene = await SheetScene.OverAsync(app.Services, time);
        var client = app.Services.GetRequiredService<DurableTaskClient>();
        await scene.CloseAsync();
        await scene.Get<SealStarter>().StartAsync(client, Asked(), Cancellation);
        await app.WhenIdleAsync();
        await scene.CorrectAsync();
        var correction = (await scene.Facts.OfSessionAsync(SheetScene.Organisation.Id, SheetScene.Session, Cancellation))[^1].Fact;
        await scene.Get<SealStarter>().StartAsync(client, Asked(correction), Cancellation);
        await app.WhenIdleAsync();

        (await scene.RecordsAsync()).Select(sheet => sheet.Version).ShouldBe([1, 2]);
        (await client.GetInstanceAsync(Asked().Run, getInputsAndOutputs: true, Cancellation)).ShouldNotBeNull().ReadOutputAs<string>()
            .ShouldBe("v2");
    }

    [Fact]
    public async Task Processes_that_start_together_share_one_development_certificate()
    {
        await using var scene = await SheetScene.StartAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.Get<DevelopmentCertificate>().LoadAsync(Cancellation)));

        made.Select(Convert.ToHexString).Distinct().ShouldHaveSingleItem();
    }

    private static SealRequested Asked(Fact? added = null) => SealRequested.Of(SheetScene.Organisation.Id, SheetScene.Session, added);

    private static Task<LocalHostApp> StartAsync(FakeTimeProvider time) => LocalHostApp.StartAsync(
        new LocalHostOptions
        {
            Settings = new Dictionary<string, string?>
            {
                ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
                ["Storage:Prefix"] = AzuriteFixture.NewPrefix(),
            },
            TimeProvider = time,
            RunTimers = false,
        },
        Cancellation);
}
