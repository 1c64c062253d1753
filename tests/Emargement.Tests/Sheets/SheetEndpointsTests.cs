using System.Net;
using System.Net.Http.Headers;
using Emargement.Functions.Sheets;
using Emargement.Tests.Platform.Access;

namespace Emargement.Tests.Sheets;

public sealed class SheetEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anyone_may_check_a_pdf_and_hears_why_when_it_cannot_be()
    {
        await using var host = await AccessHost.StartAsync();
        using var sheet = await PostAsync(host, SheetPdf.Write(SheetContents.With(2)));
        sheet.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AccessHost.JsonAsync(sheet))["verdict"]!.GetValue<string>().ShouldBe("unsigned");

        using var page = await PostAsync(host, "<html>"u8.ToArray());
        (page.StatusCode, await AccessHost.CodeAsync(page)).ShouldBe((HttpStatusCode.BadRequest, "not-a-pdf"));
        using var text = await PostAsync(host, "%PDF-1.7"u8.ToArray(), "text/plain");
        (text.StatusCode, await AccessHost.CodeAsync(text)).ShouldBe((HttpStatusCode.UnsupportedMediaType, "content-type-not-pdf"));
        using var large = await PostAsync(host, new byte[(20 * 1024 * 1024) + 1]);
        (large.StatusCode, await AccessHost.CodeAsync(large)).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "body-too-large"));
        using var empty = await PostAsync(host, []);
        (empty.StatusCode, await AccessHost.CodeAsync(empty)).ShouldBe((HttpStatusCode.BadRequest, "not-a-pdf"));
    }

    [Fact]
    public async Task A_form_in_pieces_that_is_larger_than_any_function_takes_is_refused_before_the_host_would()
    {
        await using var host = await AccessHost.StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v")
        {
            Content = new MultipartFormDataContent { { new ByteArrayContent(new byte[27 * 1024 * 1024]), "file", "sheet.pdf" } },
            Headers = { TransferEncodingChunked = true },
        };
        using var answer = await host.Client().SendAsync(request, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_code_of_no_sheet_is_not_found()
    {
        await using var host = await AccessHost.StartAsync();
        using var response = await host.Client().GetAsync(new Uri("/api/verify/2222-2222-2222", UriKind.Relative), Cancellation);

        (response.StatusCode, await AccessHost.CodeAsync(response)).ShouldBe((HttpStatusCode.NotFound, "sheet-unknown"));
    }

    [Theory]
    [InlineData("sheet")]
    [InlineData("evidence")]
    [InlineData("stamp")]
    public async Task Sheets_are_handed_to_the_organisations_people_only(string document)
    {
        await using var host = await AccessHost.StartAsync();
        await host.CreateOrganisationAsync("garonne");
        await host.CreateManagerAsync("garonne", "M1", "ines@garonne.example");
        var address = new Uri($"/api/organisations/garonne/sessions/20261123-1-S1/{document}", UriKind.Relative);

        using var stranger = await host.Client().GetAsync(address, Cancellation);
        stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var manager = await (await host.SignedInAsync("garonne", "ines@garonne.example")).GetAsync(address, Cancellation);
        (manager.StatusCode, await AccessHost.CodeAsync(manager)).ShouldBe((HttpStatusCode.NotFound, "session-not-found"));
    }

    private static async Task<HttpResponseMessage> PostAsync(AccessHost host, byte[] body, string type = "application/pdf")
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        return await host.Client().PostAsync(new Uri("/api/verify", UriKind.Relative), content, Cancellation);
    }
}
