using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.People;

/// <summary>An enrolment with what a list of the room shows of the learner, so that a roster is one query.</summary>
/// <param name="HasEmail">Whether a link can be mailed; the address itself stays in the learner's row.</param>
/// <param name="BirthDate">Shown only where it tells two people of one name apart.</param>
public sealed record EnrolledLearner(
    Enrolment Enrolment, string LastName, string FirstName, bool HasEmail, DateOnly? BirthDate = null)
{
    public static EnrolledLearner Of(Enrolment enrolment, Learner learner) =>
        new(enrolment, learner.LastName, learner.FirstName, learner.Email is not null, learner.BirthDate);
}

/// <summary>A learner expected on a day, with the period (and so the funder) that holds the day.</summary>
/// <param name="Apart">What tells them from another of the same name on this list; null when nobody bears it.</param>
public sealed record RosterLine(
    Reference Learner,
    string LastName,
    string FirstName,
    bool HasEmail,
    EnrolmentPeriod Period,
    DateOnly? BirthDate,
    string? Apart = null);

/// <summary>
/// Table <c>Enrolments</c>: PK <c>{org}</c>, two rows an enrolment, always written together in one transaction:
/// <c>G|{training}|{group}|{learner}</c>, which lists a group, and
/// <c>L|{learner}|{training}|{group}</c>, which lists a learner's enrolments.
/// </summary>
public sealed class EnrolmentsTable(AppStorage storage)
{
    /// <summary>Enrolments of one transaction at most: each is two rows.</summary>
    public const int BatchSize = TableAccess.BatchSize / 2;

    private const string Name = "Enrolments";
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Told when this process has changed enrolments.</summary>
    public event Action? Changed;

    /// <summary>Learners of a training's group enrolled on a local day, by last name then first name: one range query.</summary>
    public Task<IReadOnlyList<RosterLine>> RosterAsync(
        OrganisationId organisation, Reference training, string group, DateOnly day, CancellationToken cancellation) =>
        RosterAsync(organisation, training, [group], day, cancellation);

    /// <summary>
    /// Learners enrolled on a local day in any of some groups, each once, by last name then first name: one range query a group.
    /// </summary>
    public async Task<IReadOnlyList<RosterLine>> RosterAsync(
        OrganisationId organisation, Reference training, IReadOnlyList<string> groups, DateOnly day, CancellationToken cancellation)
    {
        var lines = new List<RosterLine>();
        foreach (var group in groups)
        {
            await foreach (var stored in RowsAsync(organisation, $"G|{training.Key}|{GroupKey(group)}|", cancellation))
            {
                var (enrolment, lastName, firstName, hasEmail, birth) = stored.Value;
                if (enrolment.On(day) is { } period && (groups.Count == 1 || lines.All(l => l.Learner != enrolment.LearnerRef)))
                {
                    lines.Add(new RosterLine(enrolment.LearnerRef, lastName, firstName, hasEmail, period, birth));
                }
            }
        }

        return ToldApart(lines);
    }

    /// <summary>A list of a room by last name then first name, namesakes told apart.</summary>
    public static IReadOnlyList<RosterLine> ToldApart(IReadOnlyCollection<RosterLine> lines)
    {
        var apart = Namesakes.Of(lines.Select(l => new ListedPerson(l.Learner, l.LastName, l.FirstName, l.BirthDate)));
        return [.. lines
            .Select(l => l with { Apart = apart.GetValueOrDefault(l.Learner) })
            .OrderBy(l => l.LastName, StringComparer.InvariantCultureIgnoreCase)
            .ThenBy(l => l.FirstName, StringComparer.InvariantCultureIgnoreCase)
            .ThenBy(l => l.Learner)];
    }

    /// <summary>Whether anybody is, or was, in a training's group: one row of it is read.</summary>
    public async Task<bool> IsGroupAsync(OrganisationId organisation, Reference training, string group, CancellationToken cancellation)
    {
        await foreach (var _ in RowsAsync(organisation, $"G|{training.Key}|{GroupKey(group)}|", cancellation))
        {
            return true;
        }

        return false;
    }

    /// <summary>One learner's enrolment in a training's group: a point read.</summary>
    public async Task<Stored<EnrolledLearner>?> FindAsync(
        OrganisationId organisation, Reference training, string group, Reference learner, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(organisation.Value, GroupRow(training, group, learner), cancellation);
        return row is null ? null : Read(row);
    }

    /// <summary>Every enrolment of a learner: one range query.</summary>
    public async Task<IReadOnlyList<Enrolment>> OfLearnerAsync(
        OrganisationId organisation, Reference learner, CancellationToken cancellation)
    {
        var enrolments = new List<Enrolment>();
        await foreach (var stored in RowsAsync(organisation, $"L|{learner.Key}|", cancellation))
        {
            enrolments.Add(stored.Value.Enrolment);
        }

        return enrolments;
    }

    /// <summary>Every enrolment of a training, all groups, in key order.</summary>
    public IAsyncEnumerable<Stored<EnrolledLearner>> OfTrainingAsync(
        OrganisationId organisation, Reference training, CancellationToken cancellation) =>
        RowsAsync(organisation, $"G|{training.Key}|", cancellation);

    /// <summary>Every enrolment of the organisation, by training, group and learner, in pages of 1,000.</summary>
    public IAsyncEnumerable<Stored<EnrolledLearner>> AllAsync(OrganisationId organisation, CancellationToken cancellation) =>
        RowsAsync(organisation, "G|", cancellation);

    /// <summary>Inserts and replaces up to <see cref="BatchSize"/> enrolments, all or none.</summary>
    /// <returns>False when any row was taken or had changed; nothing was written then.</returns>
    public async Task<bool> TryWriteAsync(
        OrganisationId organisation,
        IEnumerable<EnrolledLearner> inserts,
        IEnumerable<Replacement<EnrolledLearner>> replacements,
        CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var actions = new List<TableTransactionAction>();
        foreach (var enrolled in inserts)
        {
            actions.Add(new TableTransactionAction(TableTransactionActionType.Add, ToEntity(organisation, GroupRow(enrolled), enrolled)));
            actions.Add(new TableTransactionAction(TableTransactionActionType.Add, ToEntity(organisation, LearnerRow(enrolled), enrolled)));
        }

        foreach (var (read, changed) in replacements)
        {
            actions.Add(new TableTransactionAction(
                TableTransactionActionType.UpdateReplace, ToEntity(organisation, GroupRow(changed), changed), read.ETag));

            // The two rows change only together, so the ETag of the first guards both.
            actions.Add(new TableTransactionAction(
                TableTransactionActionType.UpdateReplace, ToEntity(organisation, LearnerRow(changed), changed), ETag.All));
        }

        try
        {
            return await table.TrySubmitAsync(actions, cancellation);
        }
        finally
        {
            Changed?.Invoke();
        }
    }

    private static string GroupRow(EnrolledLearner e) => GroupRow(e.Enrolment.TrainingRef, e.Enrolment.Group, e.Enrolment.LearnerRef);

    private static string GroupRow(Reference training, string group, Reference learner) =>
        $"G|{training.Key}|{GroupKey(group)}|{learner.Key}";

    private static string LearnerRow(EnrolledLearner e) =>
        $"L|{e.Enrolment.LearnerRef.Key}|{e.Enrolment.TrainingRef.Key}|{GroupKey(e.Enrolment.Group)}";

    // A group's name follows the rule of references, so that it has one safe form in a key.
    private static string GroupKey(string group) => Reference.Parse(group).Key;

    private async IAsyncEnumerable<Stored<EnrolledLearner>> RowsAsync(
        OrganisationId organisation, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await foreach (var row in table.StartingWith(organisation.Value, prefix, cancellation))
        {
            yield return Read(row);
        }
    }

    private static TableEntity ToEntity(OrganisationId organisation, string rowKey, EnrolledLearner e)
    {
        var entity = new TableEntity(organisation.Value, rowKey)
        {
            ["Learner"] = e.Enrolment.LearnerRef.Value,
            ["Training"] = e.Enrolment.TrainingRef.Value,
            ["Group"] = e.Enrolment.Group,
            ["Periods"] = PeriodsJson.Write(e.Enrolment.Periods),
            ["LastName"] = e.LastName,
            ["FirstName"] = e.FirstName,
            ["HasEmail"] = e.HasEmail,
        };
        entity.SetIfAny("Kept", e.Enrolment.Kept ? true : (bool?)null);
        entity.SetIfAny("BirthDate", e.BirthDate?.ToString(DayFormat, CultureInfo.InvariantCulture));
        return entity;
    }

    private static Stored<EnrolledLearner> Read(TableEntity row) => new(
        new EnrolledLearner(
            new Enrolment
            {
                LearnerRef = Reference.Parse(row.GetString("Learner")),
                TrainingRef = Reference.Parse(row.GetString("Training")),
                Group = row.GetString("Group"),
                Periods = PeriodsJson.Read(row.GetString("Periods")),
                Kept = row.GetBoolean("Kept") ?? false,
            },
            row.GetString("LastName"),
            row.GetString("FirstName"),
            row.GetBoolean("HasEmail") ?? false,
            DateOnly.TryParseExact(
                row.GetString("BirthDate"), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth) ? birth : null),
        row.ETag);
}
