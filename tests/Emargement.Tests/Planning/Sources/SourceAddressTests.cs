using Emargement.Domain.Planning.Sources;

namespace Emargement.Tests.Planning.Sources;

public sealed class SourceAddressTests
{
    private const string Id = "1aB_cD-2eF3gH4iJ5kL6mN7oP8qR9sT0uV";
    private const string Export = $"https://docs.google.com/spreadsheets/d/{Id}/export?format=xlsx";
    private const string Published = $"https://docs.google.com/spreadsheets/d/e/2PACX-{Id}/pub?output=xlsx";

    [Theory]
    [InlineData($"https://docs.google.com/spreadsheets/d/{Id}/edit#gid=0", Export, "as the browser shows it")]
    [InlineData($"https://docs.google.com/spreadsheets/d/{Id}/edit?usp=sharing", Export, "as Share copies it")]
    [InlineData($"https://docs.google.com/spreadsheets/d/{Id}/edit?gid=12&usp=drive_link#gid=12", Export, "another tab: all are read")]
    [InlineData($"  https://docs.google.com/spreadsheets/d/{Id}/view \n", Export, "pasted with what was around it")]
    [InlineData($"docs.google.com/spreadsheets/d/{Id}", Export, "without https://")]
    [InlineData($"https://docs.google.com/spreadsheets/u/1/d/{Id}/edit", Export, "with a second account")]
    [InlineData($"https://docs.google.com/a/greta.example/spreadsheets/d/{Id}/edit", Export, "of a domain")]
    [InlineData($"https://docs.google.com/spreadsheets/d/{Id}/export?format=csv&gid=3", Export, "one tab as CSV: all are read")]
    [InlineData($"https://docs.google.com/spreadsheets/d/{Id}/htmlview", Export, "to be looked at")]
    [InlineData($"https://docs.google.com/spreadsheets/d/{Id}/edit?resourcekey=0-abc", Export + "&resourcekey=0-abc", "shared long ago")]
    [InlineData($"https://docs.google.com/spreadsheets/d/e/2PACX-{Id}/pubhtml", Published, "published")]
    [InlineData($"https://docs.google.com/spreadsheets/d/e/2PACX-{Id}/pub?gid=0&single=true&output=csv", Published, "one tab published")]
    public void Any_address_of_a_sheet_is_its_workbook(string typed, string download, string because) =>
        SourceAddress.Download(SourceKind.Sheet, typed)?.AbsoluteUri.ShouldBe(download, because);

    [Theory]
    [InlineData("https://docs.google.com/document/d/1aB_cD-2eF3gH4iJ5kL6mN7oP8qR9sT0uV/edit")]
    [InlineData("https://docs.google.com/spreadsheets/u/0/")]
    [InlineData("https://docs.google.com.example/spreadsheets/d/1aB_cD-2eF3gH4iJ5kL6mN7oP8qR9sT0uV/edit")]
    [InlineData("https://drive.google.com/drive/folders/1aB_cD-2eF3gH4iJ5kL6mN7oP8qR9sT0uV")]
    [InlineData("notre planning")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_sheet_is_none(string? typed) => SourceAddress.Download(SourceKind.Sheet, typed).ShouldBeNull();

    [Theory]
    [InlineData("webcal://agenda.example/of.ics")]
    [InlineData("webcals://agenda.example/of.ics")]
    [InlineData("https://agenda.example/of.ics")]
    public void A_calendar_may_be_written_as_calendars_are(string typed) =>
        SourceAddress.Download(SourceKind.Calendar, typed)?.AbsoluteUri.ShouldBe("https://agenda.example/of.ics");
}
