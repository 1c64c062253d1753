using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Emargement.Tests.House;

/// <summary>What the declarations build compiles against is what the packages publish: same namespaces, names, parameters, modifiers.
/// In the packages build the very same list is compared with the real assemblies.</summary>
public sealed partial class DeclarationsTests
{
    private static readonly Dictionary<string, HashSet<string>> Published = ReadPublished();

    private static readonly Assembly[] Sources =
    [
        typeof(Microsoft.Azure.Functions.Worker.FunctionContext).Assembly,
        typeof(Microsoft.DurableTask.Client.DurableTaskClient).Assembly,
        typeof(Azure.Communication.Email.EmailClient).Assembly,
    ];

    public static TheoryData<Type> DeclaredTypes() =>
        [.. Sources.Distinct().SelectMany(a => a.GetExportedTypes()).Where(t => !t.IsNested && Published.ContainsKey(FullName(t)))];

    [Theory]
    [MemberData(nameof(DeclaredTypes), DisableDiscoveryEnumeration = true)]
    public void Every_declared_member_is_a_published_one(Type type) =>
        Members(type).Except(Published[FullName(type)]).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(DeclaredTypes), DisableDiscoveryEnumeration = true)]
    public void Every_published_abstract_member_is_declared_so_that_a_subclass_compiles_in_both_builds(Type type)
    {
        if (type.IsAbstract && !type.IsSealed)
        {
            Published[FullName(type)].Where(m => m.StartsWith("abstract ", StringComparison.Ordinal)).Except(Members(type)).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Nothing_is_declared_that_is_not_published()
    {
        // Named in the published texts as what the client throws, or as a parameter's type, without a list of their own.
        string[] namedOnly =
        [
            "DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException", "Microsoft.Azure.Functions.Worker.BindingDirection",
            "Microsoft.DurableTask.RetryHandler", "Microsoft.DurableTask.TaskVersion", "Microsoft.DurableTask.Client.Entities.DurableEntityClient",
            "Grpc.Core.RpcException", "Grpc.Core.Status", "Grpc.Core.StatusCode",
        ];
        var declared = Sources.Distinct().Where(a => a.GetName().Name == "Emargement.SdkDeclarations").SelectMany(a => a.GetExportedTypes());

        declared.Where(t => !t.IsNested).Select(FullName).Except(Published.Keys).Except(namedOnly).ShouldBeEmpty();
    }

    private static Dictionary<string, HashSet<string>> ReadPublished()
    {
        var types = new Dictionary<string, HashSet<string>>();
        HashSet<string>? members = null;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Emargement.Tests", "House", "published-signatures.md")))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                members = types[line[4..].Split(" : ")[0]] = [];
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal) && members is not null)
            {
                members.Add(Normal(line[2..]));
            }
        }

        return types;
    }

    // Default values and params are part of a call's convenience, not of its binary shape; both are written in many ways.
    private static string Normal(string signature)
    {
        var text = signature.Replace("params ", "", StringComparison.Ordinal).Replace("protected ", "", StringComparison.Ordinal)
            .Replace("Double", "double", StringComparison.Ordinal);
        return Defaults().Replace(text, "");
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type))
        {
            yield break;
        }

        foreach (var constructor in type.GetConstructors(Declared & ~BindingFlags.Static).Where(c => Visible(c) && !IsCopy(c)))
        {
            yield return $"ctor({Parameters(constructor)})";
        }

        foreach (var property in type.GetProperties(Declared).Where(p => Visible(p.GetMethod ?? p.SetMethod!) && p.Name != "EqualityContract"))
        {
            var accessor = property.GetMethod ?? property.SetMethod!;
            var get = property.GetMethod is { } g && Visible(g) ? "get; " : "";
            var set = property.SetMethod is { } s && Visible(s) ? IsInit(s) ? "init; " : "set; " : "";
            yield return $"{Modifier(accessor)}{Name(property.PropertyType)} {property.Name} {{ {get}{set}}}";
        }

        foreach (var method in type.GetMethods(Declared).Where(m => Visible(m) && !IsPlumbing(m)))
        {
            var generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
            yield return method.Name == "op_Implicit"
                ? $"static implicit operator {Name(method.ReturnType)}({Parameters(method)})"
                : $"{Modifier(method)}{Name(method.ReturnType)} {method.Name}{generics}({Parameters(method)})";
        }
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsCopy(ConstructorInfo constructor) =>
        constructor.IsFamily && constructor.GetParameters() is [{ } only] && only.ParameterType == constructor.DeclaringType;

    // By name: a package for older frameworks brings its own marker.
    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.FullName == typeof(IsExternalInit).FullName);

    // What the compiler writes for records and what every object has.
    private static bool IsPlumbing(MethodInfo method) =>
        (method.IsSpecialName && method.Name != "op_Implicit") || method.Name is "ToString" or "Equals" or "GetHashCode" or "Deconstruct" or "PrintMembers" or "<Clone>$"
        || method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static string Modifier(MethodInfo method) =>
        method.IsStatic ? "static "
        : method.IsAbstract ? "abstract "
        : method.IsVirtual && !method.IsFinal ? "virtual "
        : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"));

    private static string FullName(Type type) => $"{type.Namespace}.{Name(type)}";

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericType)
        {
            return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
        }

        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => type.Name,
            TypeCode.String => "string",
            TypeCode.Boolean => "bool",
            TypeCode.Int32 => "int",
            TypeCode.Double => "double",
            TypeCode.Object when type == typeof(object) => "object",
            TypeCode.Object when type == typeof(void) => "void",
            _ => type.Name,
        };
    }

    [GeneratedRegex(@" = (default|True|False|true|false|null|-?\d+(\.\d+)?)")]
    private static partial Regex Defaults();
}
