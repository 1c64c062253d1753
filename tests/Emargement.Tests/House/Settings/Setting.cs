using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Emargement.Functions;
using Emargement.Tests.House.OpenApi;

namespace Emargement.Tests.House.Settings;

/// <summary>A setting that the app reads, as its options class declares it.</summary>
/// <param name="Options">The class, whose constant <c>Section</c> names its section.</param>
internal sealed record Setting(Type Options, string Section, PropertyInfo Property)
{
    /// <summary>Every setting of the app, section by section, each in the order of its class.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        .. typeof(EmargementApp).Assembly.GetTypes()
            .Select(t => (Type: t, Field: t.GetField("Section", BindingFlags.Public | BindingFlags.Static)))
            .Where(o => o.Field is { IsLiteral: true })
            .Select(o => (o.Type, Section: (string)o.Field!.GetRawConstantValue()!))
            .OrderBy(o => o.Section, StringComparer.Ordinal)
            .SelectMany(o => o.Type.GetProperties()
                .Where(p => p.CanWrite)
                .OrderBy(p => p.MetadataToken)
                .Select(p => new Setting(o.Type, o.Section, p))),
    ];

    /// <summary>As it is typed, in the environment or in the portal.</summary>
    public string Name => $"{Section}__{Property.Name}";

    public string Meaning => SourceSummary.MarkdownOf(Property) ?? "";

    /// <summary>Whoever knows it can act in the organisation's name, or read what is not theirs.</summary>
    public bool IsSecret =>
        new[] { "Password", "Certificate", "Key", "ConnectionString" }.Any(end => Property.Name.EndsWith(end, StringComparison.Ordinal));

    public string Type => (Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType) switch
    {
        var type when type == typeof(bool) => "true or false",
        var type when type == typeof(int) => "whole number",
        var type when type == typeof(double) => "number",
        var type when type == typeof(TimeSpan) => "duration, hh:mm:ss",
        var type when type == typeof(Uri) => "address",
        _ => "text",
    };

    /// <summary>What holds when it is not set.</summary>
    public string Default => Property.GetValue(Activator.CreateInstance(Options)) switch
    {
        null or "" => "none",
        bool truth => truth ? "true" : "false",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        var value => value.ToString()!,
    };

    /// <summary>What its attributes accept.</summary>
    public string Accepted => string.Join(", ", Property.GetCustomAttributes<ValidationAttribute>().Select(rule => rule switch
    {
        RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}"),
        MinLengthAttribute length => $"{length.Length} characters or more",
        RegularExpressionAttribute pattern => $"`{pattern.Pattern}`",
        _ => throw new NotSupportedException($"{rule.GetType().Name} has no words in docs/configuration.md yet."),
    }));
}
