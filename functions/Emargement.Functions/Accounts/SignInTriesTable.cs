using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts;

/// <summary>
/// Table <c>SignInTries</c>: PK org, RK <c>{login hash}|{network}</c>; one row while
/// tries fail, none after a sign-in. Unknown logins have rows too.
/// </summary>
public sealed class SignInTriesTable(AppStorage storage)
{
    private const string Name = "SignInTries";

    // Tries of one login from one network at once; beyond that somebody is hammering.
    private const int MaxRaces = 20;

    /// <summary>Counts one more try.</summary>
    /// <returns>Until when the login is locked, when it was locked before this try; else null: the password may be looked at.</returns>
    public async Task<DateTimeOffset?> CountAsync(
        OrganisationId organisation, LoginName login, string network, DateTimeOffset now, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        for (var race = 0; race < MaxRaces; race++)
        {
            var row = await table.FindAsync(organisation.Value, Row(login, network), cancellation);
            var state = row is null ? SignInLock.None : FromEntity(row);
            if (state.IsLocked(now))
            {
                return state.LockedUntil;
            }

            var entity = ToEntity(organisation, login, network, state.Try(now));
            if (await table.TryWriteAsync(entity, row?.ETag ?? default, cancellation))
            {
                return null;
            }
        }

        return now + SignInLock.LockedFor;
    }

    public async Task ForgetAsync(OrganisationId organisation, LoginName login, string network, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryDeleteAsync(organisation.Value, Row(login, network), ETag.All, cancellation);
    }

    // A network is written with a slash, which a key may not hold.
    private static string Row(LoginName login, string network) => $"{login.Key}|{network.Replace('/', '_')}";

    private static TableEntity ToEntity(OrganisationId organisation, LoginName login, string network, SignInLock state)
    {
        var entity = new TableEntity(organisation.Value, Row(login, network)) { ["Tries"] = state.Tries, ["Since"] = state.Since };
        entity.SetIfAny("LockedUntil", state.LockedUntil);
        return entity;
    }

    private static SignInLock FromEntity(TableEntity row) =>
        new(row.GetInt32("Tries")!.Value, row.GetDateTimeOffset("Since")!.Value, row.GetDateTimeOffset("LockedUntil"));
}
