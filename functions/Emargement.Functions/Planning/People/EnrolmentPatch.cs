using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.People;

/// <summary>A period to add: the first of a new enrolment, or a further one, as when the funder changes.</summary>
/// <param name="Training">Reference of the training.</param>
/// <param name="Funder">REGION, OPCO, …</param>
/// <param name="Entry">First day, as yyyy-MM-dd.</param>
/// <param name="Exit">Last day; null means until the training ends.</param>
public sealed record NewEnrolment(
    Reference Training,
    string Group,
    string Funder,
    string Entry,
    string? Exit = null,
    string? RegionNumber = null,
    string? OrderNumber = null,
    string? Company = null,
    string? TutorName = null,
    string? TutorEmail = null)
{
    internal EnrolmentPatch Patch => new(Period: null, Funder, Entry, Exit, RegionNumber, OrderNumber, Company, TutorName, TutorEmail);
}

/// <summary>What a person changes of one period of an enrolment; members left out stay, an empty text takes the value away.</summary>
/// <param name="Period">First day of the period that is meant, as it is stored; null for the last one.</param>
/// <param name="Follow">Whether files may set the periods again.</param>
public sealed record EnrolmentPatch(
    string? Period = null,
    string? Funder = null,
    string? Entry = null,
    string? Exit = null,
    string? RegionNumber = null,
    string? OrderNumber = null,
    string? Company = null,
    string? TutorName = null,
    string? TutorEmail = null,
    bool Follow = false)
{
    private static readonly EnrolmentPeriod Empty = new("", null, null, default, null);

    /// <summary>A period of nothing but this.</summary>
    internal Result<EnrolmentPeriod> ToPeriod() => ApplyTo(Empty);

    /// <returns>The period as asked for; or <c>funder-missing</c>, <c>date-invalid</c>, <c>email-invalid</c> or
    /// <c>value-too-long</c>.</returns>
    internal Result<EnrolmentPeriod> ApplyTo(EnrolmentPeriod stored)
    {
        var funder = PersonTexts.Text(Funder, stored.Funder);
        var (region, order) = (PersonTexts.Text(RegionNumber, stored.RegionNumber), PersonTexts.Text(OrderNumber, stored.OrderNumber));
        var (company, tutor) = (PersonTexts.Text(Company, stored.Company), PersonTexts.Text(TutorName, stored.TutorName));
        var email = PersonTexts.Email(TutorEmail, stored.TutorEmail);
        var (entry, exit) = (PersonTexts.Day(Entry, stored.Entry), PersonTexts.Day(Exit, stored.Exit));
        if ((funder.Refusal ?? region.Refusal ?? order.Refusal ?? company.Refusal ?? tutor.Refusal ?? email.Refusal ?? entry.Refusal
            ?? exit.Refusal) is { } refusal)
        {
            return refusal;
        }

        return funder.Value is not { Length: <= EnrolmentPeriod.MaxFunder } paid ? Refusal.BadInput("funder-missing")
            : entry.Value is not { } first || first == default ? Refusal.BadInput("date-invalid")
            : new EnrolmentPeriod(
                paid.ToUpperInvariant(), region.Value, order.Value, first, exit.Value, company.Value, tutor.Value, email.Value);
    }
}

/// <summary>The version of an enrolment: of what people change of it, and not of the name that is copied beside it.</summary>
internal static class EnrolmentVersion
{
    public static ETag Of(Enrolment enrolment)
    {
        var content = JsonSerializer.Serialize(new { enrolment.Kept, Periods = enrolment.Periods.Select(p => p.ToString()) });
        return new ETag($"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 8))}\"");
    }
}
