using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Planning.Import.Calendars;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Mapping;

/// <summary>Table <c>CalendarRules</c>: which training and group an organisation's calendars mean. PK <c>{org}</c>, RK
/// <c>rules</c>.</summary>
public sealed class CalendarRulesTable(AppStorage storage)
{
    private const string Name = "CalendarRules";
    private const string Row = "rules";

    /// <summary>The ETag of rules that nobody has written yet.</summary>
    private static readonly ETag None = new("\"none\"");

    /// <summary>An organisation's rules; none at first.</summary>
    public async Task<Stored<IReadOnlyList<CalendarRule>>> GetAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(organisation.Value, Row, cancellation);
        return row is null
            ? new Stored<IReadOnlyList<CalendarRule>>([], None)
            : new Stored<IReadOnlyList<CalendarRule>>(
                JsonSerializer.Deserialize<CalendarRule[]>(DeflatedText.Read(row.GetBinary("Rules")), ApiJson.Options)!, row.ETag);
    }

    /// <param name="read">The rules as they were read.</param>
    /// <param name="rules">What they become.</param>
    /// <returns>False when another change was first.</returns>
    public async Task<bool> TryWriteAsync(
        OrganisationId organisation, Stored<IReadOnlyList<CalendarRule>> read, IReadOnlyList<CalendarRule> rules,
        CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity(organisation.Value, Row)
        {
            ["Rules"] = DeflatedText.Write(JsonSerializer.Serialize(rules, ApiJson.Options)),
        };
        return await table.TryWriteAsync(entity, read.ETag == None ? default : read.ETag, cancellation);
    }
}
