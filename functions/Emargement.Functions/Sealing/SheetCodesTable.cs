using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sealing;

/// <summary>What a verification code names: one version of a document.</summary>
/// <param name="Names">What finds the document, in the words of the capability that sealed it.</param>
public sealed record CodedPlace(OrganisationId Organisation, int Version, IReadOnlyDictionary<string, string> Names);

/// <summary>Table <c>SheetCodes</c>: from a code to its sheet or document. PK the code's first two characters, RK the code.</summary>
public sealed class SheetCodesTable(AppStorage storage)
{
    private const string Name = "SheetCodes";
    private const string Organisation = "Organisation";
    private const string Version = "Version";

    public async Task<CodedPlace?> FindAsync(VerificationCode code, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(Partition(code), code.Value, cancellation);
        return row is null ? null : new CodedPlace(
            OrganisationId.Parse(row.GetString(Organisation)),
            row.GetInt32(Version)!.Value,
            row.Where(column => column is { Value: string, Key: not (Organisation or "PartitionKey" or "RowKey" or "odata.etag") })
                .ToDictionary(column => column.Key, column => (string)column.Value));
    }

    /// <returns>False when the code is recorded already: by an earlier try, since codes are not drawn twice.</returns>
    public async Task<bool> TryInsertAsync(VerificationCode code, CodedPlace place, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity(Partition(code), code.Value)
        {
            [Organisation] = place.Organisation.Value,
            [Version] = place.Version,
        };
        foreach (var (name, value) in place.Names)
        {
            entity[name] = value;
        }

        return await table.TryInsertAsync(entity, cancellation);
    }

    private static string Partition(VerificationCode code) => code.Value[..2];
}
