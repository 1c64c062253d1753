namespace Emargement.Functions.Sealing.Structure;

/// <summary>The objects that an object stream holds (ISO 32000-1, 7.5.7), unpacked once.</summary>
internal sealed class PackedObjects
{
    private readonly int _first;
    private readonly List<(int Number, int Offset)> _objects = [];

    private PackedObjects(byte[] data, int first) => (Data, _first) = (data, first);

    public byte[] Data { get; }

    public static PackedObjects Read(PdfDictionary dictionary, byte[] data)
    {
        var objects = new PackedObjects(data, dictionary.Number("First") ?? throw PdfSyntax.Malformed());
        var count = dictionary.Number("N") ?? throw PdfSyntax.Malformed();
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            objects._objects.Add((PdfSyntax.ReadInteger(data, ref at), PdfSyntax.ReadInteger(data, ref at)));
        }

        return objects;
    }

    /// <summary>Where the object begins in the data.</summary>
    public int Start(int number, int index)
    {
        if (index < 0 || index >= _objects.Count || _objects[index].Number != number || _objects[index].Offset > Data.Length - _first)
        {
            throw PdfSyntax.Malformed();
        }

        return PdfSyntax.SkipSpace(Data, _first + _objects[index].Offset);
    }
}
