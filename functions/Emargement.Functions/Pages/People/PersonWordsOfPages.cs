using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Functions.Signing.Finding;
using Emargement.Web.People;

namespace Emargement.Functions.Pages.People;

/// <summary>People as pages write them.</summary>
internal static class PersonWordsOfPages
{
    /// <summary>The word of the addresses: <c>learners</c> or <c>trainers</c>.</summary>
    public static string KindOf(AccountKind kind) => AccountId.Word(kind) + "s";

    public static string WordOf(AccessState state) => state.ToString().ToLowerInvariant();

    public static NamesakeModel Of(Learner l) => new(l.Ref, $"{l.FirstName} {l.LastName}", l.BirthDate);

    public static NamesakeModel Of(Trainer t) => new(t.Ref, $"{t.FirstName} {t.LastName}", null);

    public static PersonValues ValuesOf(Learner l) => Values(
        ("title", l.Title),
        ("lastName", l.LastName),
        ("firstName", l.FirstName),
        ("birthDate", l.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("email", l.Email?.Value),
        ("phone", l.Phone),
        ("language", l.Language));

    public static PersonValues ValuesOf(Trainer t) =>
        Values(("lastName", t.LastName), ("firstName", t.FirstName), ("email", t.Email?.Value));

    private static PersonValues Values(params IEnumerable<(string Name, string? Value)> values) =>
        new(values.Where(v => v.Value is not null).ToDictionary(v => v.Name, v => v.Value!));
}
