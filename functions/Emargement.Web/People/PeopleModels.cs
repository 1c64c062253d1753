using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Accounts;
using Emargement.Web.Platform;

namespace Emargement.Web.People;

/// <summary>What the people's pages ask for, by the words that their forms send.</summary>
public static class PeopleActs
{
    public const string Save = "save";
    public const string Follow = "follow";
    public const string Enrol = "enrol";
    public const string Period = "period";
    public const string FollowPeriods = "follow-periods";
    public const string SendLink = "send-link";
    public const string ShowLink = "show-link";
    public const string Password = "password";
    public const string Token = "token";
    public const string Card = "card";
    public const string Revoke = "revoke";
    public const string SignOut = "sign-out";

    /// <summary>Those after which the page says what was done.</summary>
    public static IReadOnlyList<string> Told { get; } =
        [Save, Follow, Enrol, Period, FollowPeriods, SendLink, Password, Revoke, SignOut];

    /// <summary>An act that may be told; null for any other word.</summary>
    public static string? Known(string? word) => Told.FirstOrDefault(act => act == word);
}

/// <param name="Query">What was searched for; empty for everybody.</param>
/// <param name="Filter">One of <see cref="Filters"/>.</param>
/// <param name="Refusal">Why there is no list, or null.</param>
public sealed record PeopleModel(
    OrganisationId Organisation, string Query, string Filter, IReadOnlyList<PersonRow> Rows, string? Continuation, string? Refusal)
{
    public static IReadOnlyList<string> Filters { get; } = ["all", "learners", "trainers", "no-access", "no-address", "left"];
}

/// <param name="Kind"><c>learners</c> or <c>trainers</c>, as in addresses.</param>
/// <param name="Access">How far they have come with signing in, a word of the texts <c>people.access.…</c>.</param>
/// <param name="CardLeft">Codes that the card still has; null without one.</param>
public sealed record PersonRow(
    string Kind, Reference Ref, string Name, IReadOnlyList<string> Groups, string? Email, string Access, bool Token, int? CardLeft);

/// <summary>The groups, for what is done for a whole group at once.</summary>
/// <param name="Sent">What a sending came to, in words; null before.</param>
public sealed record GroupAccessModel(
    OrganisationId Organisation, IReadOnlyList<GroupChoice> Groups, string? Sent, ReturnedForm? Returned);

/// <param name="Value">Both keys, as the form sends them.</param>
public sealed record GroupChoice(string Value, string Training, string Group);

/// <summary>What of a person is typed, by the names of the fields.</summary>
public sealed record PersonValues(IReadOnlyDictionary<string, string> Values)
{
    public string? this[string field] => Values.GetValueOrDefault(field);
}

/// <summary>Somebody of nearly the same name.</summary>
public sealed record NamesakeModel(Reference Ref, string Name, DateOnly? BirthDate);

/// <param name="Kind"><c>learners</c> or <c>trainers</c>.</param>
/// <param name="Trainings">Where a learner may be enrolled.</param>
/// <param name="Namesakes">Who must be looked at first; none to create at once.</param>
public sealed record NewPersonModel(
    OrganisationId Organisation,
    string Kind,
    PersonValues Typed,
    IReadOnlyList<GroupTraining> Trainings,
    IReadOnlyList<NamesakeModel> Namesakes,
    ReturnedForm? Returned);

public sealed record GroupTraining(string Value, string Label);

/// <summary>A learner or a trainer, as a manager looks after them.</summary>
public sealed record PersonPageModel
{
    public required OrganisationId Organisation { get; init; }

    /// <summary><c>learners</c> or <c>trainers</c>, as in addresses.</summary>
    public required string Kind { get; init; }

    public required Reference Ref { get; init; }

    public required string Name { get; init; }

    public required PersonValues Values { get; init; }

    /// <summary>Fields that were changed by hand and stand above the files.</summary>
    public required IReadOnlyList<string> Kept { get; init; }

    /// <summary>What a change carries.</summary>
    public required string Version { get; init; }

    /// <summary>Key of the account, as in addresses; null where there is none.</summary>
    public string? Account { get; init; }

    /// <summary>As in <see cref="PersonRow"/>.</summary>
    public required string Access { get; init; }

    public bool Token { get; init; }

    public int? CardLeft { get; init; }

    public bool HasAddress { get; init; }

    public IReadOnlyList<EnrolmentModel> Enrolments { get; init; } = [];

    public IReadOnlyList<GroupTraining> Trainings { get; init; } = [];

    /// <summary>A learner's month; null for a trainer, and for whoever is enrolled nowhere then.</summary>
    public MonthStrip? Strip { get; init; }

    public IReadOnlyList<PlacementLink> Placements { get; init; } = [];

    public IReadOnlyList<SignedInDevice> Devices { get; init; } = [];

    public IReadOnlyList<NamesakeModel> Namesakes { get; init; } = [];

    /// <summary>What was done, one of <see cref="PeopleActs.Told"/>.</summary>
    public string? Done { get; init; }

    /// <summary>A link or a token that is shown this once.</summary>
    public ShownOnce? Once { get; init; }

    public ReturnedForm? Returned { get; init; }
}

/// <param name="Training">Key of the training.</param>
/// <param name="Group">Key of the group.</param>
/// <param name="Kept">Whether the periods stand above the files.</param>
public sealed record EnrolmentModel(
    string Training, string TrainingTitle, string Group, string GroupName, IReadOnlyList<EnrolmentPeriod> Periods, bool Kept,
    string Version);

/// <param name="Cells">The half-days in which the learner is expected, in order.</param>
/// <param name="IsNow">Whether it is the month of now.</param>
public sealed record MonthStrip(YearMonth Month, bool IsNow, IReadOnlyList<StripCell> Cells);

/// <param name="Minutes">Late or gone early.</param>
public sealed record StripCell(SessionId Session, AttendanceStatus Status, int Minutes);

public sealed record PlacementLink(string Id, string Company, DateOnly FirstDay, DateOnly LastDay);

/// <param name="Link">Of an activation; null for a token.</param>
/// <param name="QrSvg">Of a token; null for a link.</param>
/// <param name="EndsAt">When the link ends.</param>
public sealed record ShownOnce(Uri? Link, string? QrSvg, DateTimeOffset? EndsAt);
