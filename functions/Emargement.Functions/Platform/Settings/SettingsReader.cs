using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Settings;

/// <summary>
/// Reads options from the configuration. What it refuses, it refuses by a sentence that
/// names the setting as people type it, <c>Section__Name</c>.
/// </summary>
internal static class SettingsReader
{
    /// <exception cref="OptionsValidationException">A text is not of its setting's type.</exception>
    public static void Bind<T>(IConfiguration configuration, T options)
        where T : class
    {
        var section = configuration.GetSection(SectionOf(typeof(T)));
        var unreadable = typeof(T).GetProperties().Where(
            p => p.CanWrite && !IsReadable(p, section[p.Name])).Select(p => Unreadable(section.Key, p)).ToList();
        if (unreadable.Count > 0)
        {
            throw new OptionsValidationException(section.Key, typeof(T), unreadable);
        }

        section.Bind(options);
    }

    /// <summary>The options at once, for what registers services by them.</summary>
    /// <exception cref="OptionsValidationException">A text is not of its setting's type, or the class refuses its value.</exception>
    public static T Read<T>(IConfiguration configuration)
        where T : class, new()
    {
        var options = new T();
        Bind(configuration, options);
        var refused = Refused(options);
        return refused.Count == 0 ? options : throw new OptionsValidationException(SectionOf(typeof(T)), typeof(T), refused);
    }

    /// <summary>The sentences of everything that a class refuses about its values.</summary>
    public static IReadOnlyList<string> Refused(object options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return [.. results.Select(r => r.ErrorMessage!)];
    }

    private static string SectionOf(Type options) =>
        (string)options.GetField("Section", BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!;

    private static bool IsReadable(PropertyInfo property, string? text)
    {
        if (text is null || property.PropertyType == typeof(string))
        {
            return true;
        }

        try
        {
            TypeDescriptor.GetConverter(property.PropertyType).ConvertFromString(null, CultureInfo.InvariantCulture, text);
            return true;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>What its own rule says; else what its type is.</summary>
    private static string Unreadable(string section, PropertyInfo property) =>
        property.GetCustomAttribute<ValidationAttribute>()?.ErrorMessage
        ?? $"{section}__{property.Name} is {(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
        {
            var type when type == typeof(bool) => "true or false",
            var type when type == typeof(int) => "a whole number",
            var type when type == typeof(TimeSpan) => "a duration such as 00:00:10",
            var type when type == typeof(Uri) => "an address such as https://emargement.example",
            _ => "a number",
        }}.";
}
