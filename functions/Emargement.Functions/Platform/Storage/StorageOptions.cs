using System.ComponentModel.DataAnnotations;
using Azure.Data.Tables;

namespace Emargement.Functions.Platform.Storage;

/// <summary>Where state and documents live. Give exactly one of <c>AccountName</c> and <c>ConnectionString</c>.</summary>
public sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";

    /// <summary>Name of the storage account, reached with the app's managed identity.</summary>
    [RegularExpression("^([a-z0-9]{3,24})?$", ErrorMessage =
        "Storage__AccountName is the name of a storage account: 3 to 24 of a-z and 0-9, no address.")]
    public string? AccountName { get; set; }

    /// <summary>Connection string, for the emulator and for machines without a managed identity.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Put before every table and container name, so that several systems share one account.</summary>
    [RegularExpression("^([a-z][a-z0-9]{0,19})?$", ErrorMessage = "Storage__Prefix is up to 20 of a-z and 0-9, starting with a letter.")]
    public string Prefix { get; set; } = "";

    /// <summary>
    /// How long somebody who waits for an answer waits for one call to the storage, its retries included; then it is a 503.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "Storage__Patience is a duration from 00:00:01 to 00:01:00.")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(4);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(ConnectionString) == string.IsNullOrWhiteSpace(AccountName))
        {
            yield return new ValidationResult(
                "Set Storage__AccountName (reached with a managed identity) or Storage__ConnectionString, and only one of them.",
                [nameof(AccountName), nameof(ConnectionString)]);
        }
        else if (!string.IsNullOrWhiteSpace(ConnectionString) && !IsConnectionString(ConnectionString))
        {
            yield return new ValidationResult(
                "Storage__ConnectionString is not the connection string of a storage account: copy it whole, or write "
                    + "UseDevelopmentStorage=true for the emulator.",
                [nameof(ConnectionString)]);
        }
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            _ = new TableServiceClient(text);
            return true;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
