using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Emargement.Tests.Sealing.Corpus;

/// <summary>How a file says where its objects are.</summary>
public enum References
{
    Table,
    TwoTables,
    Generations,
    PlainStream,
    Deflated,
    None,
    Sub,
    Up,
    Average,
    Paeth,
    Mixed,
    HiddenAsFree,
    HiddenInUpdate,
}

/// <summary>Where an array or a dictionary stands.</summary>
public enum Stands
{
    Nowhere,
    InPlace,
    OnItsOwn,
    WithItsArrayOnItsOwn,
}

/// <summary>A small PDF as another program might have written it: one page, with or without a form and annotations.</summary>
/// <param name="FieldName">Of the form's one field, as it is written.</param>
public sealed record CorpusFile(References References, Stands Form, Stands Annotations, string FieldName)
{
    private const string Content = "BT /F 12 Tf 72 720 Td (Convention) Tj ET";

    private bool IsPacked => References is not (References.Table or References.TwoTables or References.Generations);

    private bool IsHybrid => References is References.HiddenAsFree or References.HiddenInUpdate;

    /// <summary>Every way of standing with every way of referring.</summary>
    public static IEnumerable<CorpusFile> All() =>
        from references in Enum.GetValues<References>()
        from form in Enum.GetValues<Stands>()
        from annotations in new[] { Stands.Nowhere, Stands.InPlace, Stands.OnItsOwn }
        let inBytes = ((int)references + (int)annotations) % 2 == 0
        select new CorpusFile(references, form, annotations, inBytes ? "(Sceau\\0401)" : "<FEFF005300630065006100750020 0031>");

    public byte[] Write()
    {
        var generation = References == References.Generations ? 2 : 0;
        var field = Form == Stands.Nowhere ? "null" : "8 0 R";
        var fields = Form == Stands.WithItsArrayOnItsOwn ? "6 0 R" : $"[{field}]";
        var form = $"<< /SigFlags {(Form == Stands.OnItsOwn ? 1 : 0)} /Fields {fields} >>";
        var objects = new SortedDictionary<int, string>
        {
            [1] = "<< /Type /Catalog /Pages 2 0 R" + Entry("AcroForm", Form, $"5 {generation} R", form) + " >>",
            [2] = "<< /Type /Pages /Count 1 /Kids [3 0 R] /Resources << /Font << /F 10 0 R >> >> /MediaBox [0 0 595 842] >>",
            [3] = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R" + Entry("Annots", Annotations, "7 0 R", "[9 0 R]") + " >>",
            [4] = $"<< /Length {Content.Length} >>\nstream\n{Content}\nendstream",
            [5] = form,
            [6] = $"[{field}]",
            [7] = "[9 0 R]",
            [8] = $"<< /Type /Annot /Subtype /Widget /FT /Tx /T {FieldName} /Ff 1 /Rect [72 600 200 620] >>",
            [9] = "<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [72 700 200 730] /Dest [3 0 R /Fit] >>",
            [10] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        };
        return new Writer(this, generation).Write(objects);
    }

    private static string Entry(string name, Stands stands, string reference, string value) => stands switch
    {
        Stands.Nowhere => "",
        Stands.InPlace => $" /{name} {value}",
        _ => $" /{name} {reference}",
    };

    /// <summary>Puts the objects down, packed or not, and says where they are.</summary>
    private sealed class Writer(CorpusFile file, int generation)
    {
        private const int Container = 11;
        private const int Section = 12;
        private readonly StringBuilder _target = new();
        private readonly SortedDictionary<int, (int Kind, int Where, int Index)> _places = new() { [0] = (0, 0, 65535) };

        public byte[] Write(SortedDictionary<int, string> objects)
        {
            Put("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
            var packed = objects.Where(o => file.IsPacked && o.Key is not (1 or 2 or 3 or 4)).ToList();
            foreach (var (number, body) in objects.Where(o => !packed.Contains(o)))
            {
                Place(number, number == 5 ? generation : 0, body);
            }

            if (packed.Count > 0)
            {
                Pack(packed);
            }

            if (file.IsHybrid)
            {
                Hybrid(packed.Select(p => p.Key).ToHashSet());
            }
            else if (file.IsPacked)
            {
                End(StreamSection([.. _places.Keys, Section], "/Root 1 0 R"));
            }
            else
            {
                Tables();
            }

            return Encoding.Latin1.GetBytes(_target.ToString());
        }

        private void Tables()
        {
            var first = file.References == References.TwoTables ? Table([0, 1, 2, 3, 4], "") : (int?)null;
            End(Table([.. _places.Keys.Where(key => first is null || key > 4)], $"/Root 1 0 R{Before(first)}"));
        }

        private void Hybrid(HashSet<int> hidden)
        {
            if (file.References == References.HiddenAsFree)
            {
                var stream = StreamSection([.. hidden, Container, Section], "/Root 1 0 R");
                End(Table([.. _places.Keys], $"/Root 1 0 R /XRefStm {stream}", hidden));
                return;
            }

            var before = Table([0, 1, 2, 3, 4], "/Root 1 0 R");
            End(before);
            var update = StreamSection([.. hidden, Container, Section], "/Root 1 0 R");
            End(Table([], $"/Root 1 0 R /XRefStm {update}{Before(before)}"));
        }

        private void Place(int number, int version, string body)
        {
            _places[number] = (1, _target.Length, version);
            Put($"{number} {version} obj\n{body}\nendobj\n");
        }

        private void Pack(List<KeyValuePair<int, string>> objects)
        {
            var (head, body) = (new StringBuilder(), new StringBuilder());
            for (var i = 0; i < objects.Count; i++)
            {
                head.Append(CultureInfo.InvariantCulture, $"{objects[i].Key} {body.Length} ");
                body.Append(objects[i].Value).Append('\n');
                _places[objects[i].Key] = (2, Container, i);
            }

            var (entries, data) = Encoded(Encoding.Latin1.GetBytes(head.ToString() + body), 7);
            Place(Container, 0, $"<< /Type /ObjStm /N {objects.Count} /First {head.Length} {entries} >>\nstream\n{data}\nendstream");
        }

        private int StreamSection(List<int> numbers, string more)
        {
            var at = _target.Length;
            _places[Section] = (1, at, 0);
            var rows = numbers.Distinct().Order().ToList();
            var bytes = rows.SelectMany(number => Row(_places[number])).ToArray();
            var index = string.Join(' ', rows.Select(number => $"{number} 1"));
            var (entries, data) = Encoded(bytes, 5);
            var dictionary = $"<< /Type /XRef /Size {_places.Keys.Max() + 1} /W [1 2 2] /Index [{index}] {more} {entries} >>";
            Put($"{Section} 0 obj\n{dictionary}\nstream\n{data}\nendstream\nendobj\n");
            return at;
        }

        private int Table(List<int> numbers, string more, HashSet<int>? hidden = null)
        {
            var at = _target.Length;
            Put("xref\n" + (numbers.Count == 0 ? "0 0\n" : ""));
            foreach (var number in numbers)
            {
                var (kind, where, version) = _places[number];
                var free = kind == 0 || hidden?.Contains(number) == true;
                Put($"{number} 1\n{(free ? 0 : where):D10} {(free ? 65535 : version):D5} {(free ? 'f' : 'n')} \n");
            }

            Put($"trailer\n<< /Size {_places.Keys.Max() + 1} {more} >>\n");
            return at;
        }

        private void End(int section) => Put($"startxref\n{section}\n%%EOF\n");

        private static string Before(int? section) => section is null ? "" : $" /Prev {section}";

        private static byte[] Row((int Kind, int Where, int Index) place) =>
            [(byte)place.Kind, (byte)(place.Where >> 8), (byte)place.Where, (byte)(place.Index >> 8), (byte)place.Index];

        private (string Entries, string Data) Encoded(byte[] data, int columns)
        {
            if (file.References == References.PlainStream)
            {
                return ($"/Length {data.Length}", Encoding.Latin1.GetString(data));
            }

            var predicted = file.References is >= References.None and <= References.Mixed;
            using var target = new MemoryStream();
            using (var zlib = new ZLibStream(target, CompressionLevel.Optimal))
            {
                zlib.Write(predicted ? Predicted(data, columns) : data);
            }

            var filter = predicted
                ? $"/Filter [/FlateDecode] /DecodeParms [<< /Predictor {10 + Filter(5)} /Columns {columns} >>]"
                : "/Filter /FlateDecode";
            var stored = target.ToArray();
            return ($"{filter} /Length {stored.Length}", Encoding.Latin1.GetString(stored));
        }

        private int Filter(int row) => file.References == References.Mixed ? row % 6 : file.References - References.None;

        /// <summary>By the definition (PNG, 9.2), one row after another.</summary>
        private byte[] Predicted(byte[] data, int columns)
        {
            var result = new List<byte>();
            for (var row = 0; row * columns < data.Length; row++)
            {
                var filter = Math.Min(Filter(row), 4);
                result.Add((byte)filter);
                for (var column = 0; column < columns && (row * columns) + column < data.Length; column++)
                {
                    int Of(int r, int c) => r < 0 || c < 0 ? 0 : data[(r * columns) + c];
                    var (a, b, c) = (Of(row, column - 1), Of(row - 1, column), Of(row - 1, column - 1));
                    var nearest = new[] { a, b, c }.MinBy(value => Math.Abs(a + b - c - value));
                    result.Add((byte)(Of(row, column) - (filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => nearest })));
                }
            }

            return [.. result];
        }

        private void Put(string text) => _target.Append(text);
    }
}
