using System.ComponentModel.DataAnnotations;

namespace Emargement.Functions.Platform.Storage;

/// <summary>Section <c>Storage</c>: where state and documents live. Give exactly one of the two.</summary>
public sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";

    /// <summary>Connection string, for the emulator and for machines without a managed identity.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Name of the storage account, reached with the app's managed identity.</summary>
    public string? AccountName { get; set; }

    /// <summary>Letters and digits put before every table and container name, so that several systems share one account. Empty unless set.</summary>
    [RegularExpression("^([a-z][a-z0-9]{0,19})?$", ErrorMessage = "Storage:Prefix is up to 20 of a-z and 0-9, starting with a letter.")]
    public string Prefix { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(ConnectionString) == string.IsNullOrWhiteSpace(AccountName))
        {
            yield return new ValidationResult(
                "Set Storage:AccountName (with a managed identity) or Storage:ConnectionString, and only one of them.",
                [nameof(AccountName), nameof(ConnectionString)]);
        }
    }
}
