using Azure;

namespace Emargement.Functions.Platform.Storage;

/// <summary>A value with the ETag under which it was read: what a change must carry.</summary>
/// <param name="ETag">That of no row (<c>default</c>) where the value is what stands for a row that is not there yet.</param>
public sealed record Stored<T>(T Value, ETag ETag);

/// <summary>A change of a stored value: written only if nobody changed it since it was read.</summary>
public sealed record Replacement<T>(Stored<T> Read, T Changed);

/// <summary>Part of a list, with what asks for the next part; null when it is the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Continuation);
