using System.Net;
using System.Text.RegularExpressions;

namespace Emargement.Journeys.Platform;

/// <summary>The mailbox that LocalHost shows as pages: a list, and one a message.</summary>
public static partial class Mailbox
{
    /// <summary>The secret of the newest signing link sent to an address, or null.</summary>
    public static async Task<string?> LinkAsync(Client client, string address, CancellationToken cancellation)
    {
        var (_, list) = await client.SendAsync(HttpMethod.Get, "dev/mailbox", null, cancellation);
        var message = Row().Matches(list).FirstOrDefault(row => WebUtility.HtmlDecode(row.Value).Contains(address, StringComparison.Ordinal));
        if (message is null)
        {
            return null;
        }

        var (_, text) = await client.SendAsync(HttpMethod.Get, $"dev/mailbox/{message.Groups[1].Value}", null, cancellation);
        return SignLink().Match(WebUtility.HtmlDecode(text)) is { Success: true } link ? link.Groups[1].Value : null;
    }

    [GeneratedRegex("<tr>(?:(?!</tr>).)*href=\"/dev/mailbox/([^\"]+)\".*?</tr>")]
    private static partial Regex Row();

    [GeneratedRegex("/l/([A-Za-z0-9_-]{22})")]
    private static partial Regex SignLink();
}
