using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Http;

/// <summary>The API's JSON: camelCase, enums in kebab-case, instants in UTC as
/// yyyy-MM-ddTHH:mm:ss.fffffffZ, days as yyyy-MM-dd, local times as
/// HH:mm, ids as their text, nulls left out. Reading
/// is strict: unknown, missing, repeated or wrongly typed members are refused.</summary>
public static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>An answer with a JSON body.</summary>
    public static IResult Ok<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, Options, statusCode: status);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DictionaryKeyPolicy = null,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            MaxDepth = 16,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(new DayConverter());
        options.Converters.Add(new TextConverter<OrganisationId>(OrganisationId.TryParse));
        options.Converters.Add(new TextConverter<Reference>(Reference.TryParse));
        options.Converters.Add(new TextConverter<EmailAddress>(EmailAddress.TryParse));
        options.Converters.Add(new TextConverter<SessionId>(SessionId.TryParse));
        options.Converters.Add(new TextConverter<YearMonth>(YearMonth.TryParse));
        options.Converters.Add(new TextConverter<SiteZone>(SiteZone.TryParse!));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private delegate bool TryParse<T>(string? text, out T value);

    private sealed class TextConverter<T>(TryParse<T> tryParse) : JsonConverter<T>
        where T : notnull
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && tryParse(reader.GetString(), out var value) ? value : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var instant) ? instant : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }

    private sealed class DayConverter : JsonConverter<DateOnly>
    {
        public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && CalendarDay.TryParse(reader.GetString(), out var day)
                ? day
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(CalendarDay.Format, CultureInfo.InvariantCulture));
    }

    private sealed class TimeConverter : JsonConverter<TimeOnly>
    {
        private const string Format = "HH:mm";

        public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
                && TimeOnly.TryParseExact(reader.GetString(), Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(Format, CultureInfo.InvariantCulture));
    }
}
