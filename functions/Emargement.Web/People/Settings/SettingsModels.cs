using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Web.Platform;

namespace Emargement.Web.People.Settings;

/// <summary>An organisation's settings, and the form that changes them.</summary>
/// <param name="Version">Sent back with the form: somebody else's change meanwhile is not lost.</param>
public sealed record SettingsModel(Organisation Settings, string Version)
{
    public const string Form = "settings";

    /// <summary>Whether they were just changed.</summary>
    public bool Saved { get; init; }

    public ReturnedForm? Returned { get; init; }

    /// <summary>What was typed where the form came back; else what holds.</summary>
    public string Value(string field, string now) => Returned is null ? now : Returned.Typed.GetValueOrDefault(field) ?? "";

    /// <summary>Whether a box is ticked.</summary>
    public bool Ticked(string field, bool now) => Returned is null ? now : Returned.Typed.ContainsKey(field);
}

/// <summary>The months that change no more.</summary>
public sealed record ClosedMonthsModel(OrganisationId Organisation, IReadOnlyList<ClosedMonth> Months);

/// <param name="By">Who closed it; null for one that was closed by a setting.</param>
public sealed record ClosedMonth(YearMonth Month, string? By, DateTimeOffset? At, string? Reason);
