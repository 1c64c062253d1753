using System.Reflection;
using System.Text;
using Emargement.Functions;

namespace Emargement.Tests.Infra;

/// <summary>The app's settings, as the template gives them and as the code reads them.</summary>
internal static class AppSettings
{
    /// <summary>Every name that the options classes of the app bind, such as <c>Mail__Sender</c>.</summary>
    public static IReadOnlyList<string> Read() =>
    [
        .. typeof(EmargementApp).Assembly.GetTypes()
            .Where(t => t.IsPublic && t.Name.EndsWith("Options", StringComparison.Ordinal))
            .Select(
                t => (Type: t, Section: t.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
            .Where(o => o.Section is not null)
            .SelectMany(o => o.Type.GetProperties().Where(p => p.SetMethod is { IsPublic: true }).Select(p => $"{o.Section}__{p.Name}"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Names and value expressions of every <c>createObject(...)</c> of a template expression.</summary>
    public static Dictionary<string, string> Parse(string expression)
    {
        const string call = "createObject(";
        var settings = new Dictionary<string, string>();
        for (var at = expression.IndexOf(
            call, StringComparison.Ordinal); at >= 0; at = expression.IndexOf(call, at + 1, StringComparison.Ordinal))
        {
            var arguments = Arguments(expression, at + call.Length);
            for (var i = 0; i + 1 < arguments.Count; i += 2)
            {
                settings.Add(arguments[i].Trim('\''), arguments[i + 1]);
            }
        }

        return settings;
    }

    /// <summary>
    /// The arguments of a call whose opening parenthesis ends before <paramref name="start"/>; commas in inner calls and texts divide
    /// nothing.
    /// </summary>
    private static List<string> Arguments(string expression, int start)
    {
        var arguments = new List<string>();
        var current = new StringBuilder();
        var (depth, quoted) = (0, false);
        for (var i = start; depth >= 0; i++)
        {
            var character = expression[i];
            quoted ^= character == '\'';
            depth += quoted ? 0 : character switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth < 0 || (depth == 0 && !quoted && character == ','))
            {
                arguments.Add(current.ToString().Trim());
                current.Clear();
                continue;
            }

            current.Append(character);
        }

        return arguments;
    }
}
