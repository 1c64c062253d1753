using Azure.Data.Tables;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.People;

/// <summary>Table <c>Trainers</c>: PK <c>{org}</c>, RK the trainer's reference key.</summary>
public sealed class TrainersTable(AppStorage storage) : ReferenceTable<Trainer>(storage, "Trainers")
{
    private protected override TableEntity ToEntity(string partition, Trainer t)
    {
        var entity = new TableEntity(partition, t.Ref.Key)
        {
            ["Ref"] = t.Ref.Value,
            ["LastName"] = t.LastName,
            ["FirstName"] = t.FirstName,
        };
        entity.SetIfAny("Email", t.Email?.Value);
        entity.SetIfAny("Kept", t.Kept.Any ? t.Kept.ToString() : null);
        return entity;
    }

    private protected override Trainer FromEntity(TableEntity row) => new()
    {
        Ref = Reference.Parse(row.GetString("Ref")),
        LastName = row.GetString("LastName"),
        FirstName = row.GetString("FirstName"),
        Email = EmailAddress.TryParse(row.GetString("Email"), out var email) ? email : null,
        Kept = KeptFields.Parse(row.GetString("Kept")),
    };
}
