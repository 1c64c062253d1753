using System.Text.Json.Nodes;

namespace Emargement.Tests.Infra.Deploy;

/// <summary>The vault, what the app has read of it, and containers whose retention can be locked.</summary>
internal sealed partial class AzureStandIn
{
    private JsonArray Containers() => new(
        [.. Policies.Keys.Select(c => new JsonObject { ["name"] = c, ["hasImmutabilityPolicy"] = true }),
            new JsonObject { ["name"] = "imports", ["hasImmutabilityPolicy"] = false }]);

    private JsonObject? Policy(ProgramCall call)
    {
        var container = call.Option("--container-name")!;
        if (!Policies.TryGetValue(container, out var state))
        {
            return new JsonObject { ["etag"] = "", ["immutabilityPeriodSinceCreationInDays"] = 0 };
        }

        if (call.Begins("storage container immutability-policy lock"))
        {
            if (state == "Locked" || call.Option("--if-match") != $"\"{container}\"")
            {
                throw new AzureException("(ContainerImmutabilityPolicyFailure) The policy is locked, or another one by now.");
            }

            Policies[container] = "Locked";
        }

        return new JsonObject { ["etag"] = $"\"{container}\"", ["state"] = Policies[container] };
    }

    private JsonNode? Vault(ProgramCall call)
    {
        if (!VaultIsOpen)
        {
            throw new AzureException(
                "(Forbidden) Public network access is disabled.\nCode: Forbidden\nInner error: { \"code\": \"ForbiddenByConnection\" }");
        }

        if (!RightsHaveArrived)
        {
            throw new AzureException(
                "(Forbidden) Caller is not authorized to perform action on resource.\nInner error: { \"code\": \"ForbiddenByRbac\" }");
        }

        var name = call.Option("--name") ?? "";
        if (call.Begins("keyvault certificate list")) { return Names(Certificates.Keys); }
        if (call.Begins("keyvault secret list")) { return Names(Secrets.Keys); }
        if (call.Begins("keyvault secret show")) { return new JsonObject { ["value"] = Secrets[name] }; }

        // A second one of a name is a new version: the old one is no longer what the app reads.
        var made = call.Begins("keyvault certificate create") ? Certificates : Secrets;
        made[name] = made.TryGetValue(name, out var former) ? $"after {former}" : call.Option("--file") ?? "made by the policy";
        return new JsonObject();
    }

    private void FetchReferences()
    {
        References.Clear();
        foreach (var (setting, value) in Settings.Where(s => s.Value.StartsWith("@Microsoft.KeyVault", StringComparison.Ordinal)))
        {
            var secret = value.Split('/')[^1].TrimEnd(')');
            References[setting] = !RightsHaveArrived ? "AccessToKeyVaultDenied"
                : Certificates.ContainsKey(secret) || Secrets.ContainsKey(secret) ? "Resolved" : "SecretNotFound";
        }
    }
}
