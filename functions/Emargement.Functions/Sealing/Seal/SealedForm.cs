using System.Globalization;
using Emargement.Functions.Sealing.Structure;

namespace Emargement.Functions.Sealing.Seal;

/// <summary>
/// The form of a file that gets one field more (ISO 32000-1, 12.7.2). What stands in an object of its own stays there, and only objects
/// that must change are written anew: whoever signed before compares.
/// </summary>
internal sealed class SealedForm
{
    private const int SignaturesExistAndBytesAreAppended = 3;
    private readonly PdfFile _source;
    private readonly PdfUpdate _update;
    private readonly int _catalogNumber;
    private readonly PdfDictionary _catalog;
    private readonly PdfDictionary _form;

    public SealedForm(PdfFile source, PdfUpdate update)
    {
        (_source, _update) = (source, update);
        _catalogNumber = source.Trailer.Reference("Root") ?? throw PdfSyntax.Malformed();
        _catalog = source.Dictionary(_catalogNumber);
        _form = source.Resolve(_catalog["AcroForm"]) is { } given ? PdfDictionary.Read(given) : new PdfDictionary();
    }

    /// <summary>Two fields of one name would be one field (12.7.3.2).</summary>
    public string FreeName()
    {
        var taken = new HashSet<string>();
        foreach (var field in _source.Resolve(_form["Fields"]) is { } fields ? PdfSyntax.Elements(fields) : [])
        {
            if (_source.Resolve(field) is { } written && PdfText.Decode(_source.Resolve(PdfDictionary.Read(written)["T"])) is { } name)
            {
                taken.Add(name);
            }
        }

        return Enumerable.Range(1, taken.Count + 1).Select(number => Invariant($"Sceau {number}")).First(name => !taken.Contains(name));
    }

    /// <summary>Adds the field to the form and to the page on which it stands.</summary>
    public void Add(int field, int page)
    {
        var changedPage = _source.Dictionary(page);
        if (Append(changedPage, "Annots", field))
        {
            _update.Set(page, changedPage.ToString());
        }

        var changed = Append(_form, "Fields", field);
        var flags = _form.Number("SigFlags") ?? 0;
        if ((flags & SignaturesExistAndBytesAreAppended) != SignaturesExistAndBytesAreAppended)
        {
            _form["SigFlags"] = Invariant($"{flags | SignaturesExistAndBytesAreAppended}");
            changed = true;
        }

        if (changed && _source.Resolve(_catalog["AcroForm"]) is not null && _catalog.Reference("AcroForm") is { } own)
        {
            _update.Set(own, _form.ToString());
        }
        else if (changed)
        {
            _catalog["AcroForm"] = _form.ToString();
            _update.Set(_catalogNumber, _catalog.ToString());
        }
    }

    /// <returns>True when the holder changed: the array stands in it, and not in an object of its own.</returns>
    private bool Append(PdfDictionary holder, string entry, int field)
    {
        var array = _source.Resolve(holder[entry]);
        var longer = $"[{string.Join(' ', [.. array is null ? [] : PdfSyntax.Elements(array), Invariant($"{field} 0 R")])}]";
        if (array is not null && holder.Reference(entry) is { } own)
        {
            _update.Set(own, longer);
            return false;
        }

        holder[entry] = longer;
        return true;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
