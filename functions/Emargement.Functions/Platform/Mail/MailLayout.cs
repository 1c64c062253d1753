using System.Net;
using Emargement.Domain.Platform;
using Emargement.Web.Platform;

namespace Emargement.Functions.Platform.Mail;

/// <param name="Words">What fills the placeholders of the button's text.</param>
public sealed record MailLink(Uri Address, (string Name, object Value)[] Words);

/// <summary>
/// Lays a mail out from the texts <c>mail.{template}.subject</c>, <c>.body</c> (a
/// paragraph a line) and <c>.button</c>, with its links after the body.
/// </summary>
public static class MailLayout
{
    private const string Button = "display:inline-block;padding:12px 20px;border-radius:6px;"
        + "background:#1b4b8f;color:#ffffff;text-decoration:none";

    /// <param name="values">What fills the texts' placeholders; made harmless in HTML here.</param>
    public static Mail Compose(
        EmailAddress to, string language, string template, Uri link, params (string Name, object Value)[] values) =>
        Compose(to, language, template, [new MailLink(link, values)], values);

    /// <inheritdoc cref="Compose(EmailAddress, string, string, Uri, ValueTuple{string, object}[])"/>
    public static Mail Compose(
        EmailAddress to,
        string language,
        string template,
        IReadOnlyList<MailLink> links,
        params (string Name, object Value)[] values)
    {
        var texts = Texts.For(language);
        var subject = texts[$"mail.{template}.subject", values];
        var paragraphs = texts[$"mail.{template}.body", values].Split(
            '\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var buttons = links.Select(link => (Word: texts[$"mail.{template}.button", link.Words], Address: link.Address.ToString())).ToList();
        var text = string.Join("\n\n", paragraphs) + string.Concat(buttons.Select(b => $"\n\n{b.Word}:\n{b.Address}")) + "\n";
        var html = $"<!doctype html><html lang=\"{texts.Tag}\"><head><meta charset=\"utf-8\"><title>{Safe(subject)}</title></head>"
            + "<body style=\"font-family:sans-serif\">"
            + string.Concat(paragraphs.Select(p => $"<p>{Safe(p)}</p>"))
            + string.Concat(buttons.Select(b =>
                $"<p><a href=\"{Safe(b.Address)}\" style=\"{Button}\">{Safe(b.Word)}</a></p><p>{Safe(b.Address)}</p>"))
            + "</body></html>";
        return new Mail(to, OneLine(subject), text, html, texts.Language);
    }

    /// <summary>The mail with a link at its foot by which its reader asks for no more of its kind.</summary>
    public static Mail WithStop(this Mail mail, Uri stop)
    {
        var word = Texts.For(mail.Language)["mail.stop"];
        var foot = $"<p><small><a href=\"{Safe(stop.ToString())}\">{Safe(word)}</a></small></p></body>";
        return mail with
        {
            Text = $"{mail.Text}\n{word}:\n{stop}\n",
            Html = mail.Html.Replace("</body>", foot, StringComparison.Ordinal),
            Stop = stop,
        };
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
