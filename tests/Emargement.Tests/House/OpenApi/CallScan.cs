using System.Reflection;
using System.Reflection.Emit;

namespace Emargement.Tests.House.OpenApi;

/// <summary>A call in a method's body, with the constants written since the call before: its literal arguments, when it has any.</summary>
internal sealed record ScannedCall(MethodBase Callee, IReadOnlyList<int> Numbers, IReadOnlyList<string> Texts);

/// <summary>
/// Reads which methods a function calls, in its own body, its lambdas and its async
/// state machines: what it reads and answers is said nowhere else.
/// </summary>
internal static class CallScan
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(c => c.Value);

    /// <summary>The calls of a method, of its lambdas and state machines, and of the other methods of its class that it calls.</summary>
    public static IEnumerable<ScannedCall> OfFunction(MethodBase function) => OfFunction(function, []);

    private static IEnumerable<ScannedCall> OfFunction(MethodBase function, HashSet<MethodBase> seen)
    {
        if (!seen.Add(function))
        {
            return [];
        }

        var own = Bodies(function.DeclaringType!, function.Name).SelectMany(OfMethod).ToList();
        var helpers = own.Select(c => c.Callee)
            .Where(c => c.DeclaringType == function.DeclaringType && !c.Name.StartsWith('<') && c is MethodInfo)
            .Select(c => c is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : c);
        return own.Concat(helpers.SelectMany(helper => OfFunction(helper, seen)));
    }

    // The compiler puts a lambda, a local function or a state machine of M into something named <M>…
    private static IEnumerable<MethodBase> Bodies(Type type, string method) =>
        type.GetMethods(Everything).Where(m => m.Name == method || IsOf(m.Name, method))
            .Concat(type.GetNestedTypes(Everything).SelectMany(nested => IsOf(nested.Name, method)
                ? nested.GetMethods(Everything).Concat(nested.GetNestedTypes(Everything).SelectMany(inner => inner.GetMethods(Everything)))
                : Bodies(nested, method)));

    private static bool IsOf(string generated, string method) => generated.Contains($"<{method}>", StringComparison.Ordinal);

    private static IEnumerable<ScannedCall> OfMethod(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
        {
            yield break;
        }

        var (numbers, texts) = (new List<int>(), new List<string>());
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? Codes[unchecked((short)(0xFE00 | il[at + 1]))] : Codes[il[at]];
            var operand = at + code.Size;
            at = operand + Size(code, il, operand);
            if (code == OpCodes.Ldc_I4)
            {
                numbers.Add(BitConverter.ToInt32(il, operand));
            }
            else if (code == OpCodes.Ldstr)
            {
                texts.Add(method.Module.ResolveString(BitConverter.ToInt32(il, operand)));
            }
            else if (code.OperandType == OperandType.InlineMethod && Resolve(method, BitConverter.ToInt32(il, operand)) is { } callee)
            {
                yield return new ScannedCall(callee, [.. numbers], [.. texts]);
                numbers.Clear();
                texts.Clear();
            }
        }
    }

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        var typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        return method.Module.ResolveMethod(token, typeArguments, method.IsGenericMethod ? method.GetGenericArguments() : null);
    }

    private static int Size(OpCode code, byte[] il, int operand) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, operand)),
        _ => 4,
    };
}
