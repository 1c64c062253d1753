namespace Emargement.Functions.Accounts.Api;

/// <summary>An activation link to hand over.</summary>
public sealed record ActivationView(Uri ActivationUrl, DateTimeOffset ExpiresAt)
{
    public static ActivationView Of(MintedActivation minted, string address) => new(new Uri($"{address}/a/{minted.Secret}"), minted.ExpiresAt);
}
