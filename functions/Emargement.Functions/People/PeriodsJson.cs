using System.Text.Json;
using System.Text.Json.Serialization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Functions.People;

/// <summary>The stored form of an enrolment's periods: a JSON array, nulls left out.</summary>
internal static class PeriodsJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write(IEnumerable<EnrolmentPeriod> periods) => JsonSerializer.Serialize(
        periods.Select(
            p => new Row(p.Funder, p.RegionNumber, p.OrderNumber, p.Entry, p.Exit, p.Company, p.TutorName, p.TutorEmail?.Value)), Options);

    public static IReadOnlyList<EnrolmentPeriod> Read(string json) =>
        [.. JsonSerializer.Deserialize<Row[]>(json, Options)!.Select(r => new EnrolmentPeriod(
            r.Funder, r.RegionNumber, r.OrderNumber, r.Entry, r.Exit, r.Company, r.TutorName,
            EmailAddress.TryParse(r.TutorEmail, out var email) ? email : null))];

    private sealed record Row(
        string Funder,
        string? RegionNumber,
        string? OrderNumber,
        DateOnly Entry,
        DateOnly? Exit,
        string? Company,
        string? TutorName,
        string? TutorEmail);
}
