using System.Net;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using MimeKit;

namespace Emargement.Journeys.Platform;

/// <summary>Where the mails of a server that hands them to nobody can be read.</summary>
public abstract partial class Mailbox
{
    /// <summary>The pages that LocalHost has; else, where the server's storage is known, the container of its mails; else null.</summary>
    /// <param name="storage">Connection string of the server's storage.</param>
    /// <param name="prefix">What that server puts before its containers' names.</param>
    public static async Task<Mailbox?> OfAsync(IServer server, string? storage, string? prefix, CancellationToken cancellation)
    {
        using var anyone = new Client(server);
        return (await anyone.SendAsync(HttpMethod.Get, Pages.Address, null, cancellation)).Status == 200 ? new Pages(server)
            : string.IsNullOrEmpty(storage) ? null
            : new Container(new BlobContainerClient(storage, prefix + "mailbox"));
    }

    /// <summary>The newest link sent to an address, or null.</summary>
    /// <param name="page">The letter of the page: <c>a</c> to choose a password, <c>l</c> to sign, <c>t</c> for a tutor.</param>
    public async Task<Uri?> LinkAsync(string address, char page, CancellationToken cancellation) =>
        (await ToAsync(address, cancellation))
            .Select(text => Link().Matches(text).FirstOrDefault(link => link.Groups[1].Value[0] == page))
            .OfType<Match>().Select(link => new Uri(link.Value)).FirstOrDefault();

    /// <summary>How many of the newest mails went to an address.</summary>
    public async Task<int> CountAsync(string address, CancellationToken cancellation) => (await ToAsync(address, cancellation)).Count;

    /// <summary>What the mails to an address say, the newest first.</summary>
    protected abstract Task<IReadOnlyList<string>> ToAsync(string address, CancellationToken cancellation);

    [GeneratedRegex("https?://[^/\\s\"<>]+/([alt])/[A-Za-z0-9_-]{22}")]
    private static partial Regex Link();

    /// <summary>A list, and one page a message.</summary>
    private sealed partial class Pages(IServer server) : Mailbox
    {
        public const string Address = "dev/mailbox";

        protected override async Task<IReadOnlyList<string>> ToAsync(string address, CancellationToken cancellation)
        {
            using var anyone = new Client(server);
            var (_, list) = await anyone.SendAsync(HttpMethod.Get, Address, null, cancellation);
            var texts = new List<string>();
            var rows = Row().Matches(list).Where(row => WebUtility.HtmlDecode(row.Value).Contains(address, StringComparison.Ordinal));
            foreach (var row in rows)
            {
                var (_, text) = await anyone.SendAsync(HttpMethod.Get, $"{Address}/{row.Groups[1].Value}", null, cancellation);
                texts.Add(WebUtility.HtmlDecode(text));
            }

            return texts;
        }

        [GeneratedRegex("<tr>(?:(?!</tr>).)*href=\"/dev/mailbox/([^\"]+)\".*?</tr>")]
        private static partial Regex Row();
    }

    /// <summary>One message a blob.</summary>
    private sealed class Container(BlobContainerClient container) : Mailbox
    {
        private const int Newest = 100;

        protected override async Task<IReadOnlyList<string>> ToAsync(string address, CancellationToken cancellation)
        {
            if (!await container.ExistsAsync(cancellation))
            {
                return [];
            }

            var blobs = await container.GetBlobsAsync(cancellationToken: cancellation).ToListAsync(cancellation);
            var texts = new List<string>();
            foreach (var blob in blobs.OrderByDescending(b => b.Properties.LastModified).Take(Newest))
            {
                await using var stream = await container.GetBlobClient(blob.Name).OpenReadAsync(cancellationToken: cancellation);
                using var mail = await MimeMessage.LoadAsync(stream, cancellation);
                if (mail.To.Mailboxes.Any(to => to.Address == address))
                {
                    texts.Add($"{mail.TextBody}\n{mail.HtmlBody}");
                }
            }

            return texts;
        }
    }
}
