using System.Globalization;

namespace Emargement.LocalHost.Invocation;

/// <summary>Route values as the parameter types the worker's converters know.</summary>
internal static class BoundValue
{
    /// <exception cref="FormatException">The text is not of the parameter's type: as on the real host, the call fails.</exception>
    public static object? Convert(object value, Type type, string name, string function)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target.IsInstanceOfType(value))
        {
            return value;
        }

        var text = System.Convert.ToString(value, CultureInfo.InvariantCulture)!;
        try
        {
            return target switch
            {
                _ when target == typeof(string) => text,
                _ when target == typeof(Guid) => Guid.Parse(text),
                _ when target == typeof(DateOnly) => DateOnly.Parse(text, CultureInfo.InvariantCulture),
                _ when target == typeof(DateTimeOffset) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
                _ when target.IsPrimitive || target == typeof(decimal) =>
                    System.Convert.ChangeType(text, target, CultureInfo.InvariantCulture),
                _ => throw new FormatException($"{target} is not a type that a route value is converted to."),
            };
        }
        catch (Exception cause) when (cause is FormatException or OverflowException)
        {
            throw new FormatException($"Function {function}: parameter {name} cannot be read from '{text}'.", cause);
        }
    }
}
