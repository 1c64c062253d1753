using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts;

/// <summary>One way to say who one is: the login, and the account that it names.</summary>
public sealed record Login(LoginName Name, AccountId Account, bool IsEmail);

/// <summary>
/// Table <c>Logins</c>: PK org, RK <c>{login hash}|{account}</c>, so that a login that
/// several people share is several rows and one range.
/// </summary>
public sealed class LoginsTable(AppStorage storage)
{
    private const string Name = "Logins";

    /// <summary>Every account that a login names.</summary>
    public Task<List<Login>> FindAsync(OrganisationId organisation, LoginName login, CancellationToken cancellation) =>
        RangeAsync(organisation, login.Key + "|", cancellation);

    /// <summary>Every login of an organisation.</summary>
    public Task<List<Login>> AllAsync(OrganisationId organisation, CancellationToken cancellation) =>
        RangeAsync(organisation, string.Empty, cancellation);

    /// <summary>Adds logins, 100 a batch; those that exist stay as they are.</summary>
    public async Task AddAsync(OrganisationId organisation, IEnumerable<Login> logins, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        foreach (var batch in logins.Select(l => ToEntity(organisation, l)).DistinctBy(e => e.RowKey).Chunk(TableAccess.BatchSize))
        {
            var actions = batch.Select(e => new TableTransactionAction(TableTransactionActionType.Add, e)).ToList();
            if (!await table.TrySubmitAsync(actions, cancellation))
            {
                // An earlier run was cut short in the middle: some of them are there.
                foreach (var entity in batch)
                {
                    await table.TryInsertAsync(entity, cancellation);
                }
            }
        }
    }

    public async Task RemoveAsync(OrganisationId organisation, Login login, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryDeleteAsync(organisation.Value, Row(login), ETag.All, cancellation);
    }

    private async Task<List<Login>> RangeAsync(OrganisationId organisation, string start, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.StartingWith(organisation.Value, start, cancellation).Select(FromEntity).ToListAsync(cancellation);
    }

    private static Login FromEntity(TableEntity row) =>
        row.RowKey.Split('|', 2) is [var login, var key] && AccountId.TryParseKey(key, out var account)
            ? new Login(LoginName.OfKey(login), account, row.GetBoolean("IsEmail") ?? false)
            : throw new FormatException($"A row of {Name} names no account.");

    private static string Row(Login login) => $"{login.Name.Key}|{login.Account.Key}";

    private static TableEntity ToEntity(OrganisationId organisation, Login login) =>
        new(organisation.Value, Row(login)) { ["IsEmail"] = login.IsEmail };
}
