using Emargement.Domain.Platform;

namespace Emargement.Domain.People;

/// <summary>A course (action de formation) with its Region numbers.</summary>
public sealed record Training
{
    public required Reference Ref { get; init; }

    public required string Title { get; init; }

    public string? Certification { get; init; }

    public string? RegionNumber { get; init; }

    /// <summary>Order number (bon de commande) of the Région.</summary>
    public string? OrderNumber { get; init; }

    public string? Site { get; init; }

    public string? Address { get; init; }

    public required DateOnly FirstDay { get; init; }

    public required DateOnly LastDay { get; init; }

    public decimal? CentreHours { get; init; }

    public decimal? CompanyHours { get; init; }

    /// <summary>Methods that this training allows; null leaves it to the organisation. Set by a manager, never by an import.</summary>
    public IReadOnlyList<SigningMethod>? Methods { get; init; }
}

public sealed record Trainer
{
    public required Reference Ref { get; init; }

    public required string LastName { get; init; }

    public required string FirstName { get; init; }

    public EmailAddress? Email { get; init; }

    /// <summary>What a person changed by hand: it stands above the files.</summary>
    public KeptFields Kept { get; init; }

    /// <summary>The trainer when what proves their half-days is kept no more: a reference.</summary>
    public Trainer Nameless() => this with { LastName = Ref.Value, FirstName = string.Empty, Email = null };
}

public sealed record Learner
{
    public required Reference Ref { get; init; }

    public string? Title { get; init; }

    public required string LastName { get; init; }

    public required string FirstName { get; init; }

    public DateOnly? BirthDate { get; init; }

    public EmailAddress? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>Two-letter language of screens and mails; fr unless set.</summary>
    public string Language { get; init; } = "fr";

    /// <summary>What a person changed by hand: it stands above the files.</summary>
    public KeptFields Kept { get; init; }

    /// <summary>The learner without what is not needed to name them on what proves their training.</summary>
    public Learner Unreachable() => this with { Email = null, Phone = null };

    /// <summary>The learner when what proves their trainings is kept no more: a reference.</summary>
    public Learner Nameless() => this with
    {
        Title = null,
        LastName = Ref.Value,
        FirstName = string.Empty,
        BirthDate = null,
        Email = null,
        Phone = null,
    };
}
