using System.Text;
using Emargement.Functions.Platform.Http.Bodies;

namespace Emargement.Tests.Placements.Paper;

/// <summary>What a scan is, its content says: neither its name nor what the sender calls it.</summary>
public sealed class ScanContentTests
{
    [Theory]
    [InlineData("%PDF-1.7\n", "application/pdf")]
    [InlineData("<html><script>", null)]
    [InlineData("MZ\u0090", null)]
    [InlineData("PK\u0003\u0004", null)]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'>", null)]
    [InlineData("", null)]
    public void V5_2_2_A_scan_is_what_its_content_says(string start, string? type) =>
        ScanType.Of(Encoding.Latin1.GetBytes(start)).ShouldBe(type);

    [Theory]
    [InlineData("1 0 obj << /Type /Catalog /OpenAction 2 0 R >>", true)]
    [InlineData("<< /S /JavaScript /JS (app.alert(1)) >>", true)]
    [InlineData("<< /S /#4A#61vaScript /#4A#53 (x) >>", true)] // the same, written otherwise
    [InlineData("<< /S /Launch /F (cmd.exe) >>", true)]
    [InlineData("<< /Names << /EmbeddedFiles 3 0 R >> >>", true)]
    [InlineData("<< /Type /Page /Resources << /XObject << /Im0 4 0 R >> >> /JSON /AAA >>", false)]
    [InlineData("/", false)]
    [InlineData("/#", false)]
    public void V5_4_3_A_pdf_that_acts_is_refused(string body, bool acts) =>
        PdfActions.Has(Encoding.Latin1.GetBytes("%PDF-1.7\n" + body)).ShouldBe(acts);
}
