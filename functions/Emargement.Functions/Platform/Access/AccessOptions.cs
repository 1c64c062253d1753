using System.ComponentModel.DataAnnotations;

namespace Emargement.Functions.Platform.Access;

/// <summary>Who runs the service, and under which address.</summary>
public sealed class AccessOptions : IValidatableObject
{
    public const string Section = "Access";

    /// <summary>
    /// The key of whoever runs the service, sent as <c>X-Operator-Key</c>. Without one
    /// nobody is operator, and nobody creates organisations.
    /// </summary>
    [MinLength(32, ErrorMessage = "Access__OperatorKey has at least 32 characters; make one with `openssl rand -base64 36`.")]
    public string? OperatorKey { get; set; }

    /// <summary>
    /// The address under which people reach the app: what QR codes, links and mails
    /// start with. Without one, that of the request; set it in Azure. Passkeys are made for its host: with another host, every one is lost.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Multiplies every function's limit of calls a minute; more than 1 where one machine plays many, as in a load test.</summary>
    [Range(0.01, 1_000_000, ErrorMessage = "Access__RateFactor is a number from 0.01 to 1000000; 1 is usual.")]
    public double RateFactor { get; set; } = 1;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicUrl is { } url
            && (!url.IsAbsoluteUri || url.Scheme is not ("https" or "http") || url.AbsolutePath != "/" || url.Query.Length > 0))
        {
            yield return new ValidationResult(
                "Access__PublicUrl is an address such as https://emargement.example, with no path.", [nameof(PublicUrl)]);
        }
    }
}
