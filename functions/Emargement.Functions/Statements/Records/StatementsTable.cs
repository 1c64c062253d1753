using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Statements;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Statements.Records;

/// <summary>
/// Table <c>Statements</c>: one row a version. PK <c>{org}|{training}</c>, RK
/// <c>{learner}|{kind}|{first:yyyyMMdd}-{last:yyyyMMdd}|{version, four digits}</c>: a training's statements are one range, a learner's in
/// it another.
/// </summary>
public sealed class StatementsTable(AppStorage storage)
{
    private const string Name = "Statements";

    /// <summary>Every version of a statement, the first one first: one range query.</summary>
    public async Task<IReadOnlyList<StatementRecord>> VersionsAsync(
        OrganisationId organisation, StatementKey key, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var found = new List<StatementRecord>();
        await foreach (var row in table.StartingWith(Partition(organisation, key.Training), Prefix(key), cancellation))
        {
            found.Add(FromEntity(key.Training, row));
        }

        return found;
    }

    /// <summary>Every version of every statement of a training, or of one learner in it, in the order of the keys.</summary>
    public async IAsyncEnumerable<StatementRecord> OfTrainingAsync(
        OrganisationId organisation, Reference training, Reference? learner, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var prefix = learner is { } one ? one.Key + "|" : "";
        await foreach (var row in table.StartingWith(Partition(organisation, training), prefix, cancellation))
        {
            yield return FromEntity(training, row);
        }
    }

    /// <returns>False when this version is recorded already.</returns>
    public async Task<bool> TryInsertAsync(OrganisationId organisation, StatementRecord statement, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryInsertAsync(ToEntity(organisation, statement), cancellation);
    }

    private static string Partition(OrganisationId organisation, Reference training) => $"{organisation}|{training.Key}";

    private static string Prefix(StatementKey key) => $"{key.Learner.Key}|{key.Kind.NameOf()}|{key.Span}|";

    private static TableEntity ToEntity(OrganisationId organisation, StatementRecord s)
    {
        var row = Prefix(s.Key) + s.Version.ToString("D4", CultureInfo.InvariantCulture);
        var entity = new TableEntity(Partition(organisation, s.Key.Training), row)
        {
            ["Code"] = s.Code.Value,
            ["Sha256"] = s.Sha256,
            ["Root"] = s.Root,
            ["Figures"] = s.Figures,
            ["By"] = s.By,
            ["SealedAt"] = s.SealedAt,
            ["Development"] = s.Development,
        };
        entity.SetIfAny("Supersedes", s.Supersedes);
        return entity;
    }

    private static StatementRecord FromEntity(Reference training, TableEntity row)
    {
        var parts = row.RowKey.Split('|');
        var days = parts[2].Split('-');
        return new StatementRecord
        {
            Key = new StatementKey(
                training,
                Reference.TryParseKey(parts[0], out var learner) ? learner : throw Broken(row),
                StatementKinds.TryParse(parts[1], out var kind) ? kind : throw Broken(row),
                StatementSpan.Of(Day(days[0]), Day(days[1])) is { IsOk: true, Value: var span } ? span : throw Broken(row)),
            Version = int.Parse(parts[3], CultureInfo.InvariantCulture),
            Code = VerificationCode.TryParse(row.GetString("Code"), out var code) ? code : throw Broken(row),
            Sha256 = row.GetString("Sha256"),
            Supersedes = row.GetString("Supersedes"),
            Root = row.GetString("Root"),
            Figures = row.GetString("Figures"),
            By = row.GetString("By"),
            SealedAt = row.GetDateTimeOffset("SealedAt")!.Value,
            Development = row.GetBoolean("Development")!.Value,
        };
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture);

    private static FormatException Broken(TableEntity row) => new($"Row {row.RowKey} of {Name} cannot be read.");
}
