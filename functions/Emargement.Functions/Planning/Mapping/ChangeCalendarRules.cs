using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Import.Calendars;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Mapping;

/// <summary>Rules as the API carries them.</summary>
public sealed record CalendarRulesBody(IReadOnlyList<CalendarRule> Rules);

/// <summary>Replaces the rules by which an organisation's calendars are understood.</summary>
public sealed class ChangeCalendarRules(CalendarRulesTable table)
{
    /// <param name="ifMatch">The ETag under which the caller read the rules.</param>
    /// <returns>The rules as they now are, or <c>calendar-rule-invalid</c>, <c>calendar-rules-too-many</c> or
    /// <c>changed-meanwhile</c>.</returns>
    public async Task<Result<Stored<IReadOnlyList<CalendarRule>>>> RunAsync(
        Organisation organisation, CalendarRulesBody wanted, ETag ifMatch, CancellationToken cancellation)
    {
        if (CalendarRule.Check(wanted.Rules) is { } refusal)
        {
            return refusal;
        }

        var read = await table.GetAsync(organisation.Id, cancellation);
        return read.ETag == ifMatch && await table.TryWriteAsync(organisation.Id, read, wanted.Rules, cancellation)
            ? await table.GetAsync(organisation.Id, cancellation)
            : Refusal.Of("changed-meanwhile", RefusalKind.PreconditionFailed);
    }
}
