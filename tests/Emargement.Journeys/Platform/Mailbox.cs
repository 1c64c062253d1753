using System.Net;
using System.Text.RegularExpressions;

namespace Emargement.Journeys.Platform;

/// <summary>The mailbox that LocalHost shows as pages: a list, and one a message.</summary>
public static partial class Mailbox
{
    /// <summary>The secret of the newest link sent to an address, or null.</summary>
    /// <param name="page">The letter of the page: <c>l</c> to sign, <c>t</c> for a tutor.</param>
    public static async Task<string?> LinkAsync(Client client, string address, char page, CancellationToken cancellation)
    {
        var (_, list) = await client.SendAsync(HttpMethod.Get, "dev/mailbox", null, cancellation);
        var message = Row().Matches(list).FirstOrDefault(row => WebUtility.HtmlDecode(row.Value).Contains(address, StringComparison.Ordinal));
        if (message is null)
        {
            return null;
        }

        var (_, text) = await client.SendAsync(HttpMethod.Get, $"dev/mailbox/{message.Groups[1].Value}", null, cancellation);
        return Link().Matches(WebUtility.HtmlDecode(text)).FirstOrDefault(link => link.Groups[1].Value[0] == page)?.Groups[2].Value;
    }

    /// <summary>How many of the newest mails went to an address.</summary>
    public static async Task<int> CountAsync(Client client, string address, CancellationToken cancellation)
    {
        var (_, list) = await client.SendAsync(HttpMethod.Get, "dev/mailbox", null, cancellation);
        return Row().Matches(list).Count(row => WebUtility.HtmlDecode(row.Value).Contains(address, StringComparison.Ordinal));
    }

    [GeneratedRegex("<tr>(?:(?!</tr>).)*href=\"/dev/mailbox/([^\"]+)\".*?</tr>")]
    private static partial Regex Row();

    [GeneratedRegex("/([lt])/([A-Za-z0-9_-]{22})")]
    private static partial Regex Link();
}
