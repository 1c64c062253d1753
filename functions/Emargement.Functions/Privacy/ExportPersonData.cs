using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Accounts.Passkeys;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Privacy;

/// <summary>
/// All that is kept of one person in one ZIP that they can read, and nothing of anybody else (RGPD, articles 15 and 20). Sealed sheets
/// name a whole room: what they say of this person is here as facts, and as an extract.
/// </summary>
public sealed class ExportPersonData(
    AccountsTable accounts,
    FactorsTable factors,
    PasskeysTable passkeys,
    Devices devices,
    LearnersTable learners,
    EnrolmentsTable enrolments,
    PersonFacts facts,
    PersonPlacements placements,
    PersonMails mails,
    PersonDocuments documents,
    PersonJournal journal)
{
    private const string ReadMe =
        """
        Ce dossier contient les données que votre organisme de formation garde de vous dans l’outil d’émargement.

        profil.json        votre identité, votre compte, jamais votre mot de passe
        inscriptions.json  vos formations, vos groupes, qui les finance, vos dates
        emargement.json    chaque fait de vos demi-journées : signature, retard, absence, correction, avec l’heure et l’auteur ;
                           votre dessin est un chemin SVG
        entreprise.json    vos semaines en entreprise ; ce que d’autres ont signé y est sans leur nom
        courriels.json     les courriels qui vous furent envoyés : leur genre et leur jour ; leur texte n’est pas gardé
        emargement.pdf     vos lignes des feuilles d’émargement, chacune avec le code qui vérifie la feuille scellée
        entreprise/        vos relevés d’heures en entreprise, scellés, comme vous pouvez les télécharger : y figure qui les a validés
        attestations/      vos certificats, attestations et feuilles individuelles, scellés
        appareils.json     les appareils sur lesquels vous êtes connecté
        journal.json       ce que vous avez fait et ce qui fut fait à votre compte ; ceux qui l’ont fait y sont sans leur nom

        Les feuilles d’émargement scellées portent les noms de tout un groupe, et rien n’en peut être retiré sans briser le sceau : elles ne
        sont pas ici. Ce qu’elles disent de vous est dans emargement.json et emargement.pdf. Un PDF manque où il n’y a rien à y écrire.
        Les instants sont en temps universel (UTC).
        """;

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>The file, or <c>account-unknown</c>.</returns>
    public async Task<Result<byte[]>> RunAsync(Route<AccountId> person, CancellationToken cancellation)
    {
        var stored = await accounts.GetAsync(person.Organisation, person.Id, cancellation);
        if (!stored.IsOk)
        {
            return stored.Refusal;
        }

        var enrolled = person.Id.Kind == AccountKind.Learner
            ? await enrolments.OfLearnerAsync(person.Organisation, person.Id.Person, cancellation)
            : [];
        var months = await facts.MonthsAsync(person, enrolled, cancellation);
        var known = await facts.OfAsync(person, months, cancellation);
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            await AddAsync(zip, "lisez-moi.txt", ReadMe, cancellation);
            await AddAsync(zip, "profil.json", await ProfileAsync(person, stored.Value.Value, cancellation), cancellation);
            await AddAsync(zip, "inscriptions.json", new JsonArray([.. enrolled.Select(Enrolment)]), cancellation);
            await AddAsync(zip, "emargement.json", PersonFacts.Written(person.Id, known), cancellation);
            await AddAsync(zip, "entreprise.json", await placements.OfAsync(person, cancellation), cancellation);
            await AddAsync(zip, "courriels.json", await mails.OfAsync(person, months, cancellation), cancellation);
            await AddAsync(zip, "appareils.json", await DevicesAsync(person, cancellation), cancellation);
            await AddAsync(zip, "journal.json", await journal.OfAsync(person, cancellation), cancellation);
            foreach (var document in await documents.OfAsync(person, stored.Value.Value, known, cancellation))
            {
                await using var entry = zip.CreateEntry(document.Name).Open();
                await entry.WriteAsync(document.Pdf, cancellation);
            }
        }

        return file.ToArray();
    }

    private async Task<JsonObject> ProfileAsync(Route<AccountId> person, Account account, CancellationToken cancellation)
    {
        var profile = new JsonObject
        {
            ["compte"] = person.Id.ToString(),
            ["nom"] = account.LastName,
            ["prénom"] = account.FirstName,
            ["adresse"] = account.Email?.Value,
            ["langue"] = account.Language,
            ["créé"] = account.CreatedAt,
            ["suspendu"] = account.Suspended,
            ["adressePrécédente"] = account.FormerEmail?.Value,
            ["invité"] = account.Invited?.At,
            ["lienDonné"] = account.LinkAt,
            ["fournisseurDIdentité"] = account.Provider?.Provider,
        };
        if (person.Id.Kind != AccountKind.Learner)
        {
            profile["secondeÉtape"] = (await factors.FindAsync(person.Organisation, person.Id, cancellation))?.Value.SetAt;
            profile["clésDAccès"] = new JsonArray([.. (await passkeys.ListAsync(person.Organisation, person.Id, cancellation))
                .Select(p => new JsonObject { ["nom"] = p.Nickname, ["créée"] = p.CreatedAt, ["servie"] = p.UsedAt })]);
        }

        if (person.Id.Kind == AccountKind.Learner
            && await learners.FindAsync(person.Organisation, person.Id.Person, cancellation) is { Value: var learner })
        {
            profile["civilité"] = learner.Title;
            profile["naissance"] = learner.BirthDate?.ToString("O", CultureInfo.InvariantCulture);
            profile["téléphone"] = learner.Phone;
        }

        return profile;
    }

    private static JsonObject Enrolment(Enrolment enrolment) => new()
    {
        ["formation"] = enrolment.TrainingRef.Value,
        ["groupe"] = enrolment.Group,
        ["périodes"] = new JsonArray([.. enrolment.Periods.Select(p => new JsonObject
        {
            ["financeur"] = p.Funder,
            ["numéroRégion"] = p.RegionNumber,
            ["bonDeCommande"] = p.OrderNumber,
            ["entrée"] = p.Entry.ToString("O", CultureInfo.InvariantCulture),
            ["sortie"] = p.Exit?.ToString("O", CultureInfo.InvariantCulture),
            ["entreprise"] = p.Company,
        })]),
    };

    private async Task<JsonArray> DevicesAsync(Route<AccountId> person, CancellationToken cancellation)
    {
        var known = await devices.ListAsync(person.Organisation, person.Id, cancellation);
        return new JsonArray([.. known.Select(d => new JsonObject
        {
            ["usage"] = d.Use.ToString(),
            ["navigateur"] = d.Browser,
            ["réseau"] = d.Network,
            ["connecté"] = d.CreatedAt,
            ["vu"] = d.SeenAt,
            ["jusque"] = d.ExpiresAt,
        })]);
    }

    private static Task AddAsync(ZipArchive zip, string name, JsonNode content, CancellationToken cancellation) =>
        AddAsync(zip, name, content.ToJsonString(Written), cancellation);

    private static async Task AddAsync(ZipArchive zip, string name, string content, CancellationToken cancellation)
    {
        await using var entry = new StreamWriter(zip.CreateEntry(name).Open());
        await entry.WriteAsync(content.AsMemory(), cancellation);
    }
}
