namespace Emargement.Functions.Placements.Paper;

/// <summary>What a scan of a paper form may be.</summary>
public static class ScanType
{
    /// <summary>The media type that the first bytes say; null for what is no PDF, JPEG or PNG.</summary>
    public static string? Of(ReadOnlySpan<byte> scan) =>
        scan.StartsWith("%PDF-"u8) ? "application/pdf"
        : scan.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : scan.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? "image/png"
        : null;
}
