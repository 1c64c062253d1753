using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Web.Platform.Navigation;

namespace Emargement.Web.Platform;

/// <summary>What surrounds every page, whoever reads it.</summary>
public sealed record PageFrame
{
    public required Texts Texts { get; init; }

    /// <summary>Path and query of the page, without the language choice: where the language links lead back to.</summary>
    public required string Path { get; init; }

    /// <summary>The organisation whose page it is, if any.</summary>
    public OrganisationId? Organisation { get; init; }

    public string? OrganisationName { get; init; }

    /// <summary>Whether to offer signing out.</summary>
    public bool SignedIn { get; init; }

    /// <summary>Where the name at the top leads.</summary>
    public string Home { get; init; } = "/";

    /// <summary>Where a manager goes from every page: what stands first is within reach on a phone too.</summary>
    public IReadOnlyList<NavModel> Nav { get; init; } = [];

    /// <summary>The time zone in which hours are written.</summary>
    public SiteZone Zone { get; init; } = SiteZone.Paris;

    public string InLanguage(string language) => $"{Path}{(Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}";
}
