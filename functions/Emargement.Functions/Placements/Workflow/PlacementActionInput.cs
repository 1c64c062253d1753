namespace Emargement.Functions.Placements.Workflow;

/// <param name="Action">As <c>PlacementAction.ToJson</c> writes it.</param>
public sealed record PlacementActionInput(string Organisation, string Placement, string Action);
