namespace Emargement.Functions.Platform.Outgoing;

/// <summary>Calls that the app makes to other people's servers, at addresses that organisations give.</summary>
public sealed class OutgoingOptions
{
    public const string Section = "Outgoing";

    /// <summary>For tests and for trying the service out only: servers on this very machine may be called too, without encryption and on
    /// any port. Stops the start in Azure.</summary>
    public bool ThisMachine { get; set; }
}
