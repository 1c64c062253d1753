using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Sessions;
using Microsoft.Playwright;

namespace Emargement.Tests.Web.Hand;

/// <summary>A manager's morning, on the whole app: one room changed, somebody added, the trainer replaced, while a trainer teaches and a
/// learner signs; and the same by hand on a phone, without scripts.</summary>
public sealed class ManagersMorningTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_trainer_s_open_page_follows_what_the_manager_changes_and_the_learner_signs_without_a_surprise()
    {
        await using var world = await StartAsync();
        var trainer = await world.SignedInAsync("claire.ruiz@example.fr", world.SessionPath, phone: true);
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Ouvrir la séance" }).ClickAsync();
        await Assertions.Expect(trainer.Locator("#count")).ToHaveTextAsync("0 sur 3 a signé");
        var learner = await world.OpenAsync(await world.LinkAsync("L3", DateTimeOffset.UtcNow.AddHours(1)), phone: true);
        await Gestures.DrawAsync(learner, "#pad");

        var manager = await world.SignedInAsync("M1", $"/o/{WebWorld.Org}/today");
        await SeeImportAsync(manager, "morning");
        await Gestures.PictureAsync(manager, "morning-today");
        await manager.Locator($"a[href='{world.SessionPath}']").ClickAsync();
        await manager.GetByRole(AriaRole.Link, new() { Name = "Modifier", Exact = true }).ClickAsync();
        await manager.GetByLabel("Salle").FillAsync("B 14");
        await Assertions.Expect(manager.Locator("#warnings")).ToContainTextAsync("La salle est prise à cette heure");
        await Gestures.PictureAsync(manager, "morning-edit");
        await manager.Locator("#reason").FillAsync("Salle B 12 en panne");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await Assertions.Expect(manager.GetByText("salle B 12 → B 14")).ToBeVisibleAsync();
        await Gestures.PictureAsync(manager, "morning-session");
        await Assertions.Expect(trainer.GetByText("B 14").First).ToBeVisibleAsync(new() { Timeout = 15_000 });

        await learner.GetByRole(AriaRole.Button, new() { Name = "Signer", Exact = true }).ClickAsync();
        await Assertions.Expect(learner.Locator("#done h1")).ToContainTextAsync("Vous avez signé à");

        await manager.GetByRole(AriaRole.Link, new() { Name = "Ajouter une personne" }).ClickAsync();
        await manager.GetByLabel("Ou sa référence exacte").FillAsync("L9");
        await manager.Locator("#add-reason").FillAsync("Rattrapage");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Ajouter à la séance" }).ClickAsync();
        await Assertions.Expect(manager.GetByRole(AriaRole.Alert)).ToContainTextAsync("Dites qui finance cette personne.");
        await manager.GetByLabel("Qui finance").FillAsync("OPCO");
        await Gestures.PictureAsync(manager, "morning-add");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Ajouter à la séance" }).ClickAsync();
        await Assertions.Expect(manager.Locator("[data-learner=L9]")).ToBeVisibleAsync();
        await Assertions.Expect(trainer.Locator("[data-learner=L9]")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await Assertions.Expect(trainer.Locator("#count")).ToHaveTextAsync("1 sur 4 a signé");

        await manager.GetByRole(AriaRole.Link, new() { Name = "Remplacer le formateur" }).ClickAsync();
        await manager.GetByLabel("Formateur").SelectOptionAsync("F2");
        await manager.Locator("#reason").FillAsync("Mme Ruiz est malade");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await Assertions.Expect(manager.GetByText("formateur Claire Ruiz → Jean Cros").First).ToBeVisibleAsync();
        await Assertions.Expect(trainer.GetByText("Cette séance est celle d’un autre formateur.")).ToBeVisibleAsync(
            new() { Timeout = 15_000 });
        await manager.GotoAsync($"/o/{WebWorld.Org}/today");
        await Assertions.Expect(manager.GetByText("Remplacement", new() { Exact = true })).ToBeVisibleAsync();
        await Gestures.PictureAsync(manager, "morning-after");
    }

    [Fact]
    public async Task On_a_phone_the_import_is_seen_and_somebody_new_is_added_where_the_room_and_the_trainer_have_changed()
    {
        await using var world = await StartAsync();
        var manager = await world.SignedInAsync("M1", $"/o/{WebWorld.Org}/today", phone: true);
        await SeeImportAsync(manager, "phone-morning");
        await manager.GotoAsync($"{world.SessionPath}/edit");
        await manager.GetByLabel("Salle").FillAsync("B 15");
        await manager.GetByLabel("Formateur").SelectOptionAsync("F2");
        await manager.Locator("#reason").FillAsync("Mme Ruiz est malade, sa salle est prise");
        await Gestures.PictureAsync(manager, "phone-morning-edit");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await Assertions.Expect(manager.GetByText("formateur Claire Ruiz → Jean Cros").First).ToBeVisibleAsync();

        // The latecomer is in no file: written by hand first, and told apart from somebody of nearly the same name.
        await manager.GotoAsync($"/o/{WebWorld.Org}/new-learner");
        await manager.GetByLabel("Nom", new() { Exact = true }).FillAsync("RETARD");
        await manager.GetByLabel("Prénom").FillAsync("Lea");
        await manager.GetByLabel("Référence (facultatif)").FillAsync("L10");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Créer", Exact = true }).ClickAsync();
        await Assertions.Expect(manager.GetByText("presque homonyme")).ToBeVisibleAsync();
        await Gestures.PictureAsync(manager, "phone-morning-namesake");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Créer quand même" }).ClickAsync();
        await Assertions.Expect(manager.GetByText("C’est enregistré.")).ToBeVisibleAsync();
        await Gestures.PictureAsync(manager, "phone-morning-learner");
        await manager.GotoAsync($"{world.SessionPath}/people");
        await manager.GetByLabel("Ou sa référence exacte").FillAsync("L10");
        await manager.GetByLabel("Qui finance").FillAsync("OPCO");
        await manager.Locator("#add-reason").FillAsync("Arrivée ce matin");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Ajouter à la séance" }).ClickAsync();
        await Assertions.Expect(manager.Locator("[data-learner=L10]")).ToBeVisibleAsync();
        await Gestures.PictureAsync(manager, "phone-morning-after");
    }

    [Fact]
    public async Task On_a_phone_somebody_on_no_list_is_told_of_and_the_manager_deals_with_it()
    {
        await using var world = await StartAsync();
        var trainer = await world.SignedInAsync("claire.ruiz@example.fr", $"{world.SessionPath}/people", phone: true);
        await trainer.GetByText("Signaler une personne non inscrite").ClickAsync();
        await trainer.GetByLabel("Son nom").FillAsync("Inconnu");
        await trainer.GetByLabel("Son prénom").FillAsync("Sam");
        await Gestures.PictureAsync(trainer, "phone-unknown");
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Signaler", Exact = true }).ClickAsync();
        await Assertions.Expect(trainer.GetByText("Votre organisme est prévenu.")).ToBeVisibleAsync();

        var manager = await world.SignedInAsync("M1", $"/o/{WebWorld.Org}/settle");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Actualiser" }).ClickAsync();
        await world.WhenIdleAsync();
        await manager.GotoAsync($"/o/{WebWorld.Org}/settle");
        await Assertions.Expect(manager.GetByText("Personnes non inscrites signalées")).ToBeVisibleAsync();
        await Gestures.PictureAsync(manager, "unknown-settle");
        await manager.Locator("[data-remedy]").Filter(new() { HasText = "Inscrire" }).ClickAsync();
        await Assertions.Expect(manager.GetByText("Inconnu Sam")).ToBeVisibleAsync();
        await Gestures.PictureAsync(manager, "unknown-session");
        await manager.GetByRole(AriaRole.Button, new() { Name = "C’est réglé" }).ClickAsync();
        await Assertions.Expect(manager.GetByText("Inconnu Sam")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task On_a_phone_without_scripts_a_session_is_created_looked_at_and_cancelled()
    {
        await using var world = await StartAsync();
        var manager = await world.WithoutScriptsAsync($"/o/{WebWorld.Org}/new-session", "M1");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await manager.GetByLabel("Date").FillAsync(world.Session.Date.AddDays(1).ToString("yyyy-MM-dd", null));
        await manager.Locator("#start").FillAsync("09:00");
        await manager.Locator("#end").FillAsync("17:00");
        await manager.Locator("#reason").FillAsync("Rattrapage");

        await manager.GetByRole(AriaRole.Button, new() { Name = "Vérifier" }).ClickAsync();
        await Assertions.Expect(manager.Locator("#warnings")).ToContainTextAsync("pause de midi");
        await Gestures.PictureAsync(manager, "phone-new-session");
        await manager.Locator("#end").FillAsync("08:00");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Créer la séance" }).ClickAsync();
        await Assertions.Expect(manager.GetByRole(AriaRole.Alert)).ToContainTextAsync("La fin doit suivre le début.");
        await manager.Locator("#end").FillAsync("12:00");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Créer la séance" }).ClickAsync();
        await Assertions.Expect(manager.GetByText("séance créée")).ToBeVisibleAsync();

        await manager.GetByRole(AriaRole.Link, new() { Name = "Annuler la séance" }).ClickAsync();
        await manager.GetByText("Annuler la séance").ClickAsync();
        await manager.Locator("#cancel-reason").FillAsync("Personne n’est libre");
        await Gestures.PictureAsync(manager, "phone-cancel");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Annuler cette séance" }).ClickAsync();
        await Assertions.Expect(manager.GetByText("Annulée", new() { Exact = true }).First).ToBeVisibleAsync();
        await manager.GotoAsync($"/o/{WebWorld.Org}/today?date={world.Session.Date.AddDays(1):yyyy-MM-dd}");
        await Assertions.Expect(manager.GetByText("Ajoutée à la main")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_trainer_sees_the_week_and_what_is_left_open_and_nobody_else_s()
    {
        await using var world = await StartAsync();
        var trainer = await world.SignedInAsync("claire.ruiz@example.fr", $"/o/{WebWorld.Org}/week", phone: true);
        await Assertions.Expect(trainer.Locator(".session")).ToHaveCountAsync(1);
        await Gestures.PictureAsync(trainer, "phone-week");

        var sessions = world.Get<SessionsTable>();
        var stored = (await sessions.FindAsync(WebWorld.Org, world.Session, Cancellation)).ShouldNotBeNull();
        var past = stored.Value with
        {
            State = SessionState.Open,
            Start = DateTimeOffset.UtcNow.AddHours(-4),
            End = DateTimeOffset.UtcNow.AddHours(-1),
        };
        (await sessions.TryReplaceAsync(stored, past, Cancellation)).ShouldBeTrue();
        await trainer.GotoAsync($"/o/{WebWorld.Org}/unclosed");
        await Assertions.Expect(trainer.Locator(".session")).ToContainTextAsync("0 sur 3 a signé");
        await Gestures.PictureAsync(trainer, "phone-unclosed");
    }

    /// <summary>Reads what the night's import left out, and comes back to the day.</summary>
    private static async Task SeeImportAsync(IPage manager, string pictures)
    {
        await manager.GetByText("Import de cette nuit\u00a0: 2 lignes refusées.").ClickAsync();
        await Assertions.Expect(manager.GetByText("Action inconnue").First).ToBeVisibleAsync();
        await Gestures.PictureAsync(manager, $"{pictures}-import");
        await manager.GotoAsync($"/o/{WebWorld.Org}/today");
    }

    /// <summary>The night's import, which refused two rows.</summary>
    private static async Task ImportedAsync(WebWorld world)
    {
        var organisation = (await world.Get<OrganisationsTable>().FindAsync(WebWorld.Org, Cancellation))!.Value;
        var now = DateTimeOffset.UtcNow;
        var id = ImportRunId.Night(NightSchedule.LastDue(organisation, now));
        var report = new ImportReport
        {
            Run = id.ToString(),
            At = now,
            Planning = new ImportCounts { Read = 12, Updated = 3, Rejected = 2 },
            Lines = [new ImportLine("planning.csv", 4, "X-4", ImportCode.UnknownAction, ImportSeverity.Error, "Action inconnue : A9.")],
        };
        await world.Get<ImportBlobs>().SaveReportAsync(WebWorld.Org, report, Cancellation);
        var run = new ImportRun(id, ImportRunState.Done, "system", now, now, []) { Counts = RunCounts.Of(report) };
        await world.Get<ImportRunsTable>().TryInsertAsync(WebWorld.Org, run, Cancellation);
    }

    /// <summary>A manager, a colleague who teaches next door, and somebody who is enrolled nowhere.</summary>
    private static async Task<WebWorld> StartAsync()
    {
        var world = await WebWorld.StartAsync();
        var colleague = Reference.Parse("F2");
        await world.Get<TrainersTable>().TryWriteAsync(
            WebWorld.Org, [new Trainer { Ref = colleague, LastName = "Cros", FirstName = "Jean" }], [], Cancellation);
        await world.Get<LearnersTable>().TryWriteAsync(
            WebWorld.Org, [new Learner { Ref = Reference.Parse("L9"), LastName = "Retard", FirstName = "Léa" }], [], Cancellation);
        var stored = await world.StoredSessionAsync();
        await world.Get<SessionsTable>().TryInsertAsync(
            stored with
            {
                Id = stored.Id with { Reference = Reference.Parse("VOISINE") },
                SlotRef = Reference.Parse("VOISINE"),
                Group = "G2",
                TrainerRef = colleague,
                Room = "B 14",
            },
            Cancellation);
        var account = new AccountId(AccountKind.Manager, Reference.Parse("M1"));
        await world.Get<IAccountDirectory>().EnsureAsync(
            WebWorld.Org,
            [
                new AccountHolder(account, "Roche", "Inès", null),
                new AccountHolder(new AccountId(AccountKind.Learner, Reference.Parse("L9")), "Retard", "Léa", null),
            ],
            Cancellation);
        await ImportedAsync(world);
        (await world.Get<Passwords>().SetAsync(WebWorld.Org, account, WebWorld.Password, null, null, Cancellation)).IsOk.ShouldBeTrue();
        return world;
    }
}
