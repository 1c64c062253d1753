using System.IO.Compression;
using System.Text;
using Emargement.Tests.Platform.Outgoing;
using Microsoft.AspNetCore.Http;

namespace Emargement.Tests.Planning.Sources;

/// <summary>A server on this machine that behaves as Google does with sheets: redirects to where the workbook lies, a page of signing in
/// for what is not shared, 404 for what is gone.</summary>
internal sealed class FakeGoogle : IAsyncDisposable
{
    private const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private readonly LocalServer _server;

    private FakeGoogle(LocalServer server) => (_server, server.Answer) = (server, AnswerAsync);

    public enum Mood
    {
        Shared,
        NotShared,
        Forbidden,
        Gone,
        Broken,
    }

    public Mood Behaviour { get; set; }

    /// <summary>The tabs of the sheet: name, and lines of cells parted by semicolons.</summary>
    public Dictionary<string, string[]> Tabs { get; } = [];

    /// <summary>A CSV file that lies on the same server, at <c>/planning.csv</c>.</summary>
    public string? Csv { get; set; }

    public int Calls => _server.Seen.Count(s => s.Path.StartsWith("/spreadsheets/", StringComparison.Ordinal));

    public static async Task<FakeGoogle> StartAsync() => new(await LocalServer.StartAsync());

    /// <summary>As somebody copies it from the browser.</summary>
    public string Sheet(string id = "1aB_cD-2eF3gH4iJ5kL6mN7oP8qR9sT0uV") => $"{_server.Address}spreadsheets/d/{id}/edit#gid=0";

    public string File => $"{_server.Address}planning.csv";

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task AnswerAsync(HttpContext call) => call.Request.Path.Value switch
    {
        "/ServiceLogin" => PageAsync(call, "<!doctype html><title>Connexion : comptes Google</title>"),
        "/planning.csv" when Csv is not null => TextAsync(call, Csv),
        "/content" => BytesAsync(call),
        var path when path!.EndsWith("/export", StringComparison.Ordinal) && call.Request.Query["format"] == "xlsx" => Behaviour switch
        {
            Mood.Shared => RedirectAsync(call, "/content"),
            Mood.NotShared => RedirectAsync(call, "/ServiceLogin?continue=https://docs.google.com"),
            Mood.Forbidden => StatusAsync(call, 401),
            Mood.Gone => StatusAsync(call, 404),
            _ => StatusAsync(call, 500),
        },
        _ => StatusAsync(call, 404),
    };

    private static Task RedirectAsync(HttpContext call, string to)
    {
        call.Response.StatusCode = 307;
        call.Response.Headers.Location = to;
        return Task.CompletedTask;
    }

    private static Task StatusAsync(HttpContext call, int status)
    {
        call.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task PageAsync(HttpContext call, string page)
    {
        call.Response.ContentType = "text/html; charset=utf-8";
        return call.Response.WriteAsync(page);
    }

    private static Task TextAsync(HttpContext call, string text)
    {
        call.Response.ContentType = "text/csv";
        return call.Response.WriteAsync(text);
    }

    private async Task BytesAsync(HttpContext call)
    {
        call.Response.ContentType = XlsxType;
        call.Response.Headers.ContentDisposition = "attachment; filename=\"Planning.xlsx\"; filename*=UTF-8''Planning%202026.xlsx";
        await call.Response.Body.WriteAsync(Workbook(Tabs));
    }

    private static byte[] Workbook(Dictionary<string, string[]> tabs)
    {
        const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            var sheets = tabs.Keys.Select((name, i) => $"<sheet name=\"{name}\" sheetId=\"{i + 1}\" r:id=\"r{i}\"/>");
            var targets = tabs.Keys.Select((_, i) => $"<Relationship Id=\"r{i}\" Target=\"worksheets/sheet{i}.xml\"/>");
            Add("xl/workbook.xml", $"<workbook {Main} xmlns:r=\"{Relations}\"><sheets>{string.Concat(sheets)}</sheets></workbook>");
            Add("xl/_rels/workbook.xml.rels", $"<Relationships>{string.Concat(targets)}</Relationships>");
            foreach (var (index, lines) in tabs.Values.Index())
            {
                var rows = lines.Select((line, i) => $"<row r=\"{i + 1}\">{string.Concat(line.Split(';').Select(Cell))}</row>");
                Add($"xl/worksheets/sheet{index}.xml", $"<worksheet {Main}><sheetData>{string.Concat(rows)}</sheetData></worksheet>");
            }

            void Add(string name, string text)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return output.ToArray();
    }

    private static string Cell(string value) =>
        $"<c t=\"inlineStr\"><is><t>{System.Security.SecurityElement.Escape(value)}</t></is></c>";
}
