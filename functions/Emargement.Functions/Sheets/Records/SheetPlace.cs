using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Sealing;

namespace Emargement.Functions.Sheets.Records;

/// <summary>A version of a Session's sheet.</summary>
public sealed record SheetPlace(OrganisationId Organisation, SessionId Session, int Version)
{
    private const string Name = "Session";

    /// <summary>As its code names it.</summary>
    public CodedPlace Coded => new(Organisation, Version, new Dictionary<string, string> { [Name] = Session.ToString() });

    /// <returns>Null for another sort of document.</returns>
    public static SheetPlace? Of(CodedPlace place) => place.Names.TryGetValue(Name, out var session)
        ? new SheetPlace(place.Organisation, SessionId.Parse(session), place.Version)
        : null;
}
