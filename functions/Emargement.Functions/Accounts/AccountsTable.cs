using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Invitations;
using Emargement.Functions.Accounts.OpenId;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts;

/// <param name="PasswordHash">As ASP.NET Core's hasher writes it; null until a password is chosen.</param>
/// <param name="Stamp">Changes whenever every sign-in made before must end, or every link sent before.</param>
public sealed record Account(
    AccountId Id,
    string LastName,
    string FirstName,
    EmailAddress? Email,
    string Language,
    string? PasswordHash,
    string Stamp,
    DateTimeOffset CreatedAt)
{
    /// <summary>The code on paper with which its holder may choose a new password; null when none was given since the last.</summary>
    public PrintedCode? Recovery { get; init; }

    /// <summary>Whether it opens nothing until a manager says otherwise.</summary>
    public bool Suspended { get; init; }

    /// <summary>Who made the account or invited its holder, as callers are named (<c>manager:REF</c>); null when it came with an
    /// import.</summary>
    public string? InvitedBy { get; init; }

    /// <summary>What an officer may do; null for anybody else.</summary>
    public OfficerRole? Role { get; init; }

    /// <summary>When its holder was invited by mail; stays when they have answered.</summary>
    public Invited? Invited { get; init; }

    /// <summary>The address before the one that it has, so that its holder is told there, too.</summary>
    public EmailAddress? FormerEmail { get; init; }

    /// <summary>Who its holder is for a provider by which they sign in; null for those with a password alone.</summary>
    public ProviderPerson? Provider { get; init; }

    /// <summary>When a link to choose a password was last given or sent; null when none ever was.</summary>
    public DateTimeOffset? LinkAt { get; init; }

    /// <summary>Of what its holder does not want to be reminded.</summary>
    public IReadOnlyList<ReminderKind> Muted { get; init; } = [];

    /// <summary>Whether its holder has a way in.</summary>
    public bool IsOpened => PasswordHash is not null || Provider is not null;

    public string DisplayName => $"{FirstName} {LastName}";

    /// <summary>Whether both are one human's, as far as addresses and providers tell: where two people are asked for, it is one.</summary>
    public bool IsOfSameHuman(Account other) => other.Id == Id
        || Mailboxes.Intersect(other.Mailboxes).Any()
        || (Provider is { } here && here == other.Provider);

    private IEnumerable<string> Mailboxes => new[] { Email, FormerEmail }.OfType<EmailAddress>().Select(e => e.Mailbox);

    /// <summary>Every way in which its holder may say who they are.</summary>
    public IEnumerable<Login> Logins => Email is { } email
        ? [new Login(LoginName.Of(Id.Person), Id, IsEmail: false), new Login(LoginName.Of(email), Id, IsEmail: true)]
        : [new Login(LoginName.Of(Id.Person), Id, IsEmail: false)];
}

/// <summary>A code that was printed, until when it may be used.</summary>
/// <param name="Hash">As ASP.NET Core's hasher writes it.</param>
public sealed record PrintedCode(string Hash, DateTimeOffset EndsAt);

/// <summary>Table <c>Accounts</c>: PK org, or <c>region:{region}</c> for its officers, RK account id (<c>trainer:REFKEY</c>).</summary>
public sealed class AccountsTable(AppStorage storage)
{
    private const string Name = "Accounts";

    public async Task<Stored<Account>?> FindAsync(OrganisationId organisation, AccountId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(organisation.Value, id.Key, cancellation);
        return row is null ? null : FromEntity(row);
    }

    /// <returns>The account, or <c>account-unknown</c>.</returns>
    public async Task<Result<Stored<Account>>> GetAsync(OrganisationId organisation, AccountId id, CancellationToken cancellation) =>
        await FindAsync(organisation, id, cancellation) is { } stored ? stored : Refusal.NotFound("account-unknown");

    /// <summary>Keys of the accounts of one kind.</summary>
    public async Task<IReadOnlyList<string>> OfKindAsync(OrganisationId organisation, AccountKind kind, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var keys = new List<string>();
        await foreach (var row in table.StartingWith(organisation.Value, $"{AccountId.Word(kind)}:", cancellation))
        {
            keys.Add(row.RowKey);
        }

        return keys;
    }

    /// <summary>The accounts of one kind.</summary>
    public async Task<List<Stored<Account>>> ListAsync(OrganisationId organisation, AccountKind kind, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.StartingWith(organisation.Value, $"{AccountId.Word(kind)}:", cancellation)
            .Select(FromEntity)
            .ToListAsync(cancellation);
    }

    /// <summary>Every account of an organisation, in pages of 1,000.</summary>
    public async IAsyncEnumerable<Stored<Account>> ListAsync(
        OrganisationId organisation, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await foreach (var row in table.StartingWith(organisation.Value, string.Empty, cancellation))
        {
            yield return FromEntity(row);
        }
    }

    /// <summary>Accounts behind a key, in key order, in pages of 100.</summary>
    public async IAsyncEnumerable<Account> AfterAsync(
        OrganisationId organisation, string after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {organisation.Value} and RowKey gt {after}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: 100, cancellationToken: cancellation))
        {
            yield return FromEntity(row).Value;
        }
    }

    public async Task<bool> TryInsertAsync(OrganisationId organisation, Account account, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryInsertAsync(ToEntity(organisation, account), cancellation);
    }

    public async Task<bool> TryReplaceAsync(
        OrganisationId organisation, Stored<Account> read, Account changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(organisation, changed);
        entity.ETag = read.ETag;
        return await table.TryReplaceAsync(entity, cancellation);
    }

    /// <returns>False when it had been written meanwhile.</returns>
    public async Task<bool> TryDeleteAsync(OrganisationId organisation, Stored<Account> read, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryDeleteAsync(organisation.Value, read.Value.Id.Key, read.ETag, cancellation);
    }

    /// <summary>Deletes an account, whatever it became.</summary>
    public async Task DeleteAsync(OrganisationId organisation, AccountId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryDeleteAsync(organisation.Value, id.Key, ETag.All, cancellation);
    }

    /// <summary>Inserts new accounts and replaces changed ones, up to 100 together, all or none.</summary>
    /// <returns>False when any had been written meanwhile.</returns>
    public async Task<bool> TryWriteAsync(
        OrganisationId organisation, IReadOnlyCollection<(Stored<Account>? Read, Account Account)> writes, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var actions = writes.Select(w => w.Read is { } read
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, ToEntity(organisation, w.Account), read.ETag)
            : new TableTransactionAction(TableTransactionActionType.Add, ToEntity(organisation, w.Account))).ToList();
        return await table.TrySubmitAsync(actions, cancellation);
    }

    private static TableEntity ToEntity(OrganisationId organisation, Account account)
    {
        var entity = new TableEntity(organisation.Value, account.Id.Key)
        {
            ["LastName"] = account.LastName,
            ["FirstName"] = account.FirstName,
            ["Language"] = account.Language,
            ["Stamp"] = account.Stamp,
            ["CreatedAt"] = account.CreatedAt,
        };
        entity.SetIfAny("Suspended", account.Suspended ? true : (bool?)null);
        entity.SetIfAny("Role", account.Role?.ToString());
        entity.SetIfAny("Email", account.Email?.Value);
        entity.SetIfAny("PasswordHash", account.PasswordHash);
        entity.SetIfAny("RecoveryHash", account.Recovery?.Hash);
        entity.SetIfAny("RecoveryEndsAt", account.Recovery?.EndsAt);
        entity.SetIfAny("Provider", account.Provider?.ToString());
        entity.SetIfAny("FormerEmail", account.FormerEmail?.Value);
        entity.SetIfAny("LinkAt", account.LinkAt);
        entity.SetIfAny("Muted", account.Muted.Count > 0 ? string.Join(' ', account.Muted) : null);
        entity.SetIfAny("InvitedBy", account.InvitedBy);
        entity.SetIfAny("InvitedAt", account.Invited?.At);
        entity.SetIfAny("InvitedUntil", account.Invited?.Until);
        entity.SetIfAny("InvitedIsNew", account.Invited?.IsNew);
        return entity;
    }

    private static Stored<Account> FromEntity(TableEntity row)
    {
        if (!AccountId.TryParseKey(row.RowKey, out var id))
        {
            throw new FormatException($"Row {row.RowKey} of {Name} names no account.");
        }

        var account = new Account(
            id,
            row.GetString("LastName"),
            row.GetString("FirstName"),
            EmailAddress.TryParse(row.GetString("Email"), out var email) ? email : null,
            row.GetString("Language"),
            row.GetString("PasswordHash"),
            row.GetString("Stamp"),
            row.GetDateTimeOffset("CreatedAt")!.Value)
        {
            Suspended = row.GetBoolean("Suspended") ?? false,
            Recovery = row.GetString("RecoveryHash") is { } hash
                ? new PrintedCode(hash, row.GetDateTimeOffset("RecoveryEndsAt")!.Value)
                : null,
            Provider = ProviderPerson.Parse(row.GetString("Provider")),
            FormerEmail = EmailAddress.TryParse(row.GetString("FormerEmail"), out var former) ? former : null,
            LinkAt = row.GetDateTimeOffset("LinkAt"),
            Role = Enum.TryParse<OfficerRole>(row.GetString("Role"), out var role) ? role : null,
            Muted = [.. (row.GetString("Muted") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<ReminderKind>)],
            InvitedBy = row.GetString("InvitedBy"),
            Invited = row.GetDateTimeOffset("InvitedAt") is { } at
                ? new Invited(at, row.GetDateTimeOffset("InvitedUntil")!.Value, row.GetBoolean("InvitedIsNew")!.Value)
                : null,
        };
        return new Stored<Account>(account, row.ETag);
    }
}
