using System.Text.Json.Serialization;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Push;

/// <summary>
/// What a system pushes of one thing. Its members are the columns of the files, its values what their cells may hold; a member that is left
/// out, or null, changes nothing, and an empty text clears.
/// </summary>
public interface IPushed
{
    /// <summary>Of the sending system; in a PUT it stands in the address.</summary>
    Reference? Ref { get; }

    /// <summary>The sending system's own count of changes; an older one never overwrites a newer one.</summary>
    long? Revision { get; }
}

/// <summary>A training, as a row of <c>actions</c>.</summary>
public sealed record PushedTraining(
    Reference? Ref = null,
    long? Revision = null,
    [property: JsonPropertyName("intitule")] string? Title = null,
    [property: JsonPropertyName("certification")] string? Certification = null,
    [property: JsonPropertyName("numero_region")] string? RegionNumber = null,
    [property: JsonPropertyName("bdc")] string? OrderNumber = null,
    [property: JsonPropertyName("site")] string? Site = null,
    [property: JsonPropertyName("adresse")] string? Address = null,
    [property: JsonPropertyName("date_debut")] string? FirstDay = null,
    [property: JsonPropertyName("date_fin")] string? LastDay = null,
    [property: JsonPropertyName("heures_centre")] string? CentreHours = null,
    [property: JsonPropertyName("heures_entreprise")] string? CompanyHours = null) : IPushed;

/// <summary>A trainer, as a row of <c>formateurs</c>.</summary>
public sealed record PushedTrainer(
    Reference? Ref = null,
    long? Revision = null,
    [property: JsonPropertyName("nom")] string? LastName = null,
    [property: JsonPropertyName("prenom")] string? FirstName = null,
    [property: JsonPropertyName("email")] string? Email = null) : IPushed;

/// <summary>A learner, as the first half of a row of <c>stagiaires</c>.</summary>
public sealed record PushedLearner(
    Reference? Ref = null,
    long? Revision = null,
    [property: JsonPropertyName("civilite")] string? Title = null,
    [property: JsonPropertyName("nom")] string? LastName = null,
    [property: JsonPropertyName("prenom")] string? FirstName = null,
    [property: JsonPropertyName("date_naissance")] string? BirthDate = null,
    [property: JsonPropertyName("email")] string? Email = null,
    [property: JsonPropertyName("telephone")] string? Phone = null,
    [property: JsonPropertyName("langue")] string? Language = null) : IPushed;

/// <summary>A learner's enrolment in a training's group, as the second half of rows of <c>stagiaires</c>: all its periods.</summary>
public sealed record PushedEnrolment(
    [property: JsonPropertyName("periodes")] IReadOnlyList<PushedPeriod> Periods,
    Reference? Ref = null,
    long? Revision = null,
    [property: JsonPropertyName("stagiaire_ref")] string? Learner = null,
    [property: JsonPropertyName("action_ref")] string? Training = null,
    [property: JsonPropertyName("groupe")] string? Group = null) : IPushed;

/// <summary>One period of an enrolment.</summary>
public sealed record PushedPeriod(
    [property: JsonPropertyName("financeur")] string? Funder = null,
    [property: JsonPropertyName("numero_region")] string? RegionNumber = null,
    [property: JsonPropertyName("bdc")] string? OrderNumber = null,
    [property: JsonPropertyName("entree")] string? Entry = null,
    [property: JsonPropertyName("sortie")] string? Exit = null,
    [property: JsonPropertyName("entreprise")] string? Company = null,
    [property: JsonPropertyName("tuteur_nom")] string? TutorName = null,
    [property: JsonPropertyName("tuteur_email")] string? TutorEmail = null);

/// <summary>A slot of the planning, as a row of <c>planning</c>.</summary>
public sealed record PushedSession(
    Reference? Ref = null,
    long? Revision = null,
    [property: JsonPropertyName("action_ref")] string? Training = null,
    [property: JsonPropertyName("date")] string? Date = null,
    [property: JsonPropertyName("debut")] string? Start = null,
    [property: JsonPropertyName("fin")] string? End = null,
    [property: JsonPropertyName("pause_debut")] string? BreakStart = null,
    [property: JsonPropertyName("pause_fin")] string? BreakEnd = null,
    [property: JsonPropertyName("groupe")] string? Group = null,
    [property: JsonPropertyName("formateur_ref")] string? Trainer = null,
    [property: JsonPropertyName("module")] string? Module = null,
    [property: JsonPropertyName("site")] string? Site = null,
    [property: JsonPropertyName("salle")] string? Room = null,
    [property: JsonPropertyName("modalite")] string? Modality = null) : IPushed;

/// <summary>A pushed slot that no longer takes place.</summary>
public sealed record CancelledPush(Reference? Ref = null, long? Revision = null) : IPushed;

/// <summary>Up to 500 things at once, read in this order; each is taken or refused by itself.</summary>
public sealed record PushBatch(
    IReadOnlyList<PushedTraining>? Trainings = null,
    IReadOnlyList<PushedTrainer>? Trainers = null,
    IReadOnlyList<PushedLearner>? Learners = null,
    IReadOnlyList<PushedEnrolment>? Enrolments = null,
    IReadOnlyList<PushedSession>? Sessions = null,
    IReadOnlyList<CancelledPush>? Cancelled = null);
