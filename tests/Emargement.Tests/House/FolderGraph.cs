using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Emargement.Tests.House;

/// <summary>
/// Which capability folders (the first part of a namespace below the assembly's name) use which, read from the compiled code.
/// </summary>
internal sealed class FolderGraph
{
    private readonly string _root;
    private readonly Dictionary<(string From, string To), SortedSet<string>> _edges = [];

    private FolderGraph(string root) => _root = root;

    /// <summary>From a folder to another, and the classes of the first that use the second.</summary>
    public IReadOnlyDictionary<(string From, string To), SortedSet<string>> Edges => _edges;

    /// <summary>The graph of an assembly whose name is its root namespace.</summary>
    public static FolderGraph Of(Assembly assembly)
    {
        using var read = AssemblyDefinition.ReadAssembly(assembly.Location);
        var graph = new FolderGraph(assembly.GetName().Name!);
        foreach (var type in read.MainModule.GetTypes())
        {
            graph.Look(type);
        }

        return graph;
    }

    /// <summary>One line a folder: what it uses.</summary>
    public string Print(IEnumerable<string> folders) => string.Join(
        Environment.NewLine,
        folders.Select(
            f => $"{f,-13} {string.Join(", ", _edges.Keys.Where(e => e.From == f).Select(e => e.To).Order(StringComparer.Ordinal))}"));

    private void Look(TypeDefinition type)
    {
        if (FolderOf(type) is not { } from)
        {
            return;
        }

        foreach (var used in Used(type).SelectMany(Parts))
        {
            if (FolderOf(used) is { } to && to != from)
            {
                var users = _edges.TryGetValue((from, to), out var known)
                    ? known
                    : _edges[(from, to)] = new SortedSet<string>(StringComparer.Ordinal);
                users.Add($"{Outermost(type).Name} uses {Outermost(used).Name}");
            }
        }
    }

    private static IEnumerable<TypeReference?> Used(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. OfAttributes(type),
        .. type.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType),
        .. type.Fields.Select(f => f.FieldType),
        .. type.Fields.SelectMany(OfAttributes),
        .. type.Properties.SelectMany(OfAttributes),
        .. type.Methods.SelectMany(Used),
    ];

    private static IEnumerable<TypeReference?> Used(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(p => p.ParameterType),
        .. method.Parameters.SelectMany(OfAttributes),
        .. method.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType),
        .. OfAttributes(method),
        .. method.HasBody ? method.Body.Variables.Select(v => v.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(Used) : [],
    ];

    private static IEnumerable<TypeReference?> Used(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        _ => [],
    };

    private static IEnumerable<TypeReference?> OfAttributes(Mono.Cecil.ICustomAttributeProvider attributed) => attributed.CustomAttributes
        .SelectMany(a => a.ConstructorArguments.Select(argument => argument.Value as TypeReference).Append(a.AttributeType));

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private string? FolderOf(TypeReference type) =>
        Outermost(type).Namespace is var name && name.StartsWith(_root + ".", StringComparison.Ordinal)
            ? name[(_root.Length + 1)..].Split('.')[0]
            : null;
}
