using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Announcements;
using Emargement.Functions.Sheets.Records;

namespace Emargement.Functions.Sheets;

/// <summary>What is told outside of a sheet that was sealed.</summary>
internal static class SheetAnnouncements
{
    /// <summary>The closing with the first version, a correction with each that follows.</summary>
    public static IReadOnlyCollection<Announcement> Of(OrganisationId organisation, SheetRecord sheet)
    {
        var data = new Dictionary<string, object>
        {
            ["org"] = organisation.Value,
            ["session"] = sheet.Session.ToString(),
            ["version"] = sheet.Version,
            ["sha256"] = sheet.Sha256,
            ["level"] = sheet.Level,
            ["signed"] = sheet.Signed,
            ["expected"] = sheet.Expected,
            ["url"] = $"/api/organisations/{organisation}/sessions/{sheet.Session}/sheet",
        };
        var (what, sealedAs) = sheet.Version == 1
            ? (AnnouncementTypes.SessionClosed, AnnouncementTypes.SheetSealed)
            : (AnnouncementTypes.AttendanceCorrected, AnnouncementTypes.SheetReplaced);
        return [News(what), News(sealedAs)];

        Announcement News(string type) => new(
            organisation, type, $"session {sheet.Session}", sheet.Version.ToString(CultureInfo.InvariantCulture), sheet.SealedAt, data);
    }
}
