using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.Passkeys;

/// <summary>Table <c>PasskeyIds</c>: PK the first two characters of the id, RK the id: whose a passkey is, for a sign-in without a name.
/// A passkey is one account's in all organisations.</summary>
public sealed class PasskeyIdsTable(AppStorage storage)
{
    private const string Name = "PasskeyIds";

    /// <returns>The account in this organisation, or null.</returns>
    public async Task<AccountId?> FindAsync(OrganisationId organisation, string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(Partition(id), id, cancellation);
        return row?.GetString("Organisation") == organisation.Value && AccountId.TryParseKey(row.GetString("Account"), out var account)
            ? account
            : null;
    }

    /// <returns>False when it is somebody's already.</returns>
    public async Task<bool> TryInsertAsync(OrganisationId organisation, AccountId account, string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity(Partition(id), id) { ["Organisation"] = organisation.Value, ["Account"] = account.Key };
        return await table.TryInsertAsync(entity, cancellation);
    }

    public async Task DeleteAsync(string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryDeleteAsync(Partition(id), id, ETag.All, cancellation);
    }

    private static string Partition(string id) => id[..2];
}
