using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Benchmarks.Acts;

/// <summary>The fewest calls that the rules allow for each act, by a bare client on the app's own tables, with rows of the same
/// size. Nothing is decided.</summary>
internal sealed class BareActs
{
    private const string Organisation = "bare";

    private readonly TableClient _facts;
    private readonly TableClient _drawings;
    private readonly TableClient _tokens;
    private readonly TableClient _devices;
    private readonly TableClient _tries;
    private readonly TableClient _accounts;
    private readonly TableClient _logins;
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private int _made;

    private BareActs(string connection)
    {
        TableClient Table(string name) => new(connection, name);
        (_facts, _drawings, _tokens) = (Table("Attendance"), Table("Drawings"), Table("Tokens"));
        (_devices, _tries, _accounts, _logins) = (Table("Devices"), Table("Tries"), Table("Accounts"), Table("Logins"));
    }

    public static async Task<BareActs> CreateAsync(string connection)
    {
        var bare = new BareActs(connection);
        await Parallel.ForEachAsync(Enumerable.Range(0, ActWorld.Tokens), async (i, cancellation) =>
        {
            await bare._tokens.AddEntityAsync(
                new TableEntity(bare.Partition, Person(i)) { ["Secret"] = new byte[120], ["LastStep"] = 0L, ["CardUsed"] = 0L },
                cancellation);
        });
        await Parallel.ForEachAsync(Enumerable.Range(0, ActWorld.Phones), async (i, cancellation) =>
        {
            await bare._devices.AddEntityAsync(
                new TableEntity(bare.Partition, Person(i)) { ["Account"] = Person(i), ["Kind"] = "learner" }, cancellation);
            await bare._accounts.AddEntityAsync(
                new TableEntity(bare.Partition, Person(i)) { ["PasswordHash"] = new string('a', 84) }, cancellation);
            await bare._logins.AddEntityAsync(new TableEntity(bare.Partition, Person(i) + "|account"), cancellation);
        });
        for (var door = 0; door < 100; door++)
        {
            await bare._facts.AddEntityAsync(bare.DoorOf(door));
        }

        return bare;
    }

    /// <summary>The token read and written, the signature: three.</summary>
    public async Task SignByTokenAsync(int person)
    {
        var row = (await _tokens.GetEntityAsync<TableEntity>(Partition, Person(person))).Value;
        row["LastStep"] = row.GetInt64("LastStep") + 1;
        await _tokens.UpdateEntityAsync(row, row.ETag);
        await SignAsync();
    }

    /// <summary>The phone, whether somebody has signed, the drawing, the signature: four.</summary>
    public async Task SignByQrAsync(int phone)
    {
        await _devices.GetEntityAsync<TableEntity>(Partition, Person(phone));
        await _facts.GetEntityIfExistsAsync<TableEntity>(Partition, "20261123|1|none|2-presence|" + Person(phone));
        await DrawAsync(phone);
        await SignAsync();
    }

    /// <summary>The tries read and written, whether somebody has signed, the drawing, the signature: five.</summary>
    public async Task SignByCodeAsync(int phone)
    {
        await CountAsync("code|" + Person(phone));
        await _facts.GetEntityIfExistsAsync<TableEntity>(Partition, "20261123|1|none|2-presence|" + Person(phone));
        await DrawAsync(phone);
        await SignAsync();
    }

    /// <summary>Whose login it is, the tries, the account, the device: what a sign-in costs without its password.</summary>
    public async Task SignInAsync(int phone)
    {
        var (from, to) = (Person(phone) + "|", Person(phone) + "}");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var _ in _logins.QueryAsync<TableEntity>(filter))
        {
        }

        await _tries.AddEntityAsync(new TableEntity(Partition, $"sign-in|{Next()}") { ["Tries"] = "1" });
        await _accounts.GetEntityAsync<TableEntity>(Partition, Person(phone));
        await _devices.AddEntityAsync(new TableEntity(Partition, $"{Person(phone)}|{Next()}") { ["Kind"] = "learner" });
    }

    private string Partition => $"{Organisation}|{_run}";

    private static string Person(int i) => string.Create(CultureInfo.InvariantCulture, $"S{i:D4}");

    private int Next() => Interlocked.Increment(ref _made);

    private TableEntity DoorOf(int i) => new(Partition, string.Create(CultureInfo.InvariantCulture, $"20261123|1|R{i}|0-open"));

    private async Task CountAsync(string path)
    {
        var read = await _tries.GetEntityIfExistsAsync<TableEntity>(Partition, path);
        if (read is { HasValue: true, Value: { } row })
        {
            await _tries.UpdateEntityAsync(row, row.ETag);
        }
        else
        {
            await _tries.AddEntityAsync(new TableEntity(Partition, path) { ["Tries"] = "1" });
        }
    }

    private async Task DrawAsync(int phone)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{Person(phone)}{Next():D64}");
        await _drawings.AddEntityAsync(new TableEntity(Partition, key) { ["Session"] = "20261123-1-R" });
    }

    private async Task SignAsync()
    {
        var i = Next();
        var key = string.Create(CultureInfo.InvariantCulture, $"20261123|1|R{i % 100}|2-presence|S{i:D6}");
        await _facts.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new TableEntity(Partition, key) { ["Json"] = new string('a', 260) }),
            new(TableTransactionActionType.UpdateMerge, DoorOf(i % 100), ETag.All),
        ]);
    }
}
