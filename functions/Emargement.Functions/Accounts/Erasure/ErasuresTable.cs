using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.Erasure;

/// <summary>That somebody's access and addresses were erased, so that no import brings them back.</summary>
/// <param name="On">The local day. Whoever begins a training after it is a new learner.</param>
/// <param name="Names">Whether the name is gone, too: what proves their trainings is kept no more.</param>
public sealed record ErasedPerson(AccountId Id, DateOnly On, string By, bool Names);

/// <summary>Table <c>Erasures</c>: PK org, RK account id (<c>learner:REFKEY</c>).</summary>
public sealed class ErasuresTable(AppStorage storage)
{
    private const string Name = "Erasures";
    private const string DayFormat = "yyyy-MM-dd";

    public async Task<Stored<ErasedPerson>?> FindAsync(OrganisationId organisation, AccountId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(organisation.Value, id.Key, cancellation);
        return row is null ? null : FromEntity(row);
    }

    /// <summary>Everybody erased in an organisation: one range.</summary>
    public async Task<IReadOnlyList<ErasedPerson>> AllAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.StartingWith(organisation.Value, string.Empty, cancellation)
            .Select(row => FromEntity(row).Value)
            .ToListAsync(cancellation);
    }

    /// <summary>Notes an erasure. One that is noted stays, and learns that the name is gone.</summary>
    public async Task NoteAsync(OrganisationId organisation, ErasedPerson erased, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity(organisation.Value, erased.Id.Key)
        {
            ["On"] = erased.On.ToString(DayFormat, CultureInfo.InvariantCulture),
            ["By"] = erased.By,
            ["Names"] = erased.Names,
        };
        if (!await table.TryInsertAsync(entity, cancellation) && erased.Names)
        {
            var named = new TableEntity(organisation.Value, erased.Id.Key) { ["Names"] = true, ETag = ETag.All };
            await table.TryMergeAsync(named, cancellation);
        }
    }

    private static Stored<ErasedPerson> FromEntity(TableEntity row) => AccountId.TryParseKey(row.RowKey, out var id)
        ? new Stored<ErasedPerson>(
            new ErasedPerson(
                id,
                DateOnly.ParseExact(row.GetString("On"), DayFormat, CultureInfo.InvariantCulture),
                row.GetString("By"),
                row.GetBoolean("Names") ?? false),
            row.ETag)
        : throw new FormatException($"A row of {Name} names no account.");
}
