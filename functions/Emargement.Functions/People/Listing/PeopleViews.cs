using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Functions.People.Listing;

/// <summary>A training as the API shows it. Hours are decimal; methods are null when the organisation's apply.</summary>
public sealed record TrainingView(
    Reference Ref,
    string Title,
    string? Certification,
    string? RegionNumber,
    string? OrderNumber,
    string? Site,
    string? Address,
    DateOnly FirstDay,
    DateOnly LastDay,
    decimal? CentreHours,
    decimal? CompanyHours,
    IReadOnlyList<SigningMethod>? Methods)
{
    public static TrainingView Of(Training t) => new(
        t.Ref,
        t.Title,
        t.Certification,
        t.RegionNumber,
        t.OrderNumber,
        t.Site,
        t.Address,
        t.FirstDay,
        t.LastDay,
        t.CentreHours,
        t.CompanyHours,
        t.Methods);
}

public sealed record TrainerView(Reference Ref, string LastName, string FirstName, EmailAddress? Email)
{
    public static TrainerView Of(Trainer t) => new(t.Ref, t.LastName, t.FirstName, t.Email);
}

public sealed record LearnerView(
    Reference Ref,
    string? Title,
    string LastName,
    string FirstName,
    DateOnly? BirthDate,
    EmailAddress? Email,
    string? Phone,
    string Language)
{
    public static LearnerView Of(Learner l) => new(l.Ref, l.Title, l.LastName, l.FirstName, l.BirthDate, l.Email, l.Phone, l.Language);
}
