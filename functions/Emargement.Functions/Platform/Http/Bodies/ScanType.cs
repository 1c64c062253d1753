using Emargement.Domain.Platform;

namespace Emargement.Functions.Platform.Http.Bodies;

/// <summary>What a scan of a paper form, or a document that proves something, may be.</summary>
public static class ScanType
{
    /// <summary>Bytes at most.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>The media type that the first bytes say; null for what is no PDF, JPEG or PNG.</summary>
    public static string? Of(ReadOnlySpan<byte> scan) =>
        scan.StartsWith("%PDF-"u8) ? "application/pdf"
        : scan.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : scan.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? "image/png"
        : null;

    /// <returns>The media type, or <c>scan-invalid</c> for what is no PDF, JPEG or PNG, or <c>scan-acts</c> for a PDF that does
    /// something.</returns>
    public static Result<string> Read(ReadOnlySpan<byte> scan) =>
        Of(scan) is not { } type ? Refusal.BadInput("scan-invalid")
        : type == "application/pdf" && PdfActions.Has(scan) ? Refusal.BadInput("scan-acts")
        : type;
}
