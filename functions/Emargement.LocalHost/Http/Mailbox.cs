using System.Globalization;
using System.Net;
using System.Text;
using Azure.Storage.Blobs;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MimeKit;

namespace Emargement.LocalHost.Http;

/// <summary>A page of the mails that reached nobody: on one machine the app leaves them in a container, one message a blob.</summary>
internal static class Mailbox
{
    private const string Container = "mailbox";
    private const int Shown = 100;

    public static void MapMailbox(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/dev/mailbox", ListAsync);
        endpoints.MapGet("/dev/mailbox/{name}", ReadAsync);
    }

    private static async Task<IResult> ListAsync(AppStorage storage, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        var blobs = new List<(string Name, DateTimeOffset At)>();
        await foreach (var blob in container.GetBlobsAsync(cancellationToken: cancellation))
        {
            blobs.Add((blob.Name, blob.Properties.LastModified ?? default));
        }

        var rows = new StringBuilder();
        foreach (var (name, at) in blobs.OrderByDescending(b => b.At).Take(Shown))
        {
            var mail = await LoadAsync(container, name, cancellation);
            rows.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{at:u}</td><td>{Text(mail.To)}</td>"
                + $"<td><a href=\"/dev/mailbox/{Uri.EscapeDataString(name)}\">{Text(mail.Subject)}</a></td></tr>");
        }

        return Page("Mailbox", $"<h1>Mails</h1><table><tr><th>Sent</th><th>To</th><th>Subject</th></tr>{rows}</table>");
    }

    private static async Task<IResult> ReadAsync(string name, AppStorage storage, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        if (!await container.GetBlobClient(name).ExistsAsync(cancellation))
        {
            return Results.NotFound();
        }

        var mail = await LoadAsync(container, name, cancellation);
        return Page(
            mail.Subject,
            $"<p><a href=\"/dev/mailbox\">Mails</a></p>"
                + $"<h1>{Text(mail.Subject)}</h1><p>To {Text(mail.To)}</p><hr>{mail.HtmlBody}<hr><pre>{Text(mail.TextBody)}</pre>");
    }

    private static async Task<MimeMessage> LoadAsync(BlobContainerClient container, string name, CancellationToken cancellation)
    {
        await using var stream = await container.GetBlobClient(name).OpenReadAsync(cancellationToken: cancellation);
        return await MimeMessage.LoadAsync(stream, cancellation);
    }

    private static IResult Page(string? title, string body) => Results.Content(
        $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{Text(title)}</title><body>{body}</body></html>",
        "text/html; charset=utf-8");

    private static string Text(object? value) => WebUtility.HtmlEncode(value?.ToString() ?? string.Empty);
}
