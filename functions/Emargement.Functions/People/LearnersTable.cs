using System.Globalization;
using Azure.Data.Tables;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.People;

/// <summary>Table <c>Learners</c>: PK <c>{org}</c>, RK the learner's reference key.</summary>
public sealed class LearnersTable(AppStorage storage) : ReferenceTable<Learner>(storage, "Learners")
{
    private const string DateFormat = "yyyy-MM-dd";

    private protected override TableEntity ToEntity(string partition, Learner l)
    {
        var entity = new TableEntity(partition, l.Ref.Key)
        {
            ["Ref"] = l.Ref.Value,
            ["LastName"] = l.LastName,
            ["FirstName"] = l.FirstName,
            ["Language"] = l.Language,
        };
        entity.SetIfAny("Title", l.Title);
        entity.SetIfAny("BirthDate", l.BirthDate?.ToString(DateFormat, CultureInfo.InvariantCulture));
        entity.SetIfAny("Email", l.Email?.Value);
        entity.SetIfAny("Phone", l.Phone);
        entity.SetIfAny("Kept", l.Kept.Any ? l.Kept.ToString() : null);
        return entity;
    }

    private protected override Learner FromEntity(TableEntity row) => new()
    {
        Ref = Reference.Parse(row.GetString("Ref")),
        Title = row.GetString("Title"),
        LastName = row.GetString("LastName"),
        FirstName = row.GetString("FirstName"),
        BirthDate = row.GetString("BirthDate") is { } date ? DateOnly.ParseExact(date, DateFormat, CultureInfo.InvariantCulture) : null,
        Email = EmailAddress.TryParse(row.GetString("Email"), out var email) ? email : null,
        Phone = row.GetString("Phone"),
        Language = row.GetString("Language"),
        Kept = KeptFields.Parse(row.GetString("Kept")),
    };
}
