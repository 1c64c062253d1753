using Emargement.Domain.Webhooks;

namespace Emargement.Functions.Webhooks.Endpoints;

public enum EndpointState
{
    Active,

    /// <summary>By a person: what happens meanwhile is not kept for it.</summary>
    Paused,

    /// <summary>By itself, after too many failures or because it said so.</summary>
    Disabled,
}

/// <summary>An address of another system, to which an organisation's news are sent.</summary>
/// <param name="Address">Null when this process has not the keys to read it.</param>
/// <param name="Host">What is shown of the address: the rest may be a secret.</param>
/// <param name="Former">What signed before, and signs beside the present secret until its end.</param>
/// <param name="GivenUp">Deliveries in a row that were given up.</param>
public sealed record WebhookEndpoint(
    string Id,
    Uri? Address,
    string Host,
    IReadOnlyList<string> Events,
    WebhookSecret? Secret,
    WebhookSecret? Former,
    DateTimeOffset? FormerUntil,
    EndpointState State,
    int GivenUp,
    string By,
    DateTimeOffset CreatedAt)
{
    /// <summary>The secrets that sign at an instant, the present one first.</summary>
    public IEnumerable<WebhookSecret> SigningAt(DateTimeOffset now)
    {
        if (Secret is not null)
        {
            yield return Secret;
        }

        if (Former is not null && FormerUntil > now)
        {
            yield return Former;
        }
    }
}

/// <summary>An endpoint as it is shown: its host alone, and no secret.</summary>
public sealed record EndpointView(
    string Id, string Host, IReadOnlyList<string> Events, EndpointState State, DateTimeOffset CreatedAt, DateTimeOffset? FormerSecretUntil)
{
    public static EndpointView Of(WebhookEndpoint endpoint, DateTimeOffset now) => new(
        endpoint.Id, endpoint.Host, endpoint.Events, endpoint.State, endpoint.CreatedAt,
        endpoint.FormerUntil > now ? endpoint.FormerUntil : null);
}

/// <summary>A new secret: the only time that it is shown.</summary>
public sealed record MadeEndpoint(string Id, string Host, string Secret);
