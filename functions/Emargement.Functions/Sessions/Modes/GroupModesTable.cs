using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions.Modes;

/// <summary>
/// Table <c>Months</c>, rows <c>P|{training}|{group}|{yyyy-MM}</c> (how a group signs from that month on) and <c>D|{training or *}</c>
/// (the first electronic month): few, read together, and kept for half a minute.
/// </summary>
public sealed class GroupModesTable(AppStorage storage, TimeProvider time)
{
    private const string Name = "Months";
    private const string Everybody = "*";
    private const string Never = "never";

    private readonly ShortMemory<OrganisationId, GroupModes> _known = new(time);

    /// <summary>As it was up to half a minute ago.</summary>
    public async Task<GroupModes> LatelyAsync(OrganisationId organisation, CancellationToken cancellation) =>
        (await _known.ReadAsync(organisation, async token => await NowAsync(organisation, token), cancellation))!;

    /// <summary>Whether somebody who would sign a half-day electronically is to sign on paper; asked only while it is planned, since no
    /// month changes once a half-day of it was opened.</summary>
    public async Task<bool> IsOnPaperAsync(Session session, CancellationToken cancellation) =>
        session.State == SessionState.Planned
        && session.Modality != Modality.Company
        && (await LatelyAsync(session.Organisation, cancellation)).Of(session) == SigningMode.Paper;

    /// <summary>As stored: one range, with the few facts of months that lie between the two sorts of rows.</summary>
    public async Task<GroupModes> NowAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var (groups, firsts) = (new List<GroupModeRow>(), new List<FirstElectronicMonth>());
        await foreach (var row in table.Between(organisation.Value, "D|", "P}", cancellation))
        {
            var parts = row.RowKey.Split('|');
            if (parts[0] == "P")
            {
                groups.Add(new GroupModeRow(
                    Key(parts[1]), Key(parts[2]).Value, YearMonth.Parse(parts[3]), Enum.Parse<SigningMode>(row.GetString("Mode")),
                    row.GetString("Reason"), row.GetString("By"), row.GetDateTimeOffset("At")!.Value));
            }
            else if (parts[0] == "D")
            {
                firsts.Add(new FirstElectronicMonth(
                    parts[1] == Everybody ? null : Key(parts[1]),
                    YearMonth.TryParse(row.GetString("First"), out var first) ? first : null,
                    row.GetString("By"),
                    row.GetDateTimeOffset("At")!.Value));
            }
        }

        return new GroupModes(groups, firsts);
    }

    /// <summary>Writes what was decided; deciding it again changes nothing else.</summary>
    public async Task WriteAsync(OrganisationId organisation, GroupModeRow decided, CancellationToken cancellation)
    {
        var row = $"P|{decided.Training.Key}|{Reference.Parse(decided.Group).Key}|{decided.Month}";
        var entity = new TableEntity(organisation.Value, row)
        {
            ["Mode"] = decided.Mode.ToString(),
            ["By"] = decided.By,
            ["At"] = decided.At,
        };
        entity.SetIfAny("Reason", decided.Reason);
        await UpsertAsync(organisation, [entity], cancellation);
    }

    /// <summary>Writes first electronic months, all or none: up to 99.</summary>
    public Task WriteAsync(OrganisationId organisation, IEnumerable<FirstElectronicMonth> decided, CancellationToken cancellation) =>
        UpsertAsync(
            organisation,
            decided.Select(d => new TableEntity(organisation.Value, $"D|{d.Training?.Key ?? Everybody}")
            {
                ["First"] = d.First?.ToString() ?? Never,
                ["By"] = d.By,
                ["At"] = d.At,
            }),
            cancellation);

    private async Task UpsertAsync(OrganisationId organisation, IEnumerable<TableEntity> rows, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.SubmitTransactionAsync(
            rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), cancellation);
        _known.Forget(organisation);
    }

    private static Reference Key(string part) =>
        Reference.TryParseKey(part, out var known) ? known : throw new FormatException("A row of modes names no reference.");
}
