using System.Text.RegularExpressions;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Tests.House;
using Emargement.Web.Placements;
using Emargement.Web.Platform;

namespace Emargement.Tests.Web;

public sealed partial class TextsTests
{
    private static readonly Texts French = Texts.For("fr");

    // What another language writes as French does, beside names of products.
    private static readonly Dictionary<string, string[]> SameAsFrench = new()
    {
        ["de"] =
        [
            "declare.break", "script.method.code", "script.method.paper", "sources.address", "settings.holidays.guadeloupe",
            "settings.holidays.martinique", "settings.holidays.mayotte",
        ],
        ["en"] =
        [
            "charts.method.qr",
            "charts.signatures",
            "fact.signatures",
            "fact.version",
            "journal.kind.Invitation",
            "manage.documents",
            "mark.absent",
            "mark.minutes",
            "script.mark.absent",
            "script.method.code",
            "script.method.qr",
            "sources.title",
            "group.region",
            "month.mode",
            "month.sort.anomalies",
            "month.version",
            "nav.menu",
            "portal.anomalies",
            "portal.versions",
            "absence.document",
            "absence.documents.one",
            "absence.documents.other",
            "nav.absences",
            "settle.kind.absence-due",
            "settle.kind.anomaly",
            "usage.title",
            "settings.planning",
            "settings.holidays.guadeloupe",
            "settings.holidays.martinique",
            "settings.holidays.mayotte",
        ],
        ["es"] = ["declare.end", "portal.role.leading", "settings.holidays.mayotte"],
        ["it"] = ["nav.menu", "settings.holidays.mayotte"],
        ["pt"] = ["nav.menu", "settings.holidays.mayotte"],
    };

    // French words that no other of the languages has.
    private static readonly string[] FrenchWords =
    [
        "les", "du", "une", "et", "est", "vous", "votre", "vos", "pour", "dans", "avec", "sans", "cette", "cet", "pas", "plus",
        "séance", "stagiaire", "formateur", "feuille", "signer", "heures", "jour", "semaine", "courriel", "lien",
        "tuteur", "entreprise", "organisme", "jeton",
    ];

    [Fact]
    public void The_learner_s_app_speaks_six_languages() => Texts.Languages.ShouldBe(["fr", "de", "en", "es", "it", "pt"]);

    [Fact]
    public void Every_language_says_the_same_sentences_with_the_same_placeholders()
    {
        foreach (var language in Texts.Languages)
        {
            var texts = Texts.For(language);
            texts.Keys.Except(French.Keys).ShouldBeEmpty($"only in {language}");
            French.Keys.Except(texts.Keys).ShouldBeEmpty($"missing from {language}");
            foreach (var key in texts.Keys)
            {
                Placeholders(texts[key]).ShouldBe(Placeholders(French[key]), $"{key} in {language}");
            }
        }
    }

    [Theory]
    [InlineData("en", "de", "en", "what the person chose goes first")]
    [InlineData("xx", "en", "en", "a choice we do not speak is no choice")]
    [InlineData(null, "nl-NL,en-GB;q=0.7,fr;q=0.6", "en", "the browser's order, among the languages we speak")]
    [InlineData(null, "fr;q=0.3,en;q=0.9", "en", "weights count, not positions")]
    [InlineData(null, "en;q=0", "fr", "q=0 means not that one")]
    [InlineData(null, "zz,;q=,,*", "fr", "anything else is French")]
    [InlineData(null, null, "fr", "no header is French")]
    public void Chooses_the_language(string? chosen, string? header, string expected, string because) =>
        Texts.Choose(chosen, header).ShouldBe(expected, because);

    [Fact]
    public void No_sentence_is_left_in_french()
    {
        foreach (var texts in Texts.Languages.Skip(1).Select(Texts.For))
        {
            French.Keys
                .Where(
                    key => !key.StartsWith("format.", StringComparison.Ordinal) && Word().IsMatch(Placeholder().Replace(French[key], ""))
                        && texts[key] == French[key])
                .Order(StringComparer.Ordinal)
                .ShouldBe(
                    SameAsFrench[texts.Language].Concat(["layout.brand", "sources.kind.ypareo"]).Order(StringComparer.Ordinal),
                    texts.Language);
            texts.Keys
                .Where(
                    key => Word().Matches(Placeholder().Replace(texts[key], ""))
                        .Any(m => FrenchWords.Contains(m.Value.ToLower(texts.Culture))))
                .ShouldBeEmpty(texts.Language);
        }
    }

    [Theory]
    [InlineData("fr", "lundi 23 novembre, matin", "dimanche 1er novembre", "9\u00a0h\u00a002", "lundi 23 novembre 2026 à 9\u00a0h\u00a002")]
    [InlineData("de", "Montag, 23. November, Vormittag", "Sonntag, 1. November", "9:02", "Montag, 23. November 2026, 9:02\u00a0Uhr")]
    [InlineData("en", "Monday 23 November, morning", "Sunday 1 November", "9:02", "Monday 23 November 2026 at 9:02")]
    [InlineData("es", "lunes 23 de noviembre, mañana", "domingo 1 de noviembre", "9:02", "lunes 23 de noviembre de 2026, a las 9:02")]
    [InlineData("it", "lunedì 23 novembre, mattina", "domenica 1º novembre", "9:02", "lunedì 23 novembre 2026, ore 9:02")]
    [InlineData(
        "pt", "segunda-feira, 23 de novembro, manhã", "domingo, 1 de novembro", "9:02", "segunda-feira, 23 de novembro de 2026, às 9:02")]
    public void Writes_days_and_hours_as_people_say_them(string language, string halfDay, string first, string hour, string moment)
    {
        var texts = Texts.For(language);
        var instant = new DateTimeOffset(2026, 11, 23, 8, 2, 0, TimeSpan.Zero);

        texts.HalfDay(new DateOnly(2026, 11, 23), HalfDay.Morning).ShouldBe(halfDay);
        texts.Day(new DateOnly(2026, 11, 1)).ShouldBe(first);
        texts.Hour(instant, SiteZone.Paris).ShouldBe(hour);
        texts.Moment(instant, SiteZone.Paris).ShouldBe(moment);
    }

    [Theory]
    [InlineData("fr", "7\u00a0h", "7\u00a0h\u00a005")]
    [InlineData("de", "7\u00a0Std.", "7:05\u00a0Std.")]
    [InlineData("en", "7\u00a0h", "7\u00a0h\u00a005")]
    [InlineData("es", "7\u00a0h", "7\u00a0h\u00a005\u00a0min")]
    [InlineData("it", "7\u00a0h", "7\u00a0h\u00a005\u00a0min")]
    [InlineData("pt", "7\u00a0h", "7\u00a0h\u00a005\u00a0min")]
    public void Writes_durations(string language, string whole, string withMinutes)
    {
        Duration.Of(Texts.For(language), 420).ShouldBe(whole);
        Duration.Of(Texts.For(language), 425).ShouldBe(withMinutes);
    }

    [Theory]
    [InlineData("fr", "0 sur 2 a signé", "1 sur 2 a signé", "2 sur 2 ont signé")]
    [InlineData("de", "0 von 2 haben unterschrieben", "1 von 2 hat unterschrieben", "2 von 2 haben unterschrieben")]
    [InlineData("en", "0 of 2 have signed", "1 of 2 has signed", "2 of 2 have signed")]
    [InlineData("es", "0 de 2 han firmado", "1 de 2 ha firmado", "2 de 2 han firmado")]
    [InlineData("it", "0 su 2 hanno firmato", "1 su 2 ha firmato", "2 su 2 hanno firmato")]
    [InlineData("pt", "0 de 2 assinaram", "1 de 2 assinou", "2 de 2 assinaram")]
    public void Counts_as_the_language_does(string language, params string[] sentences) =>
        Enumerable.Range(0, 3).Select(n => Texts.For(language).Count("session.signed", n, ("expected", 2))).ShouldBe(sentences);

    [Fact]
    public void Names_itself_with_its_country_where_that_changes_something() =>
        Texts.Languages.Select(l => Texts.For(l).Tag).ShouldBe(["fr", "de", "en", "es", "it", "pt-PT"]);

    [Fact]
    public void A_refusal_without_its_own_sentence_still_says_something() =>
        French.Refusal("no-such-code").ShouldBe(French["error.general"]);

    [Fact]
    public void A_refusal_fills_in_its_values() =>
        French.Refusal(
            "window-not-open",
            new Dictionary<string, string> { ["opensAt"] = "8 h 45" }).ShouldBe("Vous pourrez signer à partir de 8 h 45.");

    [Fact]
    public void A_refusal_writes_its_instants_and_dates_as_people_say_them()
    {
        Texts.For("de").Refusal("window-not-open", new Dictionary<string, string> { ["opensAt"] = "2026-11-23T07:45:00Z" })
            .ShouldBe("Sie können ab 8:45\u00a0Uhr unterschreiben.");
        French.Refusal("declaration-holiday-unconfirmed", new Dictionary<string, string> { ["day"] = "2026-11-11" })
            .ShouldBe("Le mercredi 11 novembre est férié. Confirmez que vous avez travaillé ce jour-là.");
    }

    [Fact]
    public void Sentences_are_calm_and_typeset()
    {
        foreach (var texts in Texts.Languages.Select(Texts.For))
        {
            foreach (var key in texts.Keys.Where(k => !k.StartsWith("format.", StringComparison.Ordinal)))
            {
                texts[key].ShouldNotContain("!", Case.Sensitive, key);
                texts[key].ShouldNotContain("'", Case.Sensitive, $"{key}: the apostrophe is ’");
                (texts == French && LooseMark().IsMatch(texts[key])).ShouldBeFalse(
                    $"{key}: a space before : ; ? or inside « » does not break in French");
            }
        }
    }

    /// <summary>
    /// A key is used when a source names it whole, or builds it from a prefix (<c>$"state.{…}"</c>), or hands a prefix to a script.
    /// </summary>
    [Fact]
    public void No_sentence_is_unused()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".cs" or ".razor" or ".ts" && !OutputFolder().IsMatch(f))
            .Select(File.ReadAllText)
            .ToList();
        var literals = sources.SelectMany(s => Literal().Matches(s).Select(m => m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        var prefixes = sources.SelectMany(s => Prefix().Matches(s).Select(m => m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);

        French.Keys
            .Where(
                key => !literals.Contains(key) && !literals.Contains(Singular().Replace(key, ""))
                    && !prefixes.Any(p => key.StartsWith(p, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    private static string[] Placeholders(string sentence) =>
        [.. Placeholder().Matches(sentence).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex("\\p{L}{2,}")]
    private static partial Regex Word();

    [GeneratedRegex("\\{[a-zA-Z]+\\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[\"'`]([a-z0-9-]+(?:\\.[a-z0-9-]+)+)[\"'`]")]
    private static partial Regex Literal();

    [GeneratedRegex("(?:\\$\"|`|Under\\(\")((?:[a-z0-9-]+\\.)+)(?:\\{|\\$\\{|\")")]
    private static partial Regex Prefix();

    [GeneratedRegex("\\.(one|other)$")]
    private static partial Regex Singular();

    [GeneratedRegex(" [:;?»]|« ")]
    private static partial Regex LooseMark();

    [GeneratedRegex("[/\\\\](bin|obj|node_modules)[/\\\\]")]
    private static partial Regex OutputFolder();
}
