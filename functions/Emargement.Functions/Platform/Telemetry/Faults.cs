namespace Emargement.Functions.Platform.Telemetry;

/// <summary>What may be told of an exception: its message may quote what a person sent; its types and the place do not.</summary>
internal static class Faults
{
    public static string TypesOf(Exception fault) =>
        fault.InnerException is { } inner ? $"{fault.GetType().FullName} < {TypesOf(inner)}" : fault.GetType().FullName!;
}
